"""What may be shown, where and to whom."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.pledge.domain import PledgeState, VersionState
from services.pledge.publication import rules
from services.pledge.publication.domain import SHOWINGS, WIDTHS, Record, Said, Scope
from services.pledge.wall import rules as wall
from tests.unit.pledge.pledges import NOW, TODAY, pledge, scheme, version, who


def said(**changes: Any) -> Said:
    facts = {"channel": "党务公开栏", "scope": Scope.SCHOOL, "published_on": TODAY, "place": "一楼"}
    return Said(**{**facts, **changes})


@pytest.mark.parametrize("state", [state for state in VersionState if state is not VersionState.APPROVED])
def test_nothing_is_public_before_its_review(state: VersionState) -> None:
    """R-056"""
    with pytest.raises(rules.NotReviewed):
        rules.target(pledge(), version(state=state))


def test_a_reviewed_revision_is_shown_next_else_what_is_public_again() -> None:
    """R-045"""
    public = pledge(published_version=1, version=2)
    assert rules.target(public, version(number=2, state=VersionState.APPROVED)) == (2, True)
    assert rules.target(public, version(number=2, state=VersionState.DRAFT)) == (1, False)
    shown, text = rules.publish(public, version(number=2, state=VersionState.APPROVED), NOW)
    assert (shown.published_version, text.state, text.published_at) == (2, VersionState.PUBLISHED, NOW)


@pytest.mark.parametrize("state", [PledgeState.WITHDRAWN, PledgeState.CLOSED])
def test_what_binds_no_more_is_not_made_public(state: PledgeState) -> None:
    with pytest.raises(rules.PledgeWithdrawn):
        rules.target(pledge(state=state), version(state=VersionState.APPROVED))


def test_a_withdrawn_pledge_is_shown_no_more_a_closed_one_still_is() -> None:
    """R-056"""
    with pytest.raises(rules.PledgeWithdrawn):
        rules.target(pledge(published_version=1, state=PledgeState.WITHDRAWN), version(state=VersionState.PUBLISHED))
    closed = pledge(published_version=1, state=PledgeState.CLOSED)
    assert rules.target(closed, version(state=VersionState.PUBLISHED)) == (1, False)


def record(**changes: Any) -> Record:
    facts = {
        "tenant_id": who("tenant"), "id": uuid4(), "pledge_id": who("pledge"), "version": 1, "channel": "公开栏",
        "scope": Scope.SCHOOL, "published_on": TODAY, "place": "一楼", "evidence": "", "recorded_by": who("T001"),
        "recorded_at": NOW,
    }  # fmt: skip
    return Record(**{**facts, **changes})


def test_a_wrong_record_is_struck_once_with_its_reason_and_counts_no_more() -> None:
    """R-057"""
    wrong, other = record(), record(version=2)
    with pytest.raises(rules.StrikeNeedsReason):
        rules.strike(wrong, " ", by=who("T002"), at=NOW)
    struck = rules.strike(wrong, " 日期有误 ", by=who("T002"), at=NOW)
    assert struck == replace(wrong, struck_by=who("T002"), struck_at=NOW, struck_reason="日期有误")
    with pytest.raises(rules.StruckAlready):
        rules.strike(struck, "再划", by=who("T002"), at=NOW)
    assert rules.standing([wrong, struck, other], 1) == [wrong]


def test_the_scopes_of_a_scheme_are_offered_the_widest_first() -> None:
    """R-058"""
    assert rules.scopes(scheme(pledge__scope="public")) == [Scope.PUBLIC, Scope.SCHOOL, Scope.BRANCH]
    assert rules.scopes(scheme(pledge__scope="branch")) == [Scope.BRANCH]
    assert wall.scopes(at_school=True) == [Scope.PUBLIC, Scope.SCHOOL]
    assert wall.scopes(at_school=False) == [Scope.PUBLIC]


def test_every_scheme_has_its_channels_and_the_signs() -> None:
    """R-056 R-057 R-059 R-061"""
    found = rules.channels(scheme(pledge__channels=["学习园地", "展示板"]))
    assert found == ["学习园地", "展示板", *(sign for sign in SHOWINGS if sign != "展示板")]


def test_all_that_is_wrong_with_a_record_is_said_at_once() -> None:
    """R-057 R-058"""
    bad = said(channel="电视", scope=Scope.PUBLIC, published_on=TODAY + timedelta(days=1), place=" ")
    with pytest.raises(rules.BadPublication) as refused:
        rules.check(bad, scheme(pledge__scope="school"), TODAY)
    assert len(refused.value.details) == 4
    rules.check(said(), scheme(pledge__scope="school"), TODAY)


@given(st.sampled_from(WIDTHS), st.sampled_from(WIDTHS))
def test_a_showing_is_at_most_as_wide_as_the_scheme_allows(allowed: Scope, scope: Scope) -> None:
    """R-058"""
    found = rules.obstacles(said(scope=scope), scheme(pledge__scope=str(allowed)), TODAY)
    assert bool(found) is (WIDTHS.index(scope) > WIDTHS.index(allowed))


@given(st.lists(st.sampled_from(WIDTHS), min_size=1))
def test_the_widest_showing_counts(scopes: list[Scope]) -> None:
    assert WIDTHS.index(rules.widest(scopes)) == max(WIDTHS.index(scope) for scope in scopes)


@given(st.integers(0, 100_000), st.integers(1, 100), st.integers(-5, 200_000))
def test_every_pledge_hangs_on_exactly_one_page(total: int, size: int, asked: int) -> None:
    last = wall.pages(total, size)
    page = wall.clamped(asked, last, follows=True)
    assert 1 <= page <= last
    assert wall.clamped(asked, last) == min(page, wall.FURTHEST)
    assert (last - 1) * size < max(total, 1) <= last * size


@pytest.mark.parametrize(
    ("asked", "last", "follows", "page"),
    [
        (0, 30, False, 1),
        (-3, 30, True, 1),
        (1, 1, False, 1),
        (25, 30, False, wall.FURTHEST),
        (25, 30, True, 25),
        (31, 30, True, 30),
        (9, 3, False, 3),
    ],
)
def test_a_page_that_is_not_there_gives_the_nearest(asked: int, last: int, follows: bool, page: int) -> None:
    assert wall.clamped(asked, last, follows=follows) == page


def test_paper_is_neither_empty_nor_endless() -> None:
    """R-061"""
    with pytest.raises(wall.NothingToPrint):
        wall.check_printable(0)
    with pytest.raises(wall.TooManyToPrint):
        wall.check_printable(wall.MOST_ON_PAPER + 1)
    wall.check_printable(wall.MOST_ON_PAPER)
