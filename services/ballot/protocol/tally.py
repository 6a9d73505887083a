"""The encrypted tally: the product of all ballots that count, kept up as they come, and the numbers it hides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.ballot.protocol.ballot import Ballot
from services.ballot.protocol.election import Election
from services.ballot.protocol.text import (
    Malformed,
    canonical,
    compact,
    digits,
    fields,
    hex_hash,
    listing,
    load,
    string,
    whole,
)
from shared.voting.group import IDENTITY, Group

Pair = tuple[int, int]
SMALL = 2**30 - 1
"""The greatest weight that is written as a number; greater ones are written as decimal strings."""


@dataclass(frozen=True)
class Tally:
    """An encrypted tally: for each question one ciphertext for each of its answers; `text` is its exact text."""

    questions: tuple[tuple[Pair, ...], ...]
    text: str

    @property
    def hex(self) -> str:
        """Give the hash under which the archive keeps the tally."""
        return hex_hash(self.text)


@dataclass(frozen=True)
class Sized:
    """How many ballots an encrypted tally holds and under which hash it is kept."""

    num_tallied: int
    total_weight: int
    encrypted_tally: str


class Accumulator:
    """The product of the ballots added so far and their number."""

    def __init__(self, election: Election) -> None:
        self._group = election.group
        self.count = 0
        self._sums: list[list[Pair]] = [[(IDENTITY, IDENTITY)] * one.width for one in election.questions]

    @staticmethod
    def resume(election: Election, text: str, count: int) -> "Accumulator":
        """Go on from the `text` and `count` of an earlier one; Malformed when the text does not fit the election."""
        made = Accumulator(election)
        made._sums = [list(row) for row in read_tally(election, text).questions]
        made.count = count
        return made

    def add(self, ballot: Ballot) -> None:
        """Add a ballot whose proofs are checked."""
        self._fold(ballot, invert=False)
        self.count += 1

    def remove(self, ballot: Ballot) -> None:
        """Take out a ballot that was added."""
        self._fold(ballot, invert=True)
        self.count -= 1

    def replace(self, old: Ballot, new: Ballot) -> None:
        """Put a credential's later ballot in the place of its earlier one."""
        self.remove(old)
        self.add(new)

    @property
    def text(self) -> str:
        """Give the encrypted tally as the archive keeps it."""
        return _text(self._group, self._sums)

    @property
    def tally(self) -> Tally:
        """Give the encrypted tally of the ballots added so far."""
        return Tally(tuple(tuple(row) for row in self._sums), self.text)

    def _fold(self, ballot: Ballot, *, invert: bool) -> None:
        group = self._group
        for row, answer in zip(self._sums, ballot.answers, strict=True):
            for at, choice in enumerate(answer.choices):
                alpha, beta = choice.alpha, choice.beta
                if invert:
                    alpha, beta = group.invert(alpha), group.invert(beta)
                row[at] = (group.multiply(row[at][0], alpha), group.multiply(row[at][1], beta))


def read_tally(election: Election, text: str) -> Tally:
    """Read an encrypted tally of this election; every element must be in the group (an empty tally's, too)."""
    rows = listing(load(text), len(election.questions))
    questions = tuple(
        tuple(_pair(election.group, one) for one in listing(row, question.width))
        for question, row in zip(election.questions, rows, strict=True)
    )
    return Tally(questions, text)


def sized(num_tallied: int, total_weight: int, encrypted_tally: str) -> str:
    """Write how many ballots a tally holds; `encrypted_tally` is the tally's text."""
    weight: int | str = total_weight if total_weight <= SMALL else str(total_weight)
    return compact({"num_tallied": num_tallied, "total_weight": weight, "encrypted_tally": hex_hash(encrypted_tally)})


def read_sized(text: str) -> Sized:
    """Read how many ballots a tally holds."""
    plain = fields(canonical(text), "num_tallied", "total_weight", "encrypted_tally")
    written = plain["total_weight"]
    weight = int(digits(written)) if isinstance(written, str) else whole(written)
    if isinstance(written, str) and weight <= SMALL:
        raise Malformed("number", "total_weight")
    return Sized(whole(plain["num_tallied"]), weight, string(plain["encrypted_tally"]))


def logarithms(group: Group, elements: Sequence[int], most: int) -> list[int]:
    """Find the exponents, none above `most`, of powers of g; Malformed("result_range") when one is no such power."""
    wanted, found, power = set(elements), dict[int, int](), IDENTITY
    for exponent in range(most + 1):
        if power in wanted:
            found[power] = exponent
        power = group.multiply(power, group.g)
    if len(found) != len(wanted):
        raise Malformed("result_range", "a total is not a number of ballots")
    return [found[element] for element in elements]


def _pair(group: Group, value: object) -> Pair:
    plain = fields(value, "alpha", "beta")
    return group.parse(plain["alpha"]), group.parse(plain["beta"])


def _text(group: Group, rows: Iterable[Iterable[Pair]]) -> str:
    return compact([[{"alpha": group.text(alpha), "beta": group.text(beta)} for alpha, beta in row] for row in rows])
