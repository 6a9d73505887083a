"""An elector's credential: the private code, the secret derived from it, and its public part; and an election's uuid.

The code is Belenios 2.0's: fourteen random base58 characters and a check character, in threes (ballot format 1.3).
"""

import hashlib
import secrets
from uuid import UUID

from shared.voting.group import BELENIOS_2048, Group
from shared.voting.malformed import Malformed

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LENGTH = 14
ROUNDS = 1000


def election_uuid(ballot_id: UUID) -> str:
    """Give the uuid (22 base58 characters) of the election of a ballot; the same ballot has the same one for ever."""
    number, written = ballot_id.int, ""
    for _ in range(22):
        number, digit = divmod(number, len(ALPHABET))
        written = ALPHABET[digit] + written
    return written


def new_code() -> str:
    """Draw a private code `XXX-XXX-XXX-XXX-XXX`."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    whole = drawn + _check(drawn)
    return "-".join(whole[at : at + 3] for at in range(0, LENGTH + 1, 3))


def valid(code: str) -> bool:
    """Say whether a code has the right form and check character."""
    parts = code.split("-")
    if [len(part) for part in parts] != [3] * 5 or any(letter not in ALPHABET for part in parts for letter in part):
        return False
    joined = "".join(parts)
    return _check(joined[:LENGTH]) == joined[LENGTH]


def secret(code: str, uuid: str, group: Group = BELENIOS_2048) -> int:
    """Derive the secret exponent from a code for one election; Malformed("code") when it is mistyped."""
    if not valid(code):
        raise Malformed("code", "not a credential")
    stretched = hashlib.pbkdf2_hmac("sha256", code.encode("ascii"), uuid.encode("ascii"), ROUNDS, 32)
    return int.from_bytes(stretched, "big") % group.q


def public(code: str, uuid: str, group: Group = BELENIOS_2048) -> str:
    """Give the public credential of a code, as the election's list of credentials carries it."""
    return group.text(group.secret_power(group.g, secret(code, uuid, group)))


def _check(drawn: str) -> str:
    number = 0
    for letter in drawn:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return ALPHABET[53 - number % 53]
