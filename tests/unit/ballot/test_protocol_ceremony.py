"""What the seats said is put together by the numbers of the seats, and whoever said something wrong is named."""

import hashlib
import json

import pytest

from services.ballot.protocol import ceremony, pedersen
from services.ballot.protocol.ceremony import AtFault
from services.ballot.protocol.text import Malformed, compact
from services.ballot.protocol.trustees import Trustees
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.unit.ballot.seats import ceremony as held

ROOM = held(2, 3)
CERTS, EXPS, KEYS = (dict(enumerate(texts, start=1)) for texts in (ROOM.certs, ROOM.exps, ROOM.keys))


def test_seats_stand_in_the_order_of_their_numbers_whatever_order_they_spoke_in() -> None:
    """R-130"""
    text = ceremony.trustees_of(GROUP, 2, CERTS, EXPS, KEYS)
    late = {seat: KEYS[seat] for seat in (3, 1, 2)}
    assert ceremony.trustees_of(GROUP, 2, CERTS, EXPS, late) == text
    assert Trustees.parse(text).public_key == ROOM.trustees.public_key


@pytest.mark.parametrize(
    ("keys", "seat", "code"),
    [
        ({**KEYS, 1: KEYS[2], 2: KEYS[1]}, 1, "verification_key"),
        ({**KEYS, 3: KEYS[1]}, 3, "verification_key"),
        ({**KEYS, 2: "{}"}, 2, "fields"),
        ({**KEYS, 2: "["}, 2, "json"),
    ],
)
def test_a_seat_that_shows_another_key_than_it_was_dealt_is_named(keys: dict[int, str], seat: int, code: str) -> None:
    """R-130"""
    with pytest.raises(AtFault) as found:
        ceremony.trustees_of(GROUP, 2, CERTS, EXPS, keys)
    assert (found.value.seat, found.value.code) == (seat, code)


def test_what_a_seed_gives_never_changes_for_a_seat_that_starts_again_needs_the_same() -> None:
    """R-130"""
    seed = b"s" * 32
    made = pedersen.SeatSecrets.of(GROUP, seed, 2)

    def derived(purpose: str) -> int:
        wide = hashlib.sha512(f"shanguang|BELENIOS-2048|{purpose}|".encode() + seed).digest()
        return int.from_bytes(wide, "big") % (GROUP.q - 1) + 1

    assert (made.signing, made.decryption) == (derived("signing"), derived("decryption"))
    assert made.coefficients == (derived("coefficient|0"), derived("coefficient|1"))


def test_a_key_without_a_name_has_no_field_for_it() -> None:
    plain = json.loads(pedersen.verification_key(GROUP, 7))
    assert list(plain) == ["pok", "public_key"]
    assert pedersen.read_key(GROUP, plain) == (GROUP.power(GROUP.g, 7), "")


@pytest.mark.parametrize("name", ["verification", "encryption"])
def test_a_certificate_with_a_key_that_hides_nothing_is_refused(name: str) -> None:
    """R-130: what is encrypted to the identity everybody reads."""
    keys = {"verification": GROUP.text(GROUP.power(GROUP.g, 7)), "encryption": GROUP.text(GROUP.power(GROUP.g, 8))}
    signed = pedersen._sign(GROUP, 0 if name == "verification" else 7, compact({**keys, name: "1"}))
    with pytest.raises(Malformed, match="identity_element"):
        pedersen.read_certificate(GROUP, compact(signed))
    right = pedersen._sign(GROUP, 7, compact(keys))
    assert pedersen.read_certificate(GROUP, compact(right)).verification == GROUP.power(GROUP.g, 7)
