"""The secrets of one local system: made at its first start, kept for their owner only, never printed."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from infra import broker
from infra.local.layout import SERVICES, TRUSTEES
from shared.voting import seal

PRIVATE = "session_private.pem"
PUBLIC = "session_public.pem"
IDENTITIES = "trustee_identities.json"
BALLOT = "ballot.identity.pem"
BALLOT_PUBLIC = "ballot.identity.public.pem"


def make(folder: Path) -> None:
    """Make in `folder` what is missing there: passwords, form keys, data keys, the pair that signs sign-ins, and the
    identities of the trustees' seats and of ballot.

    What exists stays as it is: the data depend on it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("postgres", "rabbitmq", broker.INTEGRATOR, *SERVICES, *TRUSTEES):
        _keep(folder / f"{name}.password", secrets.token_urlsafe(24))
    for service in SERVICES:
        _keep(folder / f"{service}.secret_key", secrets.token_urlsafe(48))
    for service in (*SERVICES, *TRUSTEES):
        _keep(folder / f"{service}.data_keys", Fernet.generate_key().decode() + "\n")
    if not (folder / PRIVATE).exists() or not (folder / PUBLIC).exists():
        _make_pair(folder)
    _make_identities(folder)


def password(folder: Path, name: str) -> str:
    """Give a password that `make` made."""
    return (folder / f"{name}.password").read_text(encoding="ascii")


def identity_file(trustee: str) -> str:
    """Give the name of the file with a seat's private identity key."""
    return f"{trustee}.identity.pem"


def _make_identities(folder: Path) -> None:
    for trustee in TRUSTEES:
        _keep(folder / identity_file(trustee), _private(Ed25519PrivateKey.generate()))
    _keep(folder / BALLOT, _private(Ed25519PrivateKey.generate()))
    _show_ballot(folder)
    pems = {seat: (folder / identity_file(trustee)).read_text() for seat, trustee in enumerate(TRUSTEES, start=1)}
    _keep(folder / IDENTITIES, seal.write_identities({n: seal.identity(pem).public_key() for n, pem in pems.items()}))


def _show_ballot(folder: Path) -> None:
    """Write the public part of ballot's identity, also where the private one was lost and made anew."""
    text = seal.write_public_identity(seal.identity((folder / BALLOT).read_text()).public_key())
    public = folder / BALLOT_PUBLIC
    if public.exists() and public.read_text() != text:
        public.unlink()
    _keep(public, text)


def _make_pair(folder: Path) -> None:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    for name, pem in ((PRIVATE, _private(key)), (PUBLIC, public.decode())):
        (folder / name).unlink(missing_ok=True)
        _keep(folder / name, pem)


def _private(key: Ed25519PrivateKey) -> str:
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return pem.decode()


def _keep(path: Path, text: str) -> None:
    if path.exists():
        return
    draft = path.with_name(path.name + ".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(text)
    draft.rename(path)
