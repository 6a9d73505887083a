"""A small OpenID Connect provider on loopback: real redirects, real signatures, PKCE checked as the standard says."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

CLIENT, SECRET = "shanguang", "campus secret"


@dataclass
class CampusServer:
    """Knows one person, who is always signed in there."""

    claims: dict[str, Any]
    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    """claims of the id token to falsify"""

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        answer = {
            "/.well-known/openid-configuration": self.metadata,
            "/authorize": self.authorize,
            "/token": self.token,
            "/jwks": self.jwks,
        }[request.path](request)
        return answer(environ, start_response)

    def metadata(self, _request: Request) -> Response:
        return reply(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    def jwks(self, _request: Request) -> Response:
        return reply({"keys": [self.key.as_dict(private=False)]})

    def authorize(self, request: Request) -> Any:
        given = request.args.to_dict()
        if given.get("code_challenge_method") != "S256" or given.get("client_id") != CLIENT:
            self.faults.append("authorize")
        code = secrets.token_urlsafe(16)
        self.asked[code] = given
        return redirect(f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}")

    def token(self, request: Request) -> Response:
        form = request.form.to_dict()
        asked = self.asked.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        known = request.authorization is not None and request.authorization.password == SECRET
        if asked is None or asked["code_challenge"] != proof or not known:
            self.faults.append("token")
            return reply({"error": "invalid_grant"}, 400)
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "nonce": asked["nonce"],
            "iat": int(time.time()),
            "exp": int(time.time()) + 600,
            **self.claims,
            **self.changes,
        }
        id_token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return reply({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": id_token})


def reply(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")


@contextmanager
def campus_server(**claims: Any) -> Iterator[CampusServer]:
    """Serve a provider for as long as the test lasts."""
    server = CampusServer(claims)
    http = make_server("127.0.0.1", 0, server, threaded=True)
    server.issuer = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()
