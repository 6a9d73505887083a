"""Codes on printed slips, one for each person who was invited: each opens the form of the masses once.

They follow from the service's secret, so that they are stored nowhere and the same can be printed again. What a box
remembers of a code says that its slip was used, never what was answered with it.
"""

import base64
import hashlib
import hmac
from uuid import UUID

from services.pledge.form.rules import SlipUnknown

BATCH = 100
"""Slips that are printed together."""
_BYTES = 10
"""80 bits: sixteen characters that can be typed, and that nobody guesses."""
_LOOKS_LIKE = str.maketrans("018", "OIB")
"""What is typed for letters that look like it; the alphabet has none of these digits."""


def code(secret: str, assessment_id: UUID, number: int) -> str:
    """Give the code of a slip, in groups of four characters."""
    said = b"shanguang slip" + assessment_id.bytes + number.to_bytes(4, "big")
    letters = base64.b32encode(hmac.digest(secret.encode(), said, "sha256")[:_BYTES]).decode()
    return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4))


def batch(secret: str, assessment_id: UUID, invited: int, part: int) -> list[str]:
    """Give the codes of one batch, counted from 1, in the order of the codes: a place tells nothing of a person."""
    first = (part - 1) * BATCH + 1
    return sorted(code(secret, assessment_id, number) for number in range(first, min(first + BATCH - 1, invited) + 1))


def batches(invited: int) -> int:
    """Say how many batches there are."""
    return -(-invited // BATCH)


def check(secret: str, assessment_id: UUID, invited: int, typed: str) -> bytes:
    """Give what the box remembers of a slip's code. Raises `SlipUnknown`."""
    given = typed.upper().translate(_LOOKS_LIKE)
    letters = "".join(one for one in given if one.isascii() and one.isalnum())
    known = [code(secret, assessment_id, number).replace("-", "") for number in range(1, invited + 1)]
    # Every code is compared, so that the time says nothing of where it stands.
    if not sum(hmac.compare_digest(one, letters) for one in known):
        raise SlipUnknown
    return hashlib.sha256(b"shanguang slip used" + assessment_id.bytes + letters.encode()).digest()
