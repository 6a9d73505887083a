"""What a count sheet is, as one teller entered it, and what a correction of the papers handed out is."""

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


@dataclass(frozen=True)
class Correction:
    """Other numbers of 实到 and 发出, while the ballot is open, with the reason."""

    tenant_id: UUID
    ballot_id: UUID
    number: int
    present_before: int
    issued_before: int
    present: int
    issued: int
    reason: str
    made_by: UUID
    made_at: datetime

    @property
    def sentence(self) -> str:
        """Say what was corrected, as it is shown and printed."""
        return (
            f"实到会由{self.present_before}人更正为{self.present}人，发出选票由{self.issued_before}张更正为"
            f"{self.issued}张：{self.reason}"
        )
