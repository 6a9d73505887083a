"""A published pledge to which a deed may refer, and how a pledge was appraised."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Cited:
    """A published pledge in its words."""

    id: UUID
    year: int
    words: str

    @property
    def label(self) -> str:
        """Give the words with their year, as a choice shows them."""
        return f"{self.year}年：{self.words}" if self.year else self.words


@dataclass(frozen=True)
class Appraised:
    """The result of 评诺 of one pledge: how much of it was done, and the grade where the scheme has grades."""

    person_id: UUID
    year: int
    grade: str
    done: int
    total: int

    @property
    def label(self) -> str:
        """Say it in one line."""
        return f"{self.year}年评诺{'：' + self.grade if self.grade else ''}，完成{self.done}项，共{self.total}项"
