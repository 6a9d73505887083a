"""A client of the running system, signed in or not; what is refused raises `Failed`."""

import time
import uuid
from pathlib import Path
from typing import Any

import requests

AWAY = {502, 503, 504}
PATIENCE = 60.0


class Failed(Exception):  # noqa: N818
    """The sample could not be loaded; its text is shown."""


class Client:
    """Somebody who talks to the JSON side."""

    def __init__(self, base: str, token: str = "") -> None:
        """Take the system's address, and the token of a sign-in."""
        self._base = base
        self._session = requests.Session()
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def sign_in(self, number: str, password: str) -> "Client":
        """Give a client that is signed in."""
        answer = self.post("/roster/api/sessions", {"number": number, "password": password})
        return Client(self._base, answer["token"])

    def get(self, path: str, **query: Any) -> Any:
        """Read."""
        return self._answer("GET", path, params=query)

    def has(self, path: str) -> bool:
        """Say whether something is there for this person."""
        return self._send("GET", path).ok

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Do something, once, however often the line breaks."""
        return self._answer("POST", path, json=body, headers={"Idempotency-Key": str(uuid.uuid4())})

    def try_post(self, path: str, body: dict[str, Any]) -> Any:
        """Do something; give nothing when a rule is against it, as when it was done before."""
        answer = self._send("POST", path, json=body)
        return None if answer.status_code == 409 else self._checked(path, answer)

    def upload(self, path: str, form: dict[str, str], file: Path) -> Any:
        """Upload a file."""
        content = file.read_bytes()
        return self._answer("POST", path, data=form, files={"file": (file.name, content)}, timeout=120)

    def _answer(self, method: str, path: str, **given: Any) -> Any:
        return self._checked(path, self._send(method, path, **given))

    def _send(self, method: str, path: str, **given: Any) -> requests.Response:
        until = time.monotonic() + PATIENCE
        while True:
            answer = self._session.request(method, self._base + path, **{"timeout": 30, **given})
            if answer.status_code not in AWAY or time.monotonic() > until:
                return answer
            time.sleep(0.5)

    @staticmethod
    def _checked(path: str, answer: requests.Response) -> Any:
        if answer.ok:
            return answer.json() if answer.content else None
        try:
            refusal = answer.json()
            text = "".join([refusal["message"], *refusal.get("details", [])[:20]])
        except (ValueError, KeyError):
            text = answer.text[:300]
        raise Failed(f"{path} → {answer.status_code}：{text}")
