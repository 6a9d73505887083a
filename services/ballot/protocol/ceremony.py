"""What the seats of a key ceremony said, checked seat by seat, so that whoever said something wrong can be named."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from services.ballot.protocol import pedersen, trustees
from services.ballot.protocol.pedersen import Certificate
from services.ballot.protocol.text import Malformed, load
from shared.voting.group import Group

T = TypeVar("T")
Said = Mapping[int, str]
"""What each seat said, by its number; the order of the numbers is the order of the key's owners, from 1."""


class AtFault(Exception):  # noqa: N818
    """What a seat said is wrong; `code` says how."""

    def __init__(self, seat: int, code: str) -> None:
        """Name the seat and the fault."""
        super().__init__(f"seat {seat}: {code}")
        self.seat, self.code = seat, code


def certificates(group: Group, said: Said) -> dict[int, Certificate]:
    """Read the certificates of all seats; raises `AtFault`."""
    read = {seat: _blaming(seat, partial(pedersen.read_certificate, group, text)) for seat, text in said.items()}
    for seat, one in read.items():
        if any(other != seat and one.verification == read[other].verification for other in read):
            raise AtFault(seat, "certificate_twice")
    return read


def exponents(
    group: Group, said: Said, certified: Mapping[int, Certificate], threshold: int
) -> dict[int, Sequence[int]]:
    """Read the signed exponents of all seats; raises `AtFault`."""
    read: dict[int, Sequence[int]] = {}
    for seat, text in said.items():
        read[seat] = _blaming(seat, partial(pedersen.read_coefexps, group, text, certified[seat], threshold))
    return read


def trustees_of(group: Group, threshold: int, certs: Said, exps: Said, keys: Said) -> str:
    """Put together the exact text of the trustees, as every archive carries it; raises `AtFault`."""
    dealt = exponents(group, exps, certificates(group, certs), threshold)
    seats = sorted(keys)
    for place, seat in enumerate(seats, start=1):
        key = _blaming(seat, partial(_key, group, keys[seat]))
        if key != pedersen.expected_key(group, list(dealt.values()), place):
            raise AtFault(seat, "verification_key")
    ordered = [[said[seat] for seat in seats] for said in (certs, exps, keys)]
    return trustees.together(pedersen.assemble(group, threshold, *ordered))


def _key(group: Group, text: str) -> int:
    return pedersen.read_key(group, load(text))[0]


def _blaming(seat: int, read: Callable[[], T]) -> T:
    try:
        return read()
    except Malformed as fault:
        raise AtFault(seat, fault.code) from fault
