"""When an organisation may be entered, moved or closed."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.organization import rules
from services.roster.organization.domain import PARENTS
from shared.directory.domain import Kind, Organization

TENANT = uuid4()
CODES = st.from_regex(r"\A[a-z0-9]{1,4}\Z")


def organization(kind: Kind, path: str, **changes: Any) -> Organization:
    given: dict[str, Any] = {
        "tenant_id": TENANT, "id": uuid4(), "version": 1, "parent_id": None, "kind": kind, "name": path,
        "code": path.rstrip("/").rpartition("/")[2], "path": path, "unit_type": None, "phone": "", "address": "",
        "active": True,
    }  # fmt: skip
    return Organization(**{**given, **changes})


TOP = organization(Kind.COMMITTEE, "zjy/")


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("above", Kind)
def test_each_kind_stands_under_its_own_kinds_only(kind: Kind, above: Kind) -> None:
    """R-001, R-002, R-003."""
    parent = organization(above, "a/")
    child = organization(kind, "", code="b")
    if above in PARENTS[kind]:
        assert rules.placed(child, parent).parent_id == parent.id
    else:
        with pytest.raises(rules.Misplaced):
            rules.placed(child, parent)


def test_committees_stand_below_committees_to_any_depth() -> None:
    """R-002."""
    above = TOP
    for depth in range(12):
        above = rules.placed(organization(Kind.COMMITTEE, "", code=f"c{depth}"), above)
    assert above.path.count("/") == 13


def test_below_an_external_superior_paths_begin_anew() -> None:
    superior = organization(Kind.SUPERIOR, "zjjgw/")
    assert rules.placed(TOP, superior).path == "zjy/"


def test_only_the_first_and_the_superior_stand_alone() -> None:
    assert rules.placed(organization(Kind.SUPERIOR, "", code="s"), None).path == "s/"
    assert rules.placed(organization(Kind.COMMITTEE, "", code="c"), None, first=True).path == "c/"
    with pytest.raises(rules.SecondTop):
        rules.placed(organization(Kind.COMMITTEE, "", code="c"), None)


def test_nothing_moves_below_itself() -> None:
    committee = organization(Kind.COMMITTEE, "zjy/a/")
    below = organization(Kind.COMMITTEE, "zjy/a/b/")
    for parent in (committee, below):
        with pytest.raises(rules.UnderItself):
            rules.placed(committee, parent)


def test_a_closed_organisation_takes_no_children() -> None:
    with pytest.raises(rules.Closed):
        rules.placed(organization(Kind.BRANCH, "", code="b"), replace(TOP, active=False))


@pytest.mark.parametrize("code", ["", "a/b", "支部", "a b", "a\n", "x" * 33])
def test_a_code_that_would_break_paths_is_refused(code: str) -> None:
    with pytest.raises(rules.CodeInvalid):
        rules.path_of(TOP, code)


def test_everything_in_the_way_of_closing_is_named() -> None:
    with pytest.raises(rules.StillInUse) as refused:
        rules.closed(TOP, children=2, people=3)
    assert len(refused.value.details) == 2
    assert not rules.closed(TOP, children=0, people=0).active


@given(st.lists(st.lists(CODES, min_size=1, max_size=3), max_size=6), CODES)
def test_a_subtree_moves_as_a_whole_and_back(tails: list[list[str]], code: str) -> None:
    before = f"zjy/{code}/"
    below = [organization(Kind.BRANCH, before + "/".join(tail) + "/") for tail in tails]
    there = rules.moved(below, before, "zjy/elsewhere/deep/")
    assert all(each.path.startswith("zjy/elsewhere/deep/") for each in there)
    assert rules.moved(there, "zjy/elsewhere/deep/", before) == below


def test_a_closed_organisation_is_neither_closed_again_nor_changed() -> None:
    closed = replace(TOP, active=False)
    assert rules.obstacles(closed, children=0, people=0) == ["它已经撤销。"]
    with pytest.raises(rules.Closed):
        rules.changed(closed, {"name": "甲"})
    assert rules.changed(TOP, {"name": "甲"}).name == "甲"


def test_what_may_stand_nowhere_is_told_so() -> None:
    with pytest.raises(rules.Misplaced) as refused:
        rules.placed(organization(Kind.SUPERIOR, "", code="s"), TOP)
    assert refused.value.details == ["可设在：无。"]
