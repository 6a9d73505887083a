"""What a grading asks: one question for every pledge or matter; its totals once the count stands."""

from dataclasses import dataclass
from uuid import UUID

from shared.voting import grading


@dataclass(frozen=True)
class Asked:
    """One line of the form. Who is meant stands here and nowhere in the archive, which knows places only."""

    place: int
    """counted from 1, in the order of the call"""
    subject_id: UUID
    name: str
    promise: str
    grades: list[str]
    counts: list[int] | None = None
    """how many gave each grade, once the count stands"""
    blank: int | None = None
    """how many gave none"""

    @property
    def label(self) -> str:
        """Name it where the public reads it."""
        return grading.label(self.place)

    @property
    def said(self) -> list[tuple[str, int]]:
        """Give the grades with how many gave each; nothing before the count stands."""
        return list(zip(self.grades, self.counts or [], strict=False))
