"""A published award whose deed refers to a pledge."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.web.words import period

TITLE = "闪光言行之星"


@dataclass(frozen=True)
class Star:
    """An award on the pledge from which it grew."""

    award_id: UUID
    title: str
    period: str
    published_on: date
    item_id: UUID | None = None
    """the item of the pledge to which its deed refers; none for the whole pledge"""

    @property
    def label(self) -> str:
        """Name it with its quarter."""
        return f"{period(self.period)}{self.title or TITLE}"

    @property
    def href(self) -> str:
        """Give where the public reads it."""
        return f"/notify/awards/{self.award_id}"
