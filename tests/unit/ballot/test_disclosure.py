"""Who learns what each candidate got: the tellers and the branch always, those above only of enough papers."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.ballot import permissions
from services.ballot.ballot import disclosure
from services.ballot.ballot.domain import Ballot
from shared.auth import Viewer
from shared.auth.viewer import Held
from shared.directory.domain import Kind, Organization, Role
from tests.unit.ballot.papers import AT, FIRST, SPACE, ballot, scheme
from tests.unit.pledge.pledges import person

PATH, ABOVE = "zjy/jin/jg/", "zjy/jin/"
BRANCH, SUPERIOR = UUID(int=31), UUID(int=32)
RULES = scheme(ballot__disclosed_from=5)


def organization(id_: UUID = BRANCH, path: str = PATH) -> Organization:
    return Organization(SPACE, id_, 1, None, Kind.BRANCH, "支部", "jg", path, None, "", "", True)


def counted(valid: int = 5, **changes: Any) -> Ballot:
    return ballot(counted_at=AT, valid=valid, invalid=0, abstained=0, issued=valid, returned=valid, **changes)


def viewer(role: Role, at: Organization, id_: UUID | None = None) -> Viewer:
    who = person(tenant_id=SPACE, id=id_ or uuid4(), organization_id=at.id)
    return Viewer(who, at, (Held(Role.ANYONE, at.path), Held(role, at.path)))


SECRETARY = viewer(Role.SECRETARY, organization())
ELSEWHERE = organization(SUPERIOR, ABOVE)
OFFICER = viewer(Role.GENERAL_BRANCH_SECRETARY, ELSEWHERE)
LENT = viewer(Role.MEMBER, ELSEWHERE, FIRST)


def sees(who: Viewer | None, what: Ballot) -> bool:
    return disclosure.sees_totals(who, what, organization(), RULES)


@pytest.mark.parametrize("who", [SECRETARY, LENT], ids=["secretary", "teller lent by the superior"])
def test_the_branch_and_its_tellers_see_every_total_however_few_the_papers(who: Viewer) -> None:
    """R-136"""
    assert sees(who, counted(1))


@pytest.mark.parametrize(("valid", "shown"), [(4, False), (5, True), (6, True)])
def test_above_the_branch_totals_are_seen_only_of_enough_papers(valid: int, *, shown: bool) -> None:
    """R-136, requirements 5.1: a handful of papers would betray who voted how."""
    assert sees(OFFICER, counted(valid)) is shown


def test_nobody_sees_totals_before_the_count_or_without_the_right_to() -> None:
    """R-136"""
    assert not sees(SECRETARY, replace(counted(), counted_at=None))
    assert not sees(None, counted())
    assert not sees(viewer(Role.MEMBER, organization()), counted())
    assert not sees(viewer(Role.SECRETARY, ELSEWHERE), counted())
    assert not sees(SECRETARY, counted(tenant_id=UUID(int=99)))


def test_a_teller_s_right_is_for_the_own_ballot_alone() -> None:
    """R-130"""
    mine = ballot()
    assert disclosure.may(LENT, permissions.COUNT_BALLOT, mine, organization())
    assert not disclosure.may(LENT, permissions.COUNT_BALLOT, replace(mine, tellers=[uuid4()]), organization())
