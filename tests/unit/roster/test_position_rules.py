"""Who may take up a position, and when one may end."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from services.roster import permissions
from services.roster.person import rules as person_rules
from services.roster.position import rules
from services.roster.position.domain import OFFICES, PLACES, Holder
from shared.directory.domain import HELD, Kind, Organization, Person, Role, Standing
from tests.unit.roster.test_organization_rules import organization

DAY = date(2013, 4, 1)
BRANCH = organization(Kind.BRANCH, "zjy/jin/jg/")


def person(standing: Standing = Standing.FORMAL, *, active: bool = True) -> Person:
    draft = person_rules.drafted(BRANCH.tenant_id, "T001", "王一鸣", BRANCH.id)
    return replace(draft.person, standing=standing, active=active)


def holder(role: Role, of: Person | None = None) -> Holder:
    someone = of or person()
    return Holder(uuid4(), someone.id, someone.name, someone.number, role, DAY, None)


def test_a_formal_member_becomes_secretary() -> None:
    """R-023."""
    position = rules.appointed(person(), BRANCH, Role.SECRETARY, DAY, [], by=None)
    assert (position.role, position.starts_on, position.ends_on) == (Role.SECRETARY, DAY, None)


def test_every_obstacle_is_named() -> None:
    closed = replace(organization(Kind.GENERAL_BRANCH, "zjy/jin/"), active=False)
    somebody = person(Standing.PROBATIONARY, active=False)
    with pytest.raises(rules.NotAppointable) as refused:
        rules.appointed(somebody, closed, Role.SECRETARY, DAY, [holder(Role.SECRETARY)], by=None)
    assert len(refused.value.details) == 5


def test_a_branch_has_one_secretary_and_several_committee_members() -> None:
    assert rules.obstacles(person(), BRANCH, Role.SECRETARY, DAY, [holder(Role.SECRETARY)], by=None)
    assert not rules.obstacles(person(), BRANCH, Role.COMMITTEE_MEMBER, DAY, [holder(Role.COMMITTEE_MEMBER)], by=None)


def test_nobody_holds_the_same_position_twice() -> None:
    somebody = person()
    assert rules.obstacles(
        somebody, BRANCH, Role.COMMITTEE_MEMBER, DAY, [holder(Role.COMMITTEE_MEMBER, somebody)], by=None
    )


def test_a_secretary_whose_last_day_is_over_makes_room() -> None:
    gone = replace(holder(Role.SECRETARY), ends_on=date(2013, 3, 31))
    assert not rules.obstacles(person(), BRANCH, Role.SECRETARY, DAY, [gone], by=None)


def test_a_position_ends_once_and_not_before_it_began() -> None:
    position = rules.appointed(person(), BRANCH, Role.SECRETARY, DAY, [], by=None)
    with pytest.raises(rules.EndsBeforeStart):
        rules.ended(position, date(2013, 3, 31), administrators=0)
    ended = rules.ended(position, DAY, administrators=0)
    assert (ended.ends_on, ended.version) == (DAY, 2)
    with pytest.raises(rules.AlreadyEnded):
        rules.ended(ended, DAY, administrators=0)


def test_the_last_administrator_stays() -> None:
    top = organization(Kind.COMMITTEE, "zjy/")
    position = rules.appointed(person(Standing.NONPARTY), top, Role.ADMINISTRATOR, DAY, [], by=None)
    with pytest.raises(rules.LastAdministrator):
        rules.ended(position, DAY, administrators=1)
    assert rules.ended(position, DAY, administrators=2).ends_on == DAY


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.ADMINISTRATOR])
def test_nobody_gives_a_position_to_themselves(role: Role) -> None:
    somebody, place = person(), BRANCH if role is Role.SECRETARY else organization(Kind.COMMITTEE, "zjy/")
    assert rules.obstacles(somebody, place, role, DAY, [], by=somebody.id) == [rules.OF_ONESELF]
    assert rules.obstacles(somebody, place, role, DAY, [], by=uuid4()) == []


def test_nobody_gives_away_more_than_they_have() -> None:
    """A clerk appoints in the branches; what stands above needs the 组织部; an administrator, an administrator."""
    assert rules.permission_for(Role.SECRETARY) is permissions.APPOINT
    assert rules.permission_for(Role.GENERAL_BRANCH_CLERK) is permissions.APPOINT_ABOVE
    assert rules.permission_for(Role.ADMINISTRATOR) is permissions.APPOINT_ADMINISTRATOR
    assert set(permissions.APPOINT_ADMINISTRATOR.grants) == {Role.ADMINISTRATOR}


def test_every_role_that_can_be_held_has_its_places_and_a_word() -> None:
    assert set(PLACES) == set(HELD)
    assert set(OFFICES.values()) == set(HELD)


@pytest.mark.parametrize(
    ("somebody", "place", "role", "said"),
    [
        (person(active=False), BRANCH, Role.SECRETARY, "王一鸣已不在册。"),
        (person(), replace(BRANCH, active=False), Role.SECRETARY, "zjy/jin/jg/已经撤销。"),
        (person(), BRANCH, Role.ADMINISTRATOR, "“系统管理员”只能在党委任职。"),
        (person(Standing.PROBATIONARY), BRANCH, Role.COMMITTEE_MEMBER, "王一鸣不是正式党员，不能担任支部委员。"),
    ],
)
def test_each_obstacle_is_said_by_itself(somebody: Person, place: Organization, role: Role, said: str) -> None:
    """R-023."""
    assert rules.obstacles(somebody, place, role, DAY, [], by=None) == [said]


def test_who_is_in_the_way_of_a_new_holder_is_named() -> None:
    somebody, other = person(), replace(holder(Role.SECRETARY), name="尤文静")
    assert rules.obstacles(somebody, BRANCH, Role.SECRETARY, DAY, [other], by=None) == [
        "尤文静现任党支部书记，请先免职。"
    ]
    own = holder(Role.SECRETARY, somebody)
    assert rules.obstacles(somebody, BRANCH, Role.SECRETARY, DAY, [own], by=None) == ["王一鸣已经担任党支部书记。"]
    assert rules.obstacles(somebody, BRANCH, Role.DEPUTY_SECRETARY, DAY, [own], by=None) == []
    until = replace(other, ends_on=DAY)
    assert rules.obstacles(somebody, BRANCH, Role.SECRETARY, DAY, [until], by=None) != []


def test_a_new_position_is_of_the_person_in_the_place_and_in_its_first_version() -> None:
    somebody = person()
    position = rules.appointed(somebody, BRANCH, Role.SECRETARY, DAY, [], by=uuid4())
    assert (position.tenant_id, position.version) == (somebody.tenant_id, 1)
    assert (position.person_id, position.organization_id) == (somebody.id, BRANCH.id)


def test_a_position_that_is_cut_ends_no_earlier_than_it_began() -> None:
    position = rules.appointed(person(), BRANCH, Role.SECRETARY, DAY, [], by=None)
    later = date(2013, 5, 1)
    assert (rules.cut(position, later).ends_on, rules.cut(position, later).version) == (later, 2)
    assert rules.cut(position, date(2013, 1, 1)).ends_on == DAY
