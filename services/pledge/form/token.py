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
    return _token(secret, assessment_id, source, secrets.token_bytes(NUMBER))


def mint_again(secret: str, assessment_id: UUID, person_id: UUID, asked: UUID) -> str:
    """Make the token of a member's form that follows from the number of the request, the same each time.

    The number is random and nowhere kept but in the browser: nobody without it gets from a member to the token.
    """
    number = _digest(secret, b"number", assessment_id, person_id, asked)[:NUMBER]
    return _token(secret, assessment_id, Source.PEER, number)


def trace(secret: str, assessment_id: UUID, person_id: UUID, asked: UUID) -> bytes:
    """Give by what the same request is known again; neither its number nor the token follows from it."""
    return _digest(secret, b"asked", assessment_id, person_id, asked)


def number_of(text: str) -> UUID | None:
    """Give the number of a request where it is random, as pages make it; one that may be guessed is none."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if found.version == 4 else None


def _digest(secret: str, what: bytes, assessment_id: UUID, person_id: UUID, asked: UUID) -> bytes:
    said = b"shanguang form " + what + assessment_id.bytes + person_id.bytes + asked.bytes
    return hmac.digest(secret.encode(), said, "sha256")


def _token(secret: str, assessment_id: UUID, source: Source, number: bytes) -> str:
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
