"""The periods of 督诺, and on whom a remark may be made."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.remark import rhythm, rules
from services.pledge.remark.domain import Kind, Line, Overview, Remark
from services.pledge.remark.rules import Said
from tests.unit.pledge.pledges import NOW, TODAY, person, who

DAYS = st.dates(date(2001, 1, 1), date(2199, 12, 31))
RHYTHMS = st.sampled_from(sorted(rhythm.MONTHS))
NAMES = {who("T003"): "尤文静", who("T004"): "毛建国"}


@given(DAYS, RHYTHMS)
def test_periods_follow_one_another_without_gaps(day: date, beat: str) -> None:
    """R-072 C1"""
    period = rhythm.check(rhythm.of(day, beat))
    assert rhythm.first_day(period) <= day <= rhythm.last_day(period)
    assert rhythm.previous(rhythm.following(period)) == period
    after = rhythm.first_day(rhythm.following(period))
    assert (after - rhythm.last_day(period)).days == 1
    assert rhythm.year(period) == day.year


def test_periods_have_their_names() -> None:
    named = {"2013Q1": "2013年第一季度", "2013-04": "2013年4月", "2013M2": "2013年3—4月", "2013": "2013年"}
    assert {period: rhythm.named(period) for period in named} == named


def test_a_period_is_due_on_the_day_of_the_scheme_or_the_last_of_a_shorter_month() -> None:
    """R-241 R-242 C1: 每月25日前; February has no 30th."""
    assert rhythm.due_on("2013-04", 25) == date(2013, 4, 25)
    assert rhythm.due_on("2013-02", 30) == date(2013, 2, 28)
    assert rhythm.due_on("2013M1", 30) == date(2013, 2, 28)
    assert rhythm.due_on("2013Q1", 0) == date(2013, 3, 31)
    assert rhythm.due_on("2013", 20) == date(2013, 12, 20)


@pytest.mark.parametrize("period", ["201", "2013M7", "2013Q5", "2013-13", "2013Q1 ", "1999Q1", "2013-00", "2013Q1\n"])
def test_what_is_no_period_is_refused(period: str) -> None:
    with pytest.raises(rhythm.BadPeriod):
        rhythm.check(period)


def test_nothing_is_said_of_a_period_ahead() -> None:
    rules.check_period("2013Q1", TODAY)
    rules.check_period("2013Q2", date(2013, 4, 1))
    for day in (TODAY, date(2013, 3, 31)):
        with pytest.raises(rules.PeriodAhead):
            rules.check_period("2013Q2", day)


def test_all_that_is_wrong_is_said_at_once() -> None:
    said = [
        Said(who("T003"), Kind.PRAISE, ""),
        Said(who("T004"), Kind.REMIND, "请抓紧"),
        Said(who("T004"), Kind.REMIND, "请抓紧"),
        Said(uuid4(), Kind.PRAISE, "好"),
    ]
    with pytest.raises(rules.BadRemarks) as refused:
        rules.check(said, NAMES, by=who("T004"))
    assert refused.value.details == [
        "尤文静：请写明内容。",
        "只点评本期已公示承诺的承诺人。",
        "自己的履诺情况由支部其他负责同志或上级党组织点评。",
        "每人每期点评一次。",
    ]


def test_remarks_in_order_are_taken() -> None:
    """R-072"""
    rules.check([Said(who("T003"), Kind.PRAISE, "好"), Said(who("T004"), Kind.REMIND, "请抓紧")], NAMES, by=who("T001"))
    rules.check([], NAMES, by=who("T001"))
    with pytest.raises(rules.BadRemarks) as refused:
        rules.check([Said(uuid4(), Kind.PRAISE, "")], NAMES, by=who("T001"))
    assert refused.value.details == ["只点评本期已公示承诺的承诺人。"], "who is not known here is not named"


def remark(kind: Kind, text: str) -> Remark:
    return Remark(who("tenant"), uuid4(), who("zjy"), who("T003"), "2013Q1", 1, uuid4(), kind, text, who("T001"), NOW)


def test_the_same_words_are_no_news() -> None:
    standing = {who("T003"): remark(Kind.PRAISE, "好")}
    same, other = Said(who("T003"), Kind.PRAISE, "好"), Said(who("T003"), Kind.REMIND, "好")
    assert rules.news([same], standing) == []
    assert rules.news([other], standing) == [other]
    assert rules.news([same], {}) == [same]


def test_nobody_is_skipped_silently() -> None:
    """R-072: a reason for no remark is a record; who left the branch is shown, and not asked for."""

    def line(remark: Remark | None, *, here: bool = True) -> Line:
        return Line(person(), uuid4(), here, [], remark)

    lines = [line(None), line(remark(Kind.SKIPPED, "借调在外")), line(None, here=False)]
    view = Overview(None, "2013Q1", True, lines, [], [])  # type: ignore[arg-type]
    assert view.gaps == lines[:1]
