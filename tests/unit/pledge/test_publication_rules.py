"""What may be shown, where and to whom."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.pledge.domain import PledgeState, VersionState
from services.pledge.publication import rules
from services.pledge.publication.domain import SHOWINGS, WIDTHS, Said, Scope
from services.pledge.wall import rules as wall
from tests.unit.pledge.pledges import NOW, TODAY, pledge, scheme, version


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


def test_paper_is_neither_empty_nor_endless() -> None:
    """R-061"""
    with pytest.raises(wall.NothingToPrint):
        wall.check_printable(0)
    with pytest.raises(wall.TooManyToPrint):
        wall.check_printable(wall.MOST_ON_PAPER + 1)
    wall.check_printable(wall.MOST_ON_PAPER)
