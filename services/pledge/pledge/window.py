"""When the pledges of a year are due: as the scheme says, or as an organisation above set it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.scheme import Scheme


@dataclass(frozen=True)
class Round:
    """A window that an organisation set for itself and all below (R-031, R-044, R-059)."""

    tenant_id: UUID
    organization_id: UUID
    year: int
    opens_on: date
    closes_on: date
    publish_by_on: date | None
    document: str


@dataclass(frozen=True)
class Window:
    """From when until when pledges of a year are made, and until when they are to be public. Late ones are taken."""

    opens_on: date
    closes_on: date
    publish_by_on: date
    document: str = ""
    """the document that set the dates; empty when they follow from the scheme"""

    def is_late(self, on: date) -> bool:
        """Say whether a day lies after the window."""
        return on > self.closes_on


def of(year: int, scheme: Scheme, above: Round | None) -> Window:
    """Give the window of a year: the nearest set from above, else the scheme's days."""
    rules = scheme.pledge
    publish = _day(year, rules.publish_by)
    if above is not None:
        return Window(above.opens_on, above.closes_on, above.publish_by_on or publish, above.document)
    opens = _day(year - 1 if rules.window_before else year, rules.window_opens)
    return Window(opens, _day(year, rules.window_closes), publish)


def _day(year: int, day: str) -> date:
    return date.fromisoformat(f"{year}-{day}")
