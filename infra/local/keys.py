"""The secrets of one local system: made at its first start, kept for their owner only, never printed."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infra.local.layout import SERVICES

PRIVATE = "session_private.pem"
PUBLIC = "session_public.pem"


def make(folder: Path) -> None:
    """Make in `folder` what is missing there: passwords, form keys, data keys and the pair that signs sign-ins.

    What exists stays as it is: the data depend on it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("postgres", "rabbitmq", *SERVICES):
        _keep(folder / f"{name}.password", secrets.token_urlsafe(24))
    for service in SERVICES:
        _keep(folder / f"{service}.secret_key", secrets.token_urlsafe(48))
        _keep(folder / f"{service}.data_keys", Fernet.generate_key().decode() + "\n")
    if not (folder / PRIVATE).exists() or not (folder / PUBLIC).exists():
        _make_pair(folder)


def password(folder: Path, name: str) -> str:
    """Give a password that `make` made."""
    return (folder / f"{name}.password").read_text(encoding="ascii")


def _make_pair(folder: Path) -> None:
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    for name, pem in ((PRIVATE, private), (PUBLIC, public)):
        (folder / name).unlink(missing_ok=True)
        _keep(folder / name, pem.decode())


def _keep(path: Path, text: str) -> None:
    if path.exists():
        return
    draft = path.with_name(path.name + ".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(text)
    draft.rename(path)
