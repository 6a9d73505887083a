"""What pledge, ballot and the trustees agree on of an electronic grading (电子测评): labels, how much it may ask."""

from collections.abc import Iterable

MOST = 500_000
"""Bytes of one encrypted form: a box takes no ballot of more than 512 KiB."""
CELL, LINE = 1700, 800
"""Bytes, rounded up, of one grade (or blank) with its proof, and of what proves of a line that one is chosen."""


def label(place: int) -> str:
    """Name a question where the public reads it, counted from 1: who is meant by it is said only inside the branch."""
    return f"第{place}项"


def size(grades: Iterable[int]) -> int:
    """Give how many bytes a form may take whose lines offer so many grades each, and to give none (decision 21)."""
    return sum(LINE + CELL * (number + 1) for number in grades)
