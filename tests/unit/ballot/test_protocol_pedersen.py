"""A key ceremony gives a key that nobody has alone, and names what is wrong in what a seat said."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.protocol import pedersen
from services.ballot.protocol.pedersen import SeatSecrets
from services.ballot.protocol.text import Malformed, compact
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.unit.ballot.seats import Room, ceremony

SIZES = [(1, 1), (1, 2), (2, 2), (2, 3), (3, 3)]


def exponents(room: Room) -> list[tuple[int, ...]]:
    certs = [pedersen.read_certificate(GROUP, one) for one in room.certs]
    return [
        pedersen.read_coefexps(GROUP, text, cert, room.threshold) for text, cert in zip(room.exps, certs, strict=True)
    ]


@pytest.mark.parametrize(("threshold", "seats"), SIZES)
def test_a_ceremony_gives_every_seat_its_part_of_one_key(threshold: int, seats: int) -> None:
    """R-130."""
    room = ceremony(threshold, seats)
    whole = sum(one.coefficients[0] for one in room.secrets)
    found = pedersen.read_threshold(GROUP, json.loads(room.parameters))
    assert found.public_key == GROUP.power(GROUP.g, whole)
    assert found.keys == tuple(GROUP.power(GROUP.g, one) for one in room.private)
    assert found.names == tuple(f"第{seat}席" for seat in range(1, seats + 1))
    assert whole % GROUP.q not in room.private or threshold == 1


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2), st.integers(1, 3), st.integers(1, GROUP.q - 1))
def test_a_wrong_share_is_noticed(dealer: int, seat: int, error: int) -> None:
    room = ceremony(2, 3)
    offered, right = exponents(room)[dealer], pedersen.share(GROUP, room.secrets[dealer], seat)
    assert pedersen.share_fits(GROUP, offered, seat, right)
    assert not pedersen.share_fits(GROUP, offered, seat, (right + error) % GROUP.q)
    assert not pedersen.share_fits(GROUP, offered, seat, right + GROUP.q)
    assert not pedersen.share_fits(GROUP, offered, seat % 3 + 1, right)


def test_two_seats_agree_on_a_secret_that_the_third_has_not() -> None:
    first, second, third = ceremony(2, 3).secrets
    certs = [pedersen.read_certificate(GROUP, one) for one in ceremony(2, 3).certs]
    assert pedersen.agreed(GROUP, first, certs[1]) == pedersen.agreed(GROUP, second, certs[0])
    assert pedersen.agreed(GROUP, third, certs[1]) != pedersen.agreed(GROUP, first, certs[1])


def test_all_secrets_come_from_the_seed() -> None:
    made = SeatSecrets.of(GROUP, b"s" * 32, 2)
    assert made == SeatSecrets.of(GROUP, b"s" * 32, 2)
    assert len({made.signing, made.decryption, *made.coefficients}) == 4
    assert not {made.signing, *made.coefficients} & set(SeatSecrets.of(GROUP, b"t" * 32, 2).coefficients)
    with pytest.raises(ValueError, match="short"):
        SeatSecrets.of(GROUP, b"s" * 31, 2)


def swap(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda plain: plain[name].reverse()


def put(value: Any, *path: Any) -> Callable[[dict[str, Any]], None]:
    def change(plain: dict[str, Any]) -> None:
        found: Any = plain
        for step in path[:-1]:
            found = found[step]
        found[path[-1]] = value

    return change


def shorter(plain: dict[str, Any]) -> None:
    """Sign a polynomial of too low a degree: fewer seats would be enough."""
    made = SeatSecrets.of(GROUP, bytes([0, 0]) * 16, 1)
    plain["coefexps"][0] = json.loads(pedersen.coefexps(GROUP, made))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (put(0, "threshold"), "threshold"),
        (put(4, "threshold"), "threshold"),
        (put(3, "threshold"), "length"),
        (put(1, "threshold"), "length"),
        (put(True, "threshold"), "integer"),
        (swap("certs"), "coefexps_signature"),
        (swap("coefexps"), "coefexps_signature"),
        (swap("verification_keys"), "verification_key"),
        (lambda plain: plain["certs"].__setitem__(1, plain["certs"][0]), "certificate_twice"),
        (lambda plain: plain["certs"].pop(), "length"),
        (lambda plain: plain["verification_keys"].pop(), "length"),
        (put("5", "certs", 0, "signature", "challenge"), "certificate_signature"),
        (put("5", "coefexps", 2, "signature", "response"), "coefexps_signature"),
        (put("5", "verification_keys", 1, "pok", "response"), "pok"),
        (put(str(GROUP.q), "verification_keys", 1, "pok", "response"), "number_range"),
        (put("1", "verification_keys", 1, "public_key"), "identity_element"),
        (put(str(GROUP.p - 1), "verification_keys", 1, "public_key"), "not_in_group"),
        (put(7, "verification_keys", 1, "name"), "string"),
        (put({"message": "{}"}, "certs", 0), "fields"),
        (put([], "signatures"), "fields"),
        (shorter, "length"),
    ],
)
def test_threshold_parameters_that_are_wrong_anywhere_are_refused(
    change: Callable[[dict[str, Any]], None], code: str
) -> None:
    """R-130."""
    plain = json.loads(ceremony(2, 3).parameters)
    change(plain)
    with pytest.raises(Malformed) as refusal:
        pedersen.read_threshold(GROUP, json.loads(compact(plain)))
    assert refusal.value.code == code


def test_a_key_of_another_ceremony_is_refused() -> None:
    room, other = ceremony(2, 3), ceremony(2, 3, salt=9)
    with pytest.raises(Malformed) as refusal:
        pedersen.assemble(GROUP, 2, room.certs, room.exps, [*room.keys[:2], other.keys[2]])
    assert refusal.value.code == "verification_key"
