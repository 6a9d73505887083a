"""How long a finding keeps a member out, and until when the member is reminded of the review (R-160, 2.10)."""

from datetime import date
from typing import Any

import pytest

from services.evaluation.finding.domain import FindingState
from tests.unit.evaluation.test_finding_stages import DAY, LATER, NOW, established


@pytest.mark.parametrize(
    ("changes", "works"),
    [
        ({}, True),
        ({"state": FindingState.REVIEWED, "upheld": True}, True),
        ({"state": FindingState.REVIEWED, "upheld": False}, False),
        ({"established": False}, False),
        ({"established": None}, False),
        ({"state": FindingState.REPLIED}, False),
        ({"state": FindingState.WITHDRAWN}, False),
    ],
)
def test_a_finding_works_once_established_until_it_is_set_aside_or_withdrawn(
    changes: dict[str, Any], works: bool
) -> None:
    """R-160"""
    made = established(**{"periods": ("2013Q2",), **changes})
    assert made.stands(DAY, "2013Q2") is works


@pytest.mark.parametrize(
    ("changes", "until"),
    [
        ({}, None),
        ({"periods": ("2013Q2", "2013Q1")}, date(2013, 7, 30)),
        ({"valid_until_on": date(2013, 5, 10)}, date(2013, 5, 10)),
        ({"periods": ("2013Q1",), "valid_until_on": date(2013, 6, 10)}, date(2013, 6, 10)),
    ],
)
def test_a_member_is_reminded_of_the_review_until_the_vote_of_the_last_quarter(
    changes: dict[str, Any], until: date | None
) -> None:
    """R-160: the vote of a quarter is often held in the month after it."""
    assert established(**changes).asked_until_on == until


@pytest.mark.parametrize(
    ("changes", "ended_on"),
    [
        ({"upheld": True, "reviewed_at": LATER, "periods": ("2013Q3",)}, date(2013, 9, 30)),
        ({"valid_until_on": date(2013, 3, 1)}, date(2013, 3, 1)),
        ({"periods": ("2013Q1",)}, date(2013, 4, 1)),
        ({"periods": ("2013Q1",), "decided_at": None}, date(2013, 3, 31)),
    ],
)
def test_the_effect_ends_with_its_days_or_quarters_and_not_with_a_review_that_upholds_it(
    changes: dict[str, Any], ended_on: date
) -> None:
    """R-160; a quarter that is over when it is decided on ends with the decision."""
    assert established(**{"decided_at": NOW, **changes}).ended_on == ended_on


def test_days_of_which_one_is_missing_hold_nobody_out() -> None:
    for changes in ({"valid_from_on": DAY}, {"valid_until_on": DAY}):
        assert not established(**changes).stands(DAY, "2013Q2")


@pytest.mark.parametrize(
    ("changes", "lifted"),
    [
        ({}, False),
        ({"withdrawn_at": LATER}, True),
        ({"withdrawn_at": NOW}, False),
        ({"upheld": False, "reviewed_at": LATER}, True),
        ({"upheld": False, "reviewed_at": NOW}, False),
        ({"upheld": True, "reviewed_at": LATER}, False),
        ({"upheld": False}, False),
    ],
)
def test_a_finding_is_lifted_by_a_withdrawal_or_a_review_that_sets_it_aside(
    changes: dict[str, Any], lifted: bool
) -> None:
    """Requirements 2.5: what was found about a winner and lifted since is verified again."""
    assert established(**changes).lifted_since(LATER) is lifted
