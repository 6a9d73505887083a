"""Those who hold the key: who they are, what each takes off an encrypted tally, and how the result comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from services.ballot.protocol import pedersen
from services.ballot.protocol.election import Election
from services.ballot.protocol.proofs import Proof, exponents_agree, same_exponent
from services.ballot.protocol.proofs import read as read_proof
from services.ballot.protocol.tally import Tally, logarithms
from services.ballot.protocol.text import Malformed, canonical, compact, fields, hex_hash, listing, load, whole
from shared.voting.group import BELENIOS_2048, Group


@dataclass(frozen=True)
class Owner:
    """One who holds a key: its number over all trustees (1-based), the key its proofs are checked with, its name."""

    number: int
    key: int
    name: str


@dataclass(frozen=True)
class Part:
    """Owners of whom `threshold` together take off one factor of the key; a single trustee is a part of its own."""

    owners: tuple[Owner, ...]
    threshold: int
    public_key: int


@dataclass(frozen=True)
class Trustees:
    """All trustees of an election; `text` is the exact text that the archive keeps."""

    parts: tuple[Part, ...]
    public_key: int
    group: Group
    text: str

    @staticmethod
    def parse(text: str, group: Group = BELENIOS_2048) -> "Trustees":
        """Read trustees and check all their proofs; Malformed as pedersen.read_key and read_threshold say."""
        parts: list[Part] = []
        for one in listing(canonical(text)):
            kind, value = listing(one, 2)
            parts.append(_part(group, kind, value, sum(len(part.owners) for part in parts)))
        if not parts:
            raise Malformed("trustees", "nobody holds the key")
        return Trustees(tuple(parts), group.product(part.public_key for part in parts), group, text)

    @property
    def hex(self) -> str:
        """Give the hash under which the archive keeps the trustees."""
        return hex_hash(self.text)

    @property
    def owners(self) -> tuple[Owner, ...]:
        """Give all who hold a key, in the order of their numbers."""
        return tuple(owner for part in self.parts for owner in part.owners)

    @property
    def threshold(self) -> int:
        """Give the least number of owners who together can decrypt."""
        return sum(part.threshold for part in self.parts)

    def owner(self, number: int) -> Owner:
        """Find an owner; Malformed("owner") for a number nobody has."""
        if not 1 <= number <= len(self.owners):
            raise Malformed("owner", str(number))
        return self.owners[number - 1]

    def enough(self, numbers: set[int]) -> bool:
        """Say whether these owners together can decrypt."""
        return all(len({one.number for one in part.owners} & numbers) >= part.threshold for part in self.parts)


def single(group: Group, secret: int, name: str = "") -> str:
    """Make the text of trustees who are one person alone with the whole key."""
    return compact([["Single", load(pedersen.verification_key(group, secret, name))]])


def together(threshold_parameters: str) -> str:
    """Make the text of trustees of whom a number suffices, from what pedersen.assemble gives."""
    return compact([["Pedersen", load(threshold_parameters)]])


def decrypt(election: Election, tally: Tally, secret: int) -> str:
    """Make the text of one owner's partial decryption of a tally."""
    group = election.group
    prefix = _prefix(election, group.secret_power(group.g, secret))
    rows = [[same_exponent(group, secret, alpha, prefix) for alpha, _ in row] for row in tally.questions]
    factors = [[group.text(factor) for factor, _ in row] for row in rows]
    proofs = [[proof.plain() for _, proof in row] for row in rows]
    return compact({"decryption_factors": factors, "decryption_proofs": proofs})


def check_decryption(election: Election, tally: Tally, key: int, text: str) -> None:
    """Check a partial decryption against the owner's key; Malformed("decryption_proof") and on its form."""
    prefix = _prefix(election, key)
    for at, (row, answers) in enumerate(zip(tally.questions, _read(election, text), strict=True)):
        for number, ((alpha, _), (factor, proof)) in enumerate(zip(row, answers, strict=True)):
            if not exponents_agree(election.group, key, alpha, factor, proof, prefix):
                raise Malformed("decryption_proof", f"question {at}, choice {number}")


def combine(
    election: Election, trustees: Trustees, decryptions: Mapping[int, str], tally: Tally, most: int
) -> list[list[int]]:
    """Give the totals of all answers, none above `most` (the ballots tallied).

    `decryptions` are checked texts by the owner's number. Malformed: not_enough_decryptions, result_range.
    """
    if not trustees.enough(set(decryptions)):
        raise Malformed("not_enough_decryptions")
    group, weights = election.group, _weights(trustees, set(decryptions))
    factors = {number: _read(election, decryptions[number]) for number in weights}
    totals = []
    for at, row in enumerate(tally.questions):
        masks = [
            group.product(group.power(factors[number][at][i][0], weight) for number, weight in weights.items())
            for i in range(len(row))
        ]
        opened = [group.multiply(beta, group.invert(mask)) for (_, beta), mask in zip(row, masks, strict=True)]
        totals.append(logarithms(group, opened, most))
    return totals


def result_text(result: Sequence[Sequence[int]]) -> str:
    """Write the result as the archive keeps it."""
    return compact({"result": [list(row) for row in result]})


def read_result(election: Election, text: str) -> list[list[int]]:
    """Read a result of this election."""
    rows = listing(fields(load(text), "result")["result"], len(election.questions))
    pairs = zip(election.questions, rows, strict=True)
    return [[whole(one) for one in listing(row, question.width)] for question, row in pairs]


def owned(owner: int, partial_decryption: str) -> str:
    """Write whose a partial decryption is."""
    return compact({"owner": owner, "payload": hex_hash(partial_decryption)})


def _weights(trustees: Trustees, numbers: set[int]) -> dict[int, int]:
    """Choose as many owners of each part as it needs, each with the exponent its factor is raised to."""
    weights: dict[int, int] = {}
    before = 0
    for part in trustees.parts:
        seats = [one.number - before for one in part.owners if one.number in numbers][: part.threshold]
        weights |= {before + seat: _lagrange(seat, seats, trustees.group.q) for seat in seats}
        before += len(part.owners)
    return weights


def _lagrange(seat: int, seats: Sequence[int], q: int) -> int:
    others = [other for other in seats if other != seat]
    denominator = prod((other - seat) % q for other in others) % q
    return prod(others) * pow(denominator, -1, q) % q


def _part(group: Group, kind: Any, value: Any, before: int) -> Part:
    if kind == "Single":
        key, name = pedersen.read_key(group, value)
        return Part((Owner(before + 1, key, name),), 1, key)
    if kind != "Pedersen":
        raise Malformed("trustees", "unknown kind")
    found = pedersen.read_threshold(group, value)
    pairs = enumerate(zip(found.keys, found.names, strict=True), start=before + 1)
    return Part(tuple(Owner(at, key, name) for at, (key, name) in pairs), found.threshold, found.public_key)


def _prefix(election: Election, key: int) -> str:
    return f"decrypt|{election.hash}|{election.group.text(key)}|"


def _read(election: Election, text: str) -> list[list[tuple[int, Proof]]]:
    group, plain = election.group, fields(canonical(text), "decryption_factors", "decryption_proofs")
    asked = election.questions
    rows = zip(
        asked,
        listing(plain["decryption_factors"], len(asked)),
        listing(plain["decryption_proofs"], len(asked)),
        strict=True,
    )
    made = []
    for question, factors, proofs in rows:
        pairs = zip(listing(factors, question.width), listing(proofs, question.width), strict=True)
        made.append([(group.parse(factor), read_proof(proof, group)) for factor, proof in pairs])
    return made
