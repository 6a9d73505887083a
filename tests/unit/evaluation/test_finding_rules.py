"""Findings as a state machine: no decision without a hearing, never by one alone (R-160, requirements 2.5)."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.evaluation.finding import rules
from services.evaluation.finding.domain import Finding, FindingState
from shared.errors import Refusal

MEMBER, SECRETARY, ABOVE = (uuid.UUID(int=number) for number in (1, 2, 3))
DAY = date(2013, 4, 1)
NOW = datetime(2013, 4, 1, tzinfo=UTC)


def finding(**changes: object) -> Finding:
    made = Finding(
        uuid.UUID(int=9), uuid.uuid4(), MEMBER, uuid.UUID(int=8), None, 6, False, FindingState.PROPOSED, b"",
        uuid.UUID(int=7), 1, SECRETARY, NOW,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def decided(
    made: Finding,
    *,
    established: bool = True,
    today: date = DAY,
    until: date | None = None,
    periods: tuple[str, ...] = ("2013Q2",),
) -> Finding:
    return rules.decide(
        made, established=established, participants=["王一鸣", "区小宁"], member="尤文静", valid=(None, until),
        periods=periods, by=SECRETARY, now=NOW, today=today,
    )  # fmt: skip


@given(st.dates(date(2013, 1, 1), date(2015, 12, 31)))
def test_a_finding_holds_for_the_vote_of_the_quarters_that_it_names_whenever_it_is_held(day: date) -> None:
    """R-160: 21 December in view of the fourth quarter, whose meeting is on 5 January; 3 July for the second alone."""
    made = decided(finding(state=FindingState.REPLIED), periods=("2013Q4", "2013Q2", "2013Q2"))
    assert made.periods == ("2013Q2", "2013Q4")
    assert (made.valid_from_on, made.valid_until_on) == (None, None)
    assert made.stands(day, "2013Q2")
    assert made.stands(day, "2013Q4")
    assert not made.stands(day, "2013Q3")
    assert not made.stands(day, "2014Q1")


def test_a_finding_by_days_alone_holds_from_day_to_day_in_whatever_quarter() -> None:
    """R-160; days without an end run to the end of their quarter, as they always did."""
    made = decided(finding(state=FindingState.REPLIED), periods=(), until=date(2013, 7, 10))
    assert made.stands(DAY, "2013Q1")
    assert made.stands(date(2013, 7, 10), "2013Q3")
    assert not made.stands(date(2013, 7, 11), "2013Q3")
    assert not made.stands(date(2013, 3, 31), "2013Q1")
    assert not made.periods


def test_a_finding_may_name_quarters_and_days() -> None:
    made = decided(finding(state=FindingState.REPLIED), periods=("2013Q4",), until=date(2013, 5, 10))
    assert made.stands(date(2013, 5, 10), "2013Q2")
    assert not made.stands(date(2013, 5, 11), "2013Q2")
    assert made.stands(date(2014, 1, 5), "2013Q4")
    assert made.ended_on == date(2013, 12, 31)


@pytest.mark.parametrize("quarter", ["2011Q4", "2024Q1", "1000Q1", "2999Q4"])
def test_quarters_far_away_are_refused(quarter: str) -> None:
    with pytest.raises(rules.StrangeQuarter):
        decided(finding(state=FindingState.REPLIED), periods=(quarter,))


def test_a_finding_that_is_not_established_keeps_nobody_out() -> None:
    made = decided(finding(state=FindingState.REPLIED), established=False)
    assert not made.stands(DAY, "2013Q2")
    assert made.periods == ()


def test_the_last_day_of_the_reply_period_still_belongs_to_the_member() -> None:
    made = finding(state=FindingState.HEARING, reply_until_on=DAY)
    with pytest.raises(rules.ReplyPeriodRuns):
        decided(made)
    assert decided(made, today=DAY + timedelta(days=1)).established


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(rules.WrongPeriod):
        decided(finding(state=FindingState.REPLIED), until=DAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("changes", "erase_on"),
    [
        ({"state": FindingState.HEARING}, None),
        ({"state": FindingState.WITHDRAWN, "withdrawn_at": NOW}, date(2014, 4, 2)),
        ({"state": FindingState.DECIDED, "established": False, "decided_at": NOW}, date(2014, 4, 2)),
        ({"state": FindingState.DECIDED, "established": True, "valid_until_on": date(2013, 6, 30)}, date(2014, 7, 1)),
        (
            {"state": FindingState.DECIDED, "established": True, "decided_at": NOW, "periods": ("2013Q2",)},
            date(2014, 7, 1),
        ),
        (
            {"state": FindingState.DECIDED, "established": True, "decided_at": NOW, "periods": ("2013Q1",)},
            date(2014, 4, 2),
        ),
        (
            {
                "state": FindingState.REVIEWED,
                "established": True,
                "valid_until_on": date(2015, 6, 30),
                "upheld": False,
                "reviewed_at": NOW,
            },
            date(2014, 4, 2),
        ),
    ],
)
def test_texts_are_kept_for_a_year_after_the_effect_ended_or_was_set_aside(
    changes: dict[str, object], erase_on: date | None
) -> None:
    """Requirements 2.10: fixed retention."""
    assert rules.conclude(finding(**changes), 12).erase_on == erase_on


def test_erasing_takes_the_texts_and_leaves_the_finding() -> None:
    """Requirements 2.10."""
    before = finding(sealed=b"text", state=FindingState.WITHDRAWN, withdrawn_at=NOW)
    erased = rules.erase(before, NOW)
    assert erased.sealed == b""
    assert replace(erased, sealed=b"text", erased_at=None) == before


class FindingMachine(RuleBasedStateMachine):
    """Whatever people try in whatever order, a finding works only after a hearing and a decision of several."""

    def __init__(self) -> None:
        super().__init__()
        self.made = finding()
        self.today = DAY
        self.heard = self.replied = False

    def attempt(self, act: object) -> None:
        try:
            self.made = act()  # type: ignore[operator]
        except Refusal:
            return

    @rule(days=st.integers(1, 5))
    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(by=st.sampled_from([MEMBER, SECRETARY]))
    def hear(self, by: uuid.UUID) -> None:
        self.attempt(lambda: rules.hear(self.made, self.today + timedelta(days=3), by=by, now=NOW))

    @rule(by=st.sampled_from([MEMBER, SECRETARY]), waived=st.booleans())
    def reply(self, by: uuid.UUID, waived: bool) -> None:
        self.attempt(lambda: rules.reply(self.made, by=by, waived=waived, now=NOW))

    @rule(
        established=st.booleans(),
        by=st.sampled_from([MEMBER, SECRETARY]),
        names=st.sampled_from(["甲", "甲乙", "甲尤"]),
    )
    def decide(self, established: bool, by: uuid.UUID, names: str) -> None:
        self.attempt(
            lambda: rules.decide(
                self.made, established=established, participants=list(names), member="尤", valid=(None, None),
                periods=["2013Q2"], by=by, now=NOW, today=self.today,
            )
        )  # fmt: skip

    @rule(upheld=st.booleans(), by=st.sampled_from([MEMBER, SECRETARY, ABOVE]))
    def review(self, upheld: bool, by: uuid.UUID) -> None:
        self.attempt(lambda: rules.review(self.made, upheld=upheld, by=by, now=NOW))

    @rule(by=st.sampled_from([MEMBER, SECRETARY]))
    def withdraw(self, by: uuid.UUID) -> None:
        self.attempt(lambda: rules.withdraw(self.made, by=by, now=NOW))

    @invariant()
    def only_a_fair_finding_works(self) -> None:
        made = self.made
        if made.stands(self.today, "2013Q2"):
            assert made.told
            assert made.replied_at is not None or (made.reply_until_on is not None and made.reply_until_on < self.today)
            assert len(set(made.participants)) >= rules.COMMITTEE
            assert "尤" not in made.participants
            assert made.decided_by == SECRETARY
            assert made.upheld is not False
            assert made.withdrawn_at is None
        assert made.reviewed_by in {None, ABOVE}


TestFindings = FindingMachine.TestCase
