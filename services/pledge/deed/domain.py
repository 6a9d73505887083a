"""A confirmed deed as it concerns pledges."""

from dataclasses import dataclass
from uuid import UUID

from shared.web.words import period


@dataclass(frozen=True)
class Deed:
    """That a deed came of a pledge, or of one item of it; its words stay in evaluation (R-139)."""

    deed_id: UUID
    person_id: UUID
    organization_id: UUID
    period: str
    item_id: UUID | None

    @property
    def label(self) -> str:
        """Name it by its quarter."""
        return period(self.period)

    @property
    def href(self) -> str:
        """Give where the member and the branch's officers read it."""
        return f"/evaluation/register/deeds/{self.deed_id}"
