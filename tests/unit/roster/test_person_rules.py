"""What may be changed of a person, and what follows from a change."""

from dataclasses import replace
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


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({}, {"active": False}, "金融学院教工党支部已经撤销，不能再有人员。"),
        ({}, {"kind": Kind.GROUP}, "金融学院教工党支部不能直接管理人员，请选择党支部。"),
        ({"floating": True}, {}, "流动党员须填写外出时间。"),
        ({"joined": Day(TODAY), "formal": Day(date(2013, 3, 31))}, {}, "转正时间不能早于入党时间。"),
        ({"standing": Standing.PROBATIONARY, "formal": Day(TODAY)}, {}, "预备党员不应有转正时间。"),
    ],
)
def test_each_contradiction_is_said_by_itself(changes: dict[str, Any], place: dict[str, Any], said: str) -> None:
    """R-001, R-016."""
    assert rules.obstacles(member(**changes), organization(**place)) == [said]


def test_what_does_not_contradict_itself_passes() -> None:
    rules.refuse_unfit(member(joined=Day(TODAY), formal=Day(TODAY)), organization())
    assert rules.obstacles(member(formal=Day(TODAY)), organization()) == []
    assert rules.obstacles(rules.gone(member()), organization(active=False, kind=Kind.GROUP)) == []


def test_a_new_number_and_leaving_touch_the_sign_in_and_a_new_name_does_not() -> None:
    one = member().person
    assert rules.touches_sign_in(one, replace(one, number="T002"))
    assert rules.touches_sign_in(one, replace(one, active=False))
    assert not rules.touches_sign_in(one, replace(one, name="王二"))
    gone = replace(one, active=False)
    assert not rules.touches_sign_in(gone, replace(gone, name="王二"))
    assert not rules.touches_sign_in(gone, one)


def test_a_contact_today_counts_and_one_of_the_same_day_changes_nothing() -> None:
    """R-016."""
    away = member(floating=True, floating_since=date(2013, 1, 10))
    reported = rules.contacted(away, TODAY, by_member=True, today=TODAY)
    assert reported.person.last_contact_on == TODAY
    assert rules.contacted(reported, TODAY, by_member=True, today=TODAY) is reported


def test_a_later_departure_moves_the_silence_and_an_earlier_one_does_not() -> None:
    """R-016: the last contact, or the day of leaving, whichever is later."""
    away = member(floating=True, floating_since=date(2013, 1, 10))
    heard = rules.contacted(away, date(2013, 3, 1), by_member=True, today=TODAY)
    assert rules.changed(heard, {"floating_since": date(2013, 2, 1)}).person.last_contact_on == date(2013, 3, 1)
    assert rules.changed(heard, {"floating_since": date(2013, 3, 20)}).person.last_contact_on == date(2013, 3, 20)
    assert rules.changed(heard, {"email": "a@b.cn"}).person.last_contact_on == date(2013, 3, 1)
    back = rules.changed(heard, {"floating": False})
    again = rules.changed(back, {"floating": True, "floating_since": date(2013, 2, 1)})
    assert again.person.last_contact_on == date(2013, 2, 1)


def test_somebody_new_is_a_formal_member_of_the_staff_with_nothing_else_known() -> None:
    home = uuid4()
    draft = rules.drafted(TENANT, "T001", "王　一鸣", home)
    one = draft.person
    assert (one.name, one.number, one.organization_id, one.version) == ("王一鸣", "T001", home, 0)
    assert (one.standing, one.identity, one.active, one.counted) == (Standing.FORMAL, Identity.STAFF, True, True)
    assert not any((one.leader, one.division_rank, one.floating, one.exempt, one.email, one.last_contact_on))
    assert (one.session_epoch, draft.detail.person_id) == (1, one.id)


def test_a_day_lies_in_two_centuries() -> None:
    """Requirements 4.4."""
    first, last = days.parse("1900-01-01"), days.parse("2099-12-31")
    assert (first.on, last.on) == (days.EARLIEST, days.LATEST - timedelta(days=1))
    for written in ("1899-12-31", "2100-01-01", "210001", "2100年1月"):
        with pytest.raises(ValueError, match="out of range"):
            days.parse(written)
    assert (str(days.parse("2099")), str(days.parse("1900"))) == ("2099年", "1900年")
