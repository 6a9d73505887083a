"""Proofs without secrets given away: that one knows an exponent, and that a ciphertext holds one of a few numbers.

Formulas: ballot format 1.4. `Basis` is a public key with its tables; `Claim` says one possible content of a ciphertext.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from services.ballot.protocol.text import Malformed, fields, hash_number, listing, number
from shared.voting.group import IDENTITY, Group
from shared.voting.powers import SharedPowers
from shared.voting.table import FixedBase


class Proof(NamedTuple):
    """A challenge and the response to it."""

    challenge: int
    response: int

    def plain(self) -> dict[str, str]:
        """Give the proof as the format writes it."""
        return {"challenge": str(self.challenge), "response": str(self.response)}


class Claim(NamedTuple):
    """That the ciphertext (alpha, beta) holds `message`."""

    alpha: int
    beta: int
    message: int


class Statement(NamedTuple):
    """That one of the claims is true, and its proof; `code` and `place` name it where it is refused."""

    claims: Sequence[Claim]
    proofs: Sequence[Proof]
    prefix: str
    code: str
    place: str


class Known(NamedTuple):
    """One possible content of a ciphertext whose randomness and true content one knows, to prove a disjunction."""

    randomness: int
    content: int
    message: int


@dataclass(frozen=True)
class Basis:
    """A group with the tables of its generator and of an election's public key."""

    group: Group
    g: FixedBase
    y: FixedBase

    @staticmethod
    def of(group: Group, public_key: int) -> "Basis":
        """Make the basis of a public key; its tables are shared by all that ask for the same key."""
        return Basis(group, group.generator, group.fixed(public_key))

    def encrypt(self, randomness: int, content: int) -> tuple[int, int]:
        """Encrypt a small number: g^r and y^r·g^m."""
        group = self.group
        beta = group.multiply(self.y.power(randomness), self.g.power(content % group.q))
        return self.g.power(randomness), beta


def read(value: Any, group: Group) -> Proof:
    """Read a proof; Malformed on its fields or numbers."""
    plain = fields(value, "challenge", "response")
    return Proof(number(plain["challenge"], group.q), number(plain["response"], group.q))


def read_all(value: Any, length: int, group: Group) -> tuple[Proof, ...]:
    """Read a list of proofs of a given length."""
    return tuple(read(one, group) for one in listing(value, length))


def know(group: Group, secret: int, prefix: str) -> Proof:
    """Prove that one knows `secret` of g^secret; the challenge is H(prefix + A)."""
    nonce = group.random()
    challenge = hash_number(prefix + group.text(group.secret_power(group.g, nonce)), group.q)
    return Proof(challenge, (nonce - secret * challenge) % group.q)


def known(group: Group, element: int, proof: Proof, prefix: str) -> bool:
    """Check a proof that somebody knows the exponent of `element`."""
    commitment = group.multiply(group.generator.power(proof.response), group.power(element, proof.challenge))
    return hash_number(prefix + group.text(commitment), group.q) == proof.challenge


def disjunction(basis: Basis, cases: Sequence[Known], prefix: str) -> list[Proof]:
    """Prove that one of the cases is true without saying which; ValueError when none is."""
    group, q = basis.group, basis.group.q
    true = next((at for at, case in enumerate(cases) if case.content == case.message), None)
    if true is None:
        raise ValueError("None of the cases holds")
    drawn = [Proof(secrets.randbelow(q), secrets.randbelow(q)) for _ in cases]
    parts = [_simulated(basis, case, proof) for case, proof in zip(cases, drawn, strict=True)]
    nonce = group.random()
    parts[true] = f"{group.text(basis.g.power(nonce))},{group.text(basis.y.power(nonce))}"
    others = sum(proof.challenge for at, proof in enumerate(drawn) if at != true)
    challenge = (hash_number(prefix + ",".join(parts), q) - others) % q
    drawn[true] = Proof(challenge, (nonce - cases[true].randomness * challenge) % q)
    return drawn


def check_all(basis: Basis, statements: Sequence[Statement], members: Mapping[int, str]) -> None:
    """Check that the members (elements and where they stand) are in the group and then that every statement holds.

    Malformed("not_in_group") or with the code of the statement. Each element's powers are worked out together; the test
    of membership, x^q = 1, is then one of three and cheap. (No cheaper test is exact: p - 1 has the factors 2 and 3
    beside q, and components of so small an order get through a random product of many elements too often.)
    """
    powers, q = basis.group.shared_powers(), basis.group.q
    for element in members:
        powers.ask(element, q)
    for statement in statements:
        for claim, proof in zip(statement.claims, statement.proofs, strict=True):
            powers.ask(claim.alpha, proof.challenge)
            powers.ask(claim.beta, proof.challenge)
    for element, place in members.items():
        if powers.power(element, q) != IDENTITY:
            raise Malformed("not_in_group", place)
    for statement in statements:
        pairs = zip(statement.claims, statement.proofs, strict=True)
        parts = ",".join(_commitments(basis, powers, claim, proof) for claim, proof in pairs)
        total = sum(proof.challenge for proof in statement.proofs) % q
        if hash_number(statement.prefix + parts, q) != total:
            raise Malformed(statement.code, statement.place)


def same_exponent(group: Group, secret: int, base: int, prefix: str) -> tuple[int, Proof]:
    """Give base^secret and a proof that its exponent is also that of g^secret (a partial decryption)."""
    nonce = group.random()
    commitments = (group.secret_power(group.g, nonce), group.secret_power(base, nonce))
    challenge = hash_number(prefix + ",".join(group.text(one) for one in commitments), group.q)
    return group.secret_power(base, secret), Proof(challenge, (nonce - secret * challenge) % group.q)


def exponents_agree(group: Group, key: int, base: int, factor: int, proof: Proof, prefix: str) -> bool:
    """Check that `factor` is `base` raised to the secret of `key`."""
    first = group.multiply(group.generator.power(proof.response), group.power(key, proof.challenge))
    second = group.multiply(group.power(base, proof.response), group.power(factor, proof.challenge))
    return hash_number(f"{prefix}{group.text(first)},{group.text(second)}", group.q) == proof.challenge


def _simulated(basis: Basis, case: Known, proof: Proof) -> str:
    group, q = basis.group, basis.group.q
    exponent = (proof.response + case.randomness * proof.challenge) % q
    surplus = (case.content - case.message) * proof.challenge % q
    second = group.multiply(basis.y.power(exponent), basis.g.power(surplus))
    return f"{group.text(basis.g.power(exponent))},{group.text(second)}"


def _commitments(basis: Basis, powers: SharedPowers, claim: Claim, proof: Proof) -> str:
    group = basis.group
    first = group.multiply(basis.g.power(proof.response), powers.power(claim.alpha, proof.challenge))
    second = group.multiply(basis.y.power(proof.response), powers.power(claim.beta, proof.challenge))
    if claim.message:
        second = group.multiply(second, basis.g.power(-claim.message * proof.challenge % group.q))
    return f"{group.text(first)},{group.text(second)}"
