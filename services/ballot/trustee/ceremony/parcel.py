"""How a share travels: encrypted by the sender so that only the receiver's key of this ceremony opens it.

The two agree on a secret by their ceremony keys (Diffie–Hellman); HKDF makes of it a key for one direction of one
ceremony, and AES-GCM binds the content to ceremony, sender and receiver.
"""

import base64
import binascii
import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.voting.group import digits
from shared.voting.malformed import Malformed

NONCE = 12


@dataclass(frozen=True)
class Address:
    """Which ceremony of which university, from whom, to whom."""

    tenant_id: UUID
    ceremony_id: UUID
    sender: int
    receiver: int

    @property
    def label(self) -> bytes:
        """Give what the content is bound to."""
        return f"shanguang share|{self.tenant_id}|{self.ceremony_id}|{self.sender}|{self.receiver}".encode("ascii")


def seal(agreed: bytes, address: Address, share: int) -> str:
    """Encrypt a share."""
    nonce = secrets.token_bytes(NONCE)
    content = AESGCM(_key(agreed, address)).encrypt(nonce, str(share).encode("ascii"), address.label)
    return base64.b64encode(nonce + content).decode("ascii")


def unseal(agreed: bytes, address: Address, sealed: str) -> int:
    """Decrypt a share; raises `Malformed("share_sealed")` where it is damaged or meant for another."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        if base64.b64encode(raw).decode("ascii") != sealed:
            raise Malformed("share_sealed", "not canonical")
        return digits(AESGCM(_key(agreed, address)).decrypt(raw[:NONCE], raw[NONCE:], address.label).decode("ascii"))
    except (InvalidTag, binascii.Error, ValueError, Malformed) as error:
        raise Malformed("share_sealed") from error


def _key(agreed: bytes, address: Address) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=address.label).derive(agreed)
