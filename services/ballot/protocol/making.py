"""Making a ballot: encrypting ticks and proving that they keep the rules of their question.

For rehearsals, tests and measurements: a person's ballot is made on that person's own device, by the booth. The tables
used here for speed do not work in constant time.
"""

from collections.abc import Sequence
from typing import Any

from services.ballot.protocol.election import Election, Question
from services.ballot.protocol.proofs import Basis, Known, Proof, disjunction, know
from services.ballot.protocol.statements import (
    blank_prefix,
    context,
    identity,
    overall_messages,
    pair,
    range_prefix,
)
from services.ballot.protocol.text import b64_hash, compact
from shared.voting import credential as credentials


def make(election: Election, code: str | int, choices: Sequence[Sequence[int]]) -> str:
    """Make the exact text of a ballot.

    `code` is the elector's private code or the secret exponent itself; `choices` gives each question's 0/1 weights,
    the blank vote first where the question has one. ValueError when the weights break the rules of the question.
    """
    group = election.group
    secret = credentials.secret(code, election.uuid, group) if isinstance(code, str) else code
    public = group.text(group.secret_power(group.g, secret))
    asked = zip(election.questions, choices, strict=True)
    answers = [_answer(election, public, question, list(weights)) for question, weights in asked]
    body = {
        "election_uuid": election.uuid,
        "election_hash": election.hash,
        "credential": public,
        "answers": answers,
    }
    digest = b64_hash(compact(body))
    proof = know(group, secret, f"sig|{digest}|")
    return compact({**body, "signature": {"hash": digest, "proof": proof.plain()}})


def _answer(election: Election, public: str, question: Question, weights: list[int]) -> dict[str, Any]:
    _keep_rules(question, weights)
    basis = election.basis
    drawn = [basis.group.random() for _ in weights]
    pairs = [basis.encrypt(randomness, weight) for randomness, weight in zip(drawn, weights, strict=True)]
    texts = [pair(basis.group, one) for one in pairs]
    start = identity(election, public)
    individual = [
        _plain(disjunction(basis, [Known(r, weight, bit) for bit in (0, 1)], range_prefix(start, text)))
        for r, weight, text in zip(drawn, weights, texts, strict=True)
    ]
    where = context(election, public, texts)
    written = [{"alpha": basis.group.text(alpha), "beta": basis.group.text(beta)} for alpha, beta in pairs]
    answer: dict[str, Any] = {"choices": written, "individual_proofs": individual}
    if question.blank:
        return {**answer, **_with_blank(basis, question, drawn, weights, where)}
    return {**answer, "overall_proof": _overall(basis, question, drawn, weights, where)}


def _overall(
    basis: Basis, question: Question, drawn: list[int], weights: list[int], where: str
) -> list[dict[str, str]]:
    randomness, total = sum(drawn) % basis.group.q, sum(weights)
    product = pair(basis.group, basis.encrypt(randomness, total))
    cases = [Known(randomness, total, message) for message in overall_messages(question)]
    return _plain(disjunction(basis, cases, range_prefix(where, product)))


def _with_blank(
    basis: Basis, question: Question, drawn: list[int], weights: list[int], where: str
) -> dict[str, list[dict[str, str]]]:
    randomness, total = sum(drawn[1:]) % basis.group.q, sum(weights[1:])
    first, rest = Known(drawn[0], weights[0], 0), Known(randomness, total, 0)
    overall = [first._replace(message=1), *(rest._replace(message=m) for m in overall_messages(question))]
    return {
        "overall_proof": _plain(disjunction(basis, overall, blank_prefix(where, 1))),
        "blank_proof": _plain(disjunction(basis, [first, rest], blank_prefix(where, 0))),
    }


def _keep_rules(question: Question, weights: list[int]) -> None:
    if len(weights) != question.width or any(weight not in (0, 1) for weight in weights):
        raise ValueError("The weights do not fit the question")
    if question.blank and weights[0] and any(weights[1:]):
        raise ValueError("A blank vote ticks nothing else")


def _plain(proofs: list[Proof]) -> list[dict[str, str]]:
    return [proof.plain() for proof in proofs]
