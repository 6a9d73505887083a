"""A published pledge and its items, to which a deed may refer, and how a pledge was appraised."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Item:
    """One item of a published pledge, in the words of one version; its id stays from version to version."""

    pledge_id: UUID
    item_id: UUID
    version: int
    position: int
    content: str
    current: bool
    """stands in the newest version"""
    served_by: str = ""
    """the organisation whose promise it serves (R-046)"""
    served: str = ""

    @property
    def label(self) -> str:
        """Name it by its place, as a choice shows it."""
        return f"第{self.position}项：{self.content}"

    @property
    def serves(self) -> str:
        """Give what an organisation promised and this serves, or nothing."""
        return f"{self.served_by}承诺：{self.served}" if self.served else ""


@dataclass(frozen=True)
class Cited:
    """A published pledge in its words."""

    id: UUID
    year: int
    words: str
    items: tuple[Item, ...] = ()
    """what can be chosen of it; none where it was heard before items were told"""

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
