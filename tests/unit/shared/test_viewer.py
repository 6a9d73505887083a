"""What a permission opens: how far each reach goes, what follows from belonging to a branch or a group."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.auth import Permission, Reach, Viewer
from shared.auth import viewer as viewers
from shared.auth.session import SessionOver
from shared.auth.viewer import Held
from shared.directory import store
from shared.directory.domain import Kind, Organization, Role, Standing
from shared.errors import NotAllowed, NotFound
from tests.unit.pledge.pledges import person
from tests.university import TENANT, uid

BRANCH, GENERAL, OTHER = "zjy/jin/jg/", "zjy/jin/", "zjy/kuai/jg/"
TODAY = date(2013, 4, 1)
STRANGER = uuid4()


def organization(path: str = BRANCH, kind: Kind = Kind.BRANCH) -> Organization:
    return Organization(TENANT, uid(path.rstrip("/")), 1, None, kind, "支部", "jg", path, None, "", "", True)


def viewer(*held: Held) -> Viewer:
    return Viewer(person(), organization(), held)


def permission(**grants: Reach) -> Permission:
    return Permission("a.thing", "一件事", {Role(role): reach for role, reach in grants.items()})


@pytest.mark.parametrize(
    ("reach", "at", "path", "person_id", "opens"),
    [
        (Reach.OWN, BRANCH, BRANCH, None, True),
        (Reach.OWN, GENERAL, BRANCH, None, False),
        (Reach.OWN, BRANCH, GENERAL, None, False),
        (Reach.WITHIN, GENERAL, GENERAL, None, True),
        (Reach.WITHIN, GENERAL, BRANCH, None, True),
        (Reach.WITHIN, BRANCH, GENERAL, None, False),
        (Reach.WITHIN, GENERAL, OTHER, None, False),
        (Reach.WITHIN, GENERAL, "zjy/jinrong/", None, False),
        (Reach.TENANT, "zjy/", OTHER, None, True),
        (Reach.SELF, BRANCH, OTHER, uid("T003"), True),
        (Reach.SELF, BRANCH, BRANCH, STRANGER, False),
        (Reach.SELF, BRANCH, BRANCH, None, False),
    ],
)
def test_a_permission_opens_as_far_as_it_reaches_and_no_further(
    reach: Reach, at: str, path: str, person_id: UUID | None, *, opens: bool
) -> None:
    """An officer sees the own organisation, or what is below, or everything; others their own matters."""
    seen = viewer(Held(Role.SECRETARY, at))
    assert seen.may(permission(secretary=reach), path, person_id=person_id) is opens
    assert seen.holds(permission(secretary=reach))


def test_a_role_that_the_table_does_not_name_opens_nothing() -> None:
    seen = viewer(Held(Role.MEMBER, BRANCH))
    only = permission(secretary=Reach.TENANT)
    assert not seen.holds(only)
    assert not seen.may(only, BRANCH)
    assert (seen.places(only), seen.spans(only)) == ([], ([], []))
    assert seen.roles() == {Role.MEMBER}


def test_what_is_public_is_open_to_who_holds_nothing() -> None:
    public = Permission("a.thing", "一件事", public=True)
    assert viewer().holds(public)
    assert viewer().may(public, BRANCH)


def test_one_role_of_several_is_enough_wherever_it_is_held() -> None:
    seen = viewer(Held(Role.MEMBER, OTHER), Held(Role.SECRETARY, BRANCH))
    asked = permission(member=Reach.OWN, secretary=Reach.OWN)
    assert [seen.may(asked, path) for path in (OTHER, BRANCH, GENERAL)] == [True, True, False]
    assert seen.places(asked) == [BRANCH, OTHER]
    assert seen.holds(permission(secretary=Reach.OWN))
    assert (seen.id, seen.tenant_id) == (uid("T003"), TENANT)


def test_places_are_given_in_one_order_whatever_the_order_of_positions() -> None:
    paths = [f"zjy/{letter}/" for letter in "hgfedcba"]
    seen = viewer(*(Held(Role.SECRETARY, path) for path in paths))
    assert seen.places(permission(secretary=Reach.OWN)) == sorted(paths)
    assert seen.spans(permission(secretary=Reach.OWN)) == (sorted(paths), [])
    assert seen.spans(permission(secretary=Reach.WITHIN)) == ([], sorted(paths))


def test_statements_select_by_the_same_paths_that_the_doors_open() -> None:
    """A list shows what its pages open; what is one's own alone is asked for by the person."""
    asked = permission(
        secretary=Reach.OWN, general_branch_secretary=Reach.WITHIN, organization_department=Reach.TENANT,
        anyone=Reach.SELF,
    )  # fmt: skip
    held = [Held(Role.ANYONE, BRANCH), Held(Role.SECRETARY, OTHER), Held(Role.GENERAL_BRANCH_SECRETARY, GENERAL)]
    assert viewer(*held).spans(asked) == ([OTHER], [GENERAL])
    assert viewer(*held, Held(Role.ORGANIZATION_DEPARTMENT, "zjy/")).spans(asked) == ([OTHER], ["", GENERAL])


def loaded(monkeypatch: pytest.MonkeyPatch, at: Organization, epoch: int = 1, **changes: Any) -> Viewer:
    monkeypatch.setattr(store, "get_person", lambda *_: person(organization_id=at.id, **changes))
    monkeypatch.setattr(store, "get_organization", lambda *_: at)
    monkeypatch.setattr(store, "list_positions", lambda *_: [])
    return viewers.load(None, TENANT, uid("T003"), epoch, TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("standing", "role"),
    [
        (Standing.FORMAL, Role.MEMBER),
        (Standing.PROBATIONARY, Role.MEMBER),
        (Standing.ACTIVIST, Role.ACTIVIST),
        (Standing.NONPARTY, Role.STAFF),
    ],
)
def test_who_holds_no_position_is_what_the_roster_says(
    monkeypatch: pytest.MonkeyPatch, standing: Standing, role: Role
) -> None:
    """R-017 R-018"""
    found = loaded(monkeypatch, organization(), standing=standing)
    assert found.held == (Held(Role.ANYONE, BRANCH), Held(role, BRANCH))


def test_who_is_in_a_group_belongs_to_the_branch_too_but_anyone_s_right_is_the_group_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R-003"""
    group = organization(BRANCH + "g1/", Kind.GROUP)
    found = loaded(monkeypatch, group)
    assert [one.path for one in found.held if one.role is Role.MEMBER] == [BRANCH, group.path]
    assert [one.path for one in found.held if one.role is Role.ANYONE] == [group.path]


def test_a_sign_in_ends_with_its_epoch_and_when_the_person_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(monkeypatch, organization(), epoch=1)
    with pytest.raises(SessionOver):
        loaded(monkeypatch, organization(), epoch=2)
    with pytest.raises(SessionOver):
        loaded(monkeypatch, organization(), active=False)

    def gone(*_: object) -> None:
        raise NotFound

    monkeypatch.setattr(store, "get_person", gone)
    with pytest.raises(SessionOver):
        viewers.load(None, TENANT, uid("T003"), 1, TODAY)  # type: ignore[arg-type]


def test_the_door_gives_the_organisation_or_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "get_organization", lambda *_: organization())
    seen, asked = viewer(Held(Role.ANYONE, BRANCH)), permission(anyone=Reach.SELF)

    def require(**given: Any) -> Organization:
        return viewers.require(None, seen, asked, uid("zjy/jin/jg"), **given)  # type: ignore[arg-type]

    assert require(person_id=seen.id) == organization()
    for lacking in ({}, {"person_id": STRANGER}):
        with pytest.raises(NotAllowed):
            require(**lacking)
