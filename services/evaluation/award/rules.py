"""Verifying a winner again after the count; who files for a branch, and what the form and outsiders read."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from services.evaluation.eligibility.rules import lasting
from services.evaluation.register.domain import Deed, DeedState
from shared.directory.domain import FILES, Kind, Organization, Person
from shared.scheme.scheme import Scheme

ORDINARY_IDENTITY = "教师"
"""For a category that the scheme's list does not name (R-172: 行政人员 are written as 教师)."""


def award_id(election_id: UUID, person_id: UUID) -> UUID:
    """Give the id of a winner's award: the same count makes the same award."""
    return uuid5(election_id, str(person_id))


def verify(person: Person | None, findings: Sequence[int], scheme: Scheme, *, here: bool) -> list[str]:
    """List the codes of everything that keeps a winner from the award at the moment of the count (R-134)."""
    if person is None:
        return ["not_active"]
    return [obstacle.code for obstacle in lasting(person, findings, scheme, here=here)]


def filing_organization(lineage: Sequence[Organization]) -> Organization:
    """Give who files for a branch: the branch itself if 直属, else the nearest 党总支, else the 党委 (R-170).

    `lineage` runs from the top down to the branch.
    """
    upward = list(reversed(lineage))
    for organization in upward:
        if organization.kind in FILES:
            return organization
    return next((one for one in upward if one.kind is Kind.COMMITTEE), upward[-1])


def identity(person: Person, scheme: Scheme) -> str:
    """Give the 党员身份 that the form writes (R-172)."""
    return scheme.after.identities.get(person.identity, ORDINARY_IDENTITY)


def cited_pledge(deeds: Sequence[Deed]) -> UUID | None:
    """Give the pledge to which the newest confirmed deed refers that refers to one (R-139)."""
    cited = [deed.pledge_id for deed in deeds if deed.state is DeedState.CONFIRMED and deed.pledge_id]
    return cited[-1] if cited else None


def public_deed(deeds: Sequence[Deed]) -> str:
    """Give the newest confirmed deed, which outsiders may read; empty when the secretary confirmed none (R-123)."""
    confirmed = [deed.text for deed in deeds if deed.state is DeedState.CONFIRMED]
    return confirmed[-1] if confirmed else ""
