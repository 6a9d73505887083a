"""A ballot as the box receives it: its form, its signature and its proofs, checked in the order of what they cost."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from services.ballot.protocol.election import Election, Question
from services.ballot.protocol.making import make
from services.ballot.protocol.proofs import Claim, Proof, Statement, check_all, known
from services.ballot.protocol.proofs import read as read_proof
from services.ballot.protocol.proofs import read_all as read_proofs
from services.ballot.protocol.statements import (
    blank_prefix,
    context,
    demand,
    identity,
    overall_length,
    overall_messages,
    pair,
    range_prefix,
)
from services.ballot.protocol.text import b64_hash, compact, fields, listing, load, string
from shared.voting.group import IDENTITY, Group

__all__ = ["Answer", "Ballot", "Ciphertext", "check_proofs", "check_signature", "largest", "make", "read", "tracker"]


@dataclass(frozen=True)
class Ciphertext:
    """An encrypted tick, and how it stands in a challenge."""

    alpha: int
    beta: int
    text: str


@dataclass(frozen=True)
class Answer:
    """The answer to one question: its ciphertexts and proofs."""

    choices: tuple[Ciphertext, ...]
    individual: tuple[tuple[Proof, ...], ...]
    overall: tuple[Proof, ...]
    blank: tuple[Proof, ...]


@dataclass(frozen=True)
class Ballot:
    """A ballot of good form; `credential` is the decimal text that the election's list carries."""

    text: str
    credential: str
    element: int
    answers: tuple[Answer, ...]
    hash: str
    proof: Proof

    @property
    def tracker(self) -> str:
        """Give the tracking number."""
        return tracker(self.text)


def tracker(text: str | bytes) -> str:
    """Give the tracking number of a ballot: the hash of its exact text."""
    return b64_hash(text)


def largest(election: Election) -> int:
    """Give the size in bytes of the largest ballot that this election can have: a door need read no more."""
    group = election.group
    element, exponent = "9" * len(group.text(group.p)), "9" * len(str(group.q))
    proof = {"challenge": exponent, "response": exponent}
    ciphertext = {"alpha": element, "beta": element}
    answers = [
        {
            "choices": [ciphertext] * question.width,
            "individual_proofs": [[proof] * 2] * question.width,
            "overall_proof": [proof] * overall_length(question),
            **({"blank_proof": [proof] * 2} if question.blank else {}),
        }
        for question in election.questions
    ]
    head = {"election_uuid": election.uuid, "election_hash": election.hash, "credential": element}
    return len(compact({**head, "answers": answers, "signature": {"hash": election.hash, "proof": proof}}))


def read(election: Election, text: str | bytes, listed: Collection[str] = ()) -> Ballot:
    """Read a ballot of this election: canonical text, all lengths and ranges, election, credential in the group.

    `listed` are credentials that are known to be in the group: that is not worked out again. Neither signature nor
    proofs nor the group membership of the ciphertexts are checked; Malformed says what is wrong.
    """
    plain = fields(load(text), "election_uuid", "election_hash", "credential", "answers", "signature")
    written = compact(plain)
    demand(written == (text if isinstance(text, str) else text.decode("utf-8")), "not_canonical")
    demand(plain["election_uuid"] == election.uuid, "other_election", "election_uuid")
    demand(plain["election_hash"] == election.hash, "other_election", "election_hash")
    group = election.group
    credential = string(plain["credential"])
    element = group.form(credential) if credential in listed else group.parse(credential)
    demand(element != IDENTITY, "identity_element", "credential")
    given = listing(plain["answers"], len(election.questions))
    answers = tuple(_answer(group, question, one) for question, one in zip(election.questions, given, strict=True))
    signature = fields(plain["signature"], "hash", "proof")
    body = {name: value for name, value in plain.items() if name != "signature"}
    demand(string(signature["hash"]) == b64_hash(compact(body)), "signature_hash")
    return Ballot(written, credential, element, answers, signature["hash"], read_proof(signature["proof"], group))


class Signed(Protocol):
    """What a credential has signed."""

    @property
    def element(self) -> int:
        """Give the credential."""

    @property
    def hash(self) -> str:
        """Give the hash of what is signed."""

    @property
    def proof(self) -> Proof:
        """Give the signature."""


def check_signature(election: Election, ballot: Signed) -> None:
    """Check that the ballot is signed by its credential; Malformed("signature")."""
    demand(known(election.group, ballot.element, ballot.proof, f"sig|{ballot.hash}|"), "signature")


def check_proofs(election: Election, ballot: Ballot) -> None:
    """Check that all ciphertexts are in the group and every answer keeps its question's rules.

    Malformed: not_in_group, individual_proof, blank_proof, overall_proof; `detail` says at which question and choice.
    """
    statements = [one for number in range(len(ballot.answers)) for one in _statements(election, ballot, number)]
    members = {
        element: f"question {number}, choice {at}"
        for number, answer in enumerate(ballot.answers)
        for at, choice in enumerate(answer.choices)
        for element in (choice.alpha, choice.beta)
    }
    check_all(election.basis, statements, members)


def _answer(group: Group, question: Question, value: Any) -> Answer:
    names = ("choices", "individual_proofs", "overall_proof", "blank_proof")
    plain = fields(value, *names[: 4 if question.blank else 3])
    choices = tuple(_ciphertext(group, one) for one in listing(plain["choices"], question.width))
    individual = tuple(read_proofs(one, 2, group) for one in listing(plain["individual_proofs"], question.width))
    overall = read_proofs(plain["overall_proof"], overall_length(question), group)
    blank = read_proofs(plain["blank_proof"], 2, group) if question.blank else ()
    return Answer(choices, individual, overall, blank)


def _ciphertext(group: Group, value: Any) -> Ciphertext:
    plain = fields(value, "alpha", "beta")
    alpha, beta = group.form(plain["alpha"]), group.form(plain["beta"])
    demand(alpha != IDENTITY and beta != IDENTITY, "identity_element", "ciphertext")
    return Ciphertext(alpha, beta, f"{plain['alpha']},{plain['beta']}")


def _statements(election: Election, ballot: Ballot, number: int) -> list[Statement]:
    question, answer, place = election.questions[number], ballot.answers[number], f"question {number}"
    start = identity(election, ballot.credential)
    made = [
        Statement(
            _claims(one, (0, 1)), proofs, range_prefix(start, one.text), "individual_proof", f"{place}, choice {at}"
        )
        for at, (one, proofs) in enumerate(zip(answer.choices, answer.individual, strict=True))
    ]
    where = context(election, ballot.credential, [choice.text for choice in answer.choices])
    counted = _product(election.group, answer.choices[question.blank :])
    overall = _claims(counted, overall_messages(question))
    if not question.blank:
        return [*made, Statement(overall, answer.overall, range_prefix(where, counted.text), "overall_proof", place)]
    blank, nothing = answer.choices[0], [*_claims(answer.choices[0], (0,)), *_claims(counted, (0,))]
    return [
        *made,
        Statement(nothing, answer.blank, blank_prefix(where, 0), "blank_proof", place),
        Statement([*_claims(blank, (1,)), *overall], answer.overall, blank_prefix(where, 1), "overall_proof", place),
    ]


def _claims(ciphertext: Ciphertext, messages: Iterable[int]) -> list[Claim]:
    return [Claim(ciphertext.alpha, ciphertext.beta, message) for message in messages]


def _product(group: Group, choices: Sequence[Ciphertext]) -> Ciphertext:
    alpha, beta = group.product(one.alpha for one in choices), group.product(one.beta for one in choices)
    return Ciphertext(alpha, beta, pair(group, (alpha, beta)))
