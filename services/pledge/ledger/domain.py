"""What a ledger lists."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.pledge.pledge.domain import Form, Kind, PledgeState, Trigger, VersionState


@dataclass(frozen=True)
class Wanted:
    """Which pledges are listed: of a year, of a kind and form or all, published ones only for a member's eyes."""

    year: int
    published: bool
    below: bool
    """also those of the organisations below"""
    kind: Kind | None = None
    form: Form | None = None
    tag: str = ""
    """only pledges with a matter under this tag (R-047)"""


@dataclass(frozen=True)
class Count:
    """How many an organisation has."""

    organization_id: UUID
    number: int


@dataclass(frozen=True)
class Line:
    """A pledge in the ledger, with the text that the reader may see."""

    id: UUID
    organization: str
    person_id: UUID | None
    name: str
    """the pledger's, or the organisation's"""
    number: str
    secretary: bool
    together: str
    """who promises with the pledger in that text, without who declined (R-033)"""
    form: Form
    kind: Kind
    year: int
    state: PledgeState
    oral: bool
    late: bool
    entry_reason: str
    community: str
    headline: str
    items: str
    version_state: VersionState
    submitted_at: datetime | None
    published_at: datetime | None

    @property
    def names(self) -> str:
        """Name all who promise, the pledger first."""
        return "、".join(filter(None, (self.name, self.together)))


@dataclass(frozen=True)
class Detail(Line):
    """The same with everything from which the pledge could be entered anew."""

    trigger: Trigger | None
    trigger_text: str
    authors: str
    """members with their 学工号, others by name or number"""
    duty: str
    ability: str
    goals: str
    consultation: dict[str, Any] | None
    recorded_by: str
    recorded_on: date | None
    recorded_place: str
    witness: str
    matters: list[dict[str, Any]]
    """one mapping a matter, in order"""
