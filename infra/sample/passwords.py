"""Passwords of the sample: made from one secret of this system, so that loading again gives the same."""

import base64
import hmac
import secrets
from pathlib import Path


class Passwords:
    """Gives everybody in the sample a password of their own."""

    def __init__(self, folder: Path) -> None:
        """Take the folder in which the secret is kept, and make it if there is none."""
        path = folder / "secret"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32), encoding="ascii")
        self._secret = path.read_bytes()

    def of(self, number: str) -> str:
        """Give the password of a number, easy to type on a phone."""
        return self._made(number)

    def first(self, number: str) -> str:
        """Give the password that an administrator sets first."""
        return self._made(f"first {number}")

    def _made(self, name: str) -> str:
        made = hmac.new(self._secret, name.encode(), "sha256").digest()
        letters = base64.b32encode(made).decode().lower().translate(str.maketrans("ol", "89"))
        return f"{letters[:4]}-{letters[4:8]}-{letters[8:11]}"
