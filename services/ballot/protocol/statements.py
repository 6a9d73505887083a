"""What the proofs of an answer state, and the strings that their challenges are hashed from."""

from collections.abc import Sequence
from typing import TypeVar

from services.ballot.protocol.election import Election, Question
from services.ballot.protocol.text import Malformed
from shared.voting.group import Group

Case = TypeVar("Case")


def identity(election: Election, credential: str) -> str:
    """Give S0: which election and whose ballot a proof belongs to, so that it can be copied to no other."""
    return f"{election.hash}|{credential}"


def context(election: Election, credential: str, choices: Sequence[str]) -> str:
    """Give S: S0 and all ciphertexts of the answer, so that a proof cannot be moved among answers."""
    return f"{identity(election, credential)}|{','.join(choices)}"


def pair(group: Group, ciphertext: tuple[int, int]) -> str:
    """Write a ciphertext as it stands in a challenge."""
    return f"{group.text(ciphertext[0])},{group.text(ciphertext[1])}"


def range_prefix(where: str, ciphertext: str) -> str:
    """Give the challenge prefix of a proof that a ciphertext holds one of a few numbers."""
    return f"prove|{where}|{ciphertext}|"


def blank_prefix(where: str, number: int) -> str:
    """Give the challenge prefix of the blank proof (0) or of the overall proof of a question with a blank vote (1)."""
    return f"bproof{number}|{where}|"


def overall_messages(question: Question) -> list[int]:
    """Give the numbers of ticks that a ballot that is not blank may have."""
    return list(range(question.minimum, question.maximum + 1))


def overall_length(question: Question) -> int:
    """Give the number of proofs in an overall proof."""
    return len(overall_messages(question)) + question.blank


def demand(condition: bool, code: str, detail: str = "") -> None:
    """Raise Malformed(code) unless the condition holds."""
    if not condition:
        raise Malformed(code, detail)
