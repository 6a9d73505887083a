"""What pledge, ballot and the trustees agree on of an electronic grading (民主测评): labels, how much it may ask."""

from collections.abc import Iterable

MOST_CELLS = 280
"""Grades and blanks of one paper together: about 1,800 bytes each, and no box takes a ballot of more than 512 KiB."""


def label(place: int) -> str:
    """Name a question where the public reads it, counted from 1: who is meant by it is said only inside the branch."""
    return f"第{place}项"


def cells(grades: Iterable[int]) -> int:
    """Give how many ciphertexts a paper has whose questions offer so many grades, each with a blank beside them."""
    return sum(number + 1 for number in grades)
