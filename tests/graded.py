"""Questions in which each person gets exactly one of the grades."""

from collections.abc import Sequence

from services.ballot.protocol.election import Question


def graded_questions(names: Sequence[str], grades: Sequence[str]) -> tuple[Question, ...]:
    """Give one question for each person."""
    return tuple(Question(tuple(grades), 1, 1, name) for name in names)
