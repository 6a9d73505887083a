"""What may be changed of a person, and what follows from a change."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.person import days, rules
from services.roster.person.days import Day, Precision
from services.roster.person.domain import Record
from shared.directory.domain import Identity, Kind, Organization, Standing

TENANT = uuid4()
TODAY = date(2013, 4, 1)


def organization(**changes: Any) -> Organization:
    given: dict[str, Any] = {
        "tenant_id": TENANT, "id": uuid4(), "version": 1, "parent_id": uuid4(), "kind": Kind.BRANCH,
        "name": "金融学院教工党支部", "code": "jg", "path": "zjy/jin/jg/", "unit_type": None, "phone": "",
        "address": "", "active": True,
    }  # fmt: skip
    return Organization(**{**given, **changes})


def member(**changes: Any) -> Record:
    draft = rules.drafted(TENANT, "T001", "王一鸣", uuid4())
    return rules.changed(draft, {"standing": Standing.FORMAL, "identity": Identity.STAFF, **changes})


def test_another_name_brings_another_place_and_other_pinyin() -> None:
    before = member()
    after = rules.changed(before, {"name": "曾 一鸣"})
    assert after.person.name == "曾一鸣"
    assert after.person.stroke_key != before.person.stroke_key
    assert " zengyiming" in after.detail.keys


def test_a_month_stays_a_month() -> None:
    after = member(joined=Day(date(2013, 4, 1), Precision.MONTH))
    assert (after.detail.joined_on, after.detail.joined_precision) == (date(2013, 4, 1), Precision.MONTH)
    cleared = rules.changed(after, {"joined": None})
    assert cleared.detail.joined_on is None


def test_all_contradictions_are_named_at_once() -> None:
    """R-016, R-018."""
    record = member(
        standing=Standing.PROBATIONARY,
        floating=True,
        joined=Day(date(2013, 1, 1)),
        formal=Day(date(2012, 1, 1)),
    )
    with pytest.raises(rules.PersonUnfit) as refused:
        rules.refuse_unfit(record, organization(kind=Kind.GROUP))
    assert len(refused.value.details) == 4


def test_only_members_float() -> None:
    """R-016."""
    record = member(standing=Standing.NONPARTY, floating=True, floating_since=TODAY)
    assert rules.obstacles(record, organization()) == ["只有党员可以登记为流动党员。"]


def test_nobody_is_put_into_a_closed_branch() -> None:
    assert rules.obstacles(member(), organization(active=False))


@pytest.mark.parametrize("kind", [Kind.GENERAL_BRANCH, Kind.COMMITTEE])
@pytest.mark.parametrize("standing", [Standing.FORMAL, Standing.PROBATIONARY])
def test_a_member_belongs_to_an_organization_that_meets(kind: Kind, standing: Standing) -> None:
    """R-001: whom no branch's roll names could neither be elected nor vote."""
    place = organization(kind=kind, name="金融学院党总支")
    assert rules.obstacles(member(standing=standing), place) == [
        "金融学院党总支不召开支部会议，党员须编入党支部，请选择党支部或直属党支部。"
    ]
    assert rules.obstacles(member(standing=Standing.NONPARTY), place) == []
    assert rules.obstacles(rules.gone(member(standing=standing)), place) == []
    assert rules.obstacles(member(standing=standing), organization(kind=Kind.DIRECT_BRANCH)) == []


def test_silence_counts_from_the_departure() -> None:
    """R-016."""
    away = member(floating=True, floating_since=date(2013, 1, 10))
    assert away.person.last_contact_on == date(2013, 1, 10)


def test_only_the_member_s_own_initiative_ends_the_silence() -> None:
    """R-016, requirements 2.8: 主动报到."""
    away = member(floating=True, floating_since=date(2013, 1, 10))
    called = rules.contacted(away, date(2013, 3, 1), by_member=False, today=TODAY)
    assert called.person.last_contact_on == date(2013, 1, 10)
    reported = rules.contacted(away, date(2013, 3, 1), by_member=True, today=TODAY)
    assert reported.person.last_contact_on == date(2013, 3, 1)
    older = rules.contacted(reported, date(2013, 2, 1), by_member=True, today=TODAY)
    assert older.person.last_contact_on == date(2013, 3, 1)


def test_contacts_are_for_who_is_away_and_not_for_tomorrow() -> None:
    with pytest.raises(rules.NotFloating):
        rules.contacted(member(), TODAY, by_member=True, today=TODAY)
    away = member(floating=True, floating_since=TODAY)
    with pytest.raises(rules.ContactAhead):
        rules.contacted(away, TODAY + timedelta(days=1), by_member=True, today=TODAY)


def test_who_returns_is_no_longer_away() -> None:
    away = member(floating=True, floating_since=date(2013, 1, 10))
    back = rules.changed(away, {"floating": False})
    assert back.person.last_contact_on is None
    assert back.detail.floating_since is None


def test_who_leaves_is_signed_out_everywhere() -> None:
    before = member()
    after = rules.gone(before)
    assert not after.person.active
    assert after.person.session_epoch == before.person.session_epoch + 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2013-04-01", "2013年4月1日"),
        ("2013/4/1", "2013年4月1日"),
        ("2013.04.01", "2013年4月1日"),
        ("20130401", "2013年4月1日"),
        ("2013年4月1日", "2013年4月1日"),
        ("2013.4", "2013年4月"),
        ("2013-04", "2013年4月"),
        ("201304", "2013年4月"),
        ("2013年4月", "2013年4月"),
        (" 2013 年 4 月 ", "2013年4月"),
        ("2013", "2013年"),
        (41365, "2013年4月1日"),
        (41365.0, "2013年4月1日"),
        (datetime(2013, 4, 1), "2013年4月1日"),  # noqa: DTZ001 — as Excel gives it
    ],
)
def test_days_are_read_as_people_write_them(written: object, shown: str) -> None:
    """requirements 4.4."""
    assert str(days.parse(written)) == shown


@pytest.mark.parametrize(
    "written", ["", "昨天", "2013-13-01", "2013-02-30", "1813-01-01", "2013.4.", "3.30E+17", "13.4"]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        days.parse(written)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(Precision))
def test_every_day_reads_back_as_it_was_shown(on: date, precision: Precision) -> None:
    first = {Precision.DAY: on, Precision.MONTH: on.replace(day=1), Precision.YEAR: on.replace(month=1, day=1)}
    day = Day(first[precision], precision)
    assert days.parse(str(day)) == day
