"""What a table of pledges is checked against."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.pledge.imports.domain import Known, Pledger
from services.pledge.pledge.window import Window
from shared.directory.domain import Organization, Person
from shared.scheme import Scheme


@dataclass(frozen=True)
class Surroundings:
    """Roster, pledges and rules around a table."""

    people: Mapping[str, Person]
    """by 学工号: who pledges and who is named"""
    organizations: Mapping[str, Sequence[Organization]]
    """by name"""
    known: Sequence[Known]
    home_of: Callable[[Person], Organization]
    may_enter: Callable[[Pledger], bool]
    scheme_of: Callable[[Organization], Scheme]
    window_of: Callable[[Organization, int], Window]
    colleagues: Callable[[Organization], Mapping[UUID, Person]]
    """the members of a branch"""
    promised: Callable[[Organization, int], Mapping[str, UUID]]
    """what an organisation and those above promised publicly for a year, by its words"""
    entered_by: UUID
    reason: str
    now: datetime
