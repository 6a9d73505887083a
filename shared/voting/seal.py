"""The seal on what a trustee's seat says, and ballot to the seats: an Ed25519 signature by its long-term identity key.

It covers the event's name, the university and all facts, so that a message can be neither altered, nor said in
another's name, nor carried over to another university.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from shared import log
from shared.errors import NotAllowed
from shared.events import Event

BALLOT = 0
"""Stands for ballot where else a seat is named."""

Identities = Mapping[int, Ed25519PublicKey]
"""The public identity key of each seat."""


class ForgedSeal(NotAllowed):
    """这条消息不是它所称的一方发出的。"""

    def __init__(self, seat: int) -> None:
        """Name the seat in whose name it came, or ballot, which has none."""
        super().__init__(details=["投票服务" if seat == BALLOT else f"第{seat}席"])
        self.seat = seat


def identities(text: str) -> dict[int, Ed25519PublicKey]:
    """Read the file of public identities, a JSON object of seat and base64 key; raises `ValueError`."""
    return {
        int(seat): Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        for seat, key in json.loads(text).items()
    }


def write_identities(keys: Identities) -> str:
    """Write what `identities` reads."""
    plain = {str(seat): key.public_bytes(Encoding.Raw, PublicFormat.Raw) for seat, key in sorted(keys.items())}
    return json.dumps({seat: base64.b64encode(raw).decode() for seat, raw in plain.items()}, indent=1) + "\n"


def identity(pem: str) -> Ed25519PrivateKey:
    """Read the own identity key of a seat or of ballot; raises `ValueError`."""
    key = load_pem_private_key(pem.encode(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("an identity is an Ed25519 key")
    return key


def public_identity(pem: str) -> Ed25519PublicKey:
    """Read the public identity key of ballot; raises `ValueError`."""
    key = load_pem_public_key(pem.encode())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("an identity is an Ed25519 key")
    return key


def write_public_identity(key: Ed25519PublicKey) -> str:
    """Write what `public_identity` reads."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def sign(key: Ed25519PrivateKey, event: type[Event], tenant_id: UUID, facts: Mapping[str, Any]) -> str:
    """Give the seal for facts (without `seal`) that are to be told as this event."""
    return base64.b64encode(key.sign(_covered(event, tenant_id, facts))).decode()


def check(known: Identities, event: type[Event], tenant_id: UUID, facts: Mapping[str, Any]) -> int:
    """Give the seat that told these facts; raises `ForgedSeal` where seat and seal do not belong together."""
    seat: int = facts["seat"]
    if seat not in known or not _holds(known[seat], facts["seal"], _covered(event, tenant_id, facts)):
        log.get().warning("seal_forged", event_name=event.event_name, seat=seat)
        raise ForgedSeal(seat)
    return seat


def check_ballot(key: Ed25519PublicKey, event: type[Event], tenant_id: UUID, facts: Mapping[str, Any]) -> None:
    """Refuse facts that ballot, whose key this is, did not tell. Raises `ForgedSeal`."""
    if not _holds(key, facts["seal"], _covered(event, tenant_id, facts)):
        log.get().warning("seal_forged", event_name=event.event_name, seat=BALLOT)
        raise ForgedSeal(BALLOT)


def _holds(key: Ed25519PublicKey, written: str, covered: bytes) -> bool:
    try:
        key.verify(base64.b64decode(written, validate=True), covered)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _covered(event: type[Event], tenant_id: UUID, facts: Mapping[str, Any]) -> bytes:
    written = event().dump({name: value for name, value in facts.items() if name != "seal"})
    content = json.dumps(written, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"shanguang|{event.event_name}.v{event.event_version}|{tenant_id}|{content}".encode("ascii")
