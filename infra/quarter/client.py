"""One person at a browser or phone: signs in, asks, acts; a broken line is tried again without a second effect."""

import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import requests

PATIENCE = 300.0
"""Seconds for which a service may be away before the play gives up."""
AWAY = {502, 503, 504}


class Refused(Exception):  # noqa: N818
    """The system refused; carries status, code and sentences."""

    def __init__(self, path: str, answer: requests.Response) -> None:
        """Take the answer that refused."""
        try:
            body = answer.json()
        except ValueError:
            body = {"code": "not_json", "message": answer.text[:300]}
        self.status = answer.status_code
        self.code = str(body.get("code"))
        super().__init__(f"{path} → {self.status} {self.code}：{body.get('message')}{body.get('details') or ''}")


@dataclass
class Actor:
    """A person who is signed in, or the public when there is no number."""

    base: str
    number: str = ""
    password: str = ""
    name: str = "群众"
    id: str = ""
    session: requests.Session = field(default_factory=requests.Session)

    def sign_in(self) -> "Actor":
        """Sign in and keep the token."""
        answer = self.post("/roster/api/sessions", {"number": self.number, "password": self.password})
        self.session.headers["Authorization"] = f"Bearer {answer['token']}"
        self.name, self.id = answer["person"]["name"], answer["person"]["id"]
        return self

    def get(self, path: str, **query: str) -> Any:
        """Read JSON. Raises `Refused`."""
        return self._send("GET", path, params=query).json()

    def fetch(self, path: str) -> requests.Response:
        """Read a page or a document. Raises `Refused`."""
        return self._send("GET", path)

    def post(self, path: str, body: dict[str, Any] | None = None, *, method: str = "POST") -> Any:
        """Act once, however often the line breaks. Raises `Refused`."""
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        answer = self._send(method, path, json=body or {}, headers=headers)
        return answer.json() if answer.content else {}

    def put(self, path: str, text: str) -> Any:
        """Hand in a text exactly as it is, with nothing beside it that tells one sender from another.

        It may arrive twice: whoever takes it must know it again. Raises `Refused`.
        """
        self.session.cookies.clear()
        headers = {"Content-Type": "application/json"}
        return self._send("POST", path, data=text.encode(), headers=headers).json()

    def _send(self, method: str, path: str, **rest: Any) -> requests.Response:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self.session.request(method, self.base + path, timeout=30, **rest)
            except requests.RequestException:
                if time.monotonic() > until:
                    raise
            else:
                if answer.status_code not in AWAY or time.monotonic() > until:
                    if answer.status_code >= 400:
                        raise Refused(path, answer)
                    return answer
            time.sleep(0.3)
