"""Tokens that open a form once: a random number with a proof that we made it for this occasion. None is stored."""

import base64
import binascii
import hashlib
import hmac
import secrets
from uuid import UUID

from services.pledge.assessment.domain import Source
from services.pledge.form.rules import TokenForged

NUMBER = 16


def mint(secret: str, assessment_id: UUID, source: Source) -> str:
    """Make a token for one form of one occasion."""
    number = secrets.token_bytes(NUMBER)
    return base64.urlsafe_b64encode(number + _proof(secret, assessment_id, source, number)).decode().rstrip("=")


def check(secret: str, assessment_id: UUID, source: Source, token: str) -> bytes:
    """Give what the box remembers of a genuine token. Raises `TokenForged`."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError) as error:
        raise TokenForged from error
    number, proof = raw[:NUMBER], raw[NUMBER:]
    if not hmac.compare_digest(proof, _proof(secret, assessment_id, source, number)):
        raise TokenForged
    return hashlib.sha256(b"shanguang form used" + number).digest()


def _proof(secret: str, assessment_id: UUID, source: Source, number: bytes) -> bytes:
    said = b"shanguang form" + assessment_id.bytes + source.encode() + number
    return hmac.digest(secret.encode(), said, "sha256")
