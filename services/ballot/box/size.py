"""How large a ballot can be: what is longer is cut off before anybody reads it."""

from typing import Any

from services.ballot.protocol.election import Election, Question
from services.ballot.protocol.text import compact

HARD_LIMIT = 512 * 1024
"""No box takes more, however many candidates it has."""
HASH = "A" * 43


def largest(election: Election) -> int:
    """Give the size in bytes of the largest lawful ballot: every number in it at its greatest."""
    element, exponent = election.group.text(election.group.p), str(election.group.q)
    proof = {"challenge": exponent, "response": exponent}
    ballot = {
        "election_uuid": election.uuid,
        "election_hash": HASH,
        "credential": element,
        "answers": [_answer(question, element, proof) for question in election.questions],
        "signature": {"hash": HASH, "proof": proof},
    }
    return min(HARD_LIMIT, len(compact(ballot).encode()))


def _answer(question: Question, element: str, proof: dict[str, str]) -> dict[str, Any]:
    sums = question.maximum - question.minimum + 1
    answer: dict[str, Any] = {
        "choices": [{"alpha": element, "beta": element}] * question.width,
        "individual_proofs": [[proof, proof]] * question.width,
        "overall_proof": [proof] * (sums + question.blank),
    }
    return {**answer, "blank_proof": [proof, proof]} if question.blank else answer
