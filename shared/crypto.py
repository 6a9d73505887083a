"""Encryption at rest of what is sensitive (requirements 2.10): Fernet, with keys that can be rotated."""

from cryptography.fernet import Fernet, MultiFernet


class Vault:
    """Encrypts with the newest key and opens with any."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        """Take Fernet keys, the newest first; none raises `ValueError`."""
        if not keys:
            raise ValueError("DATA_KEYS is empty")
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> bytes:
        """Encrypt a text."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """Decrypt what `seal` made; a foreign or damaged text raises `cryptography.fernet.InvalidToken`."""
        return self._fernet.decrypt(bytes(sealed)).decode()
