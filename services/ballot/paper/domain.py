"""What a count sheet is: the papers sorted and the strokes summed up, as one teller entered them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Tally:
    """The numbers of a count. `abstained` are valid papers on which nothing is marked (弃权)."""

    valid: int
    invalid: int
    abstained: int
    votes: dict[UUID, int]

    @property
    def marked(self) -> int:
        """Give how many valid papers name at least one candidate."""
        return self.valid - self.abstained


@dataclass(frozen=True)
class Sheet:
    """A tally that one teller entered and the other confirms or disputes."""

    tenant_id: UUID
    ballot_id: UUID
    number: int
    valid: int
    invalid: int
    abstained: int
    entered_by: UUID
    entered_at: datetime
    confirmed_by: UUID | None = None
    confirmed_at: datetime | None = None
    disputed_by: UUID | None = None
    disputed_at: datetime | None = None
    dispute: str = ""
    votes: dict[UUID, int] = field(default_factory=dict)
