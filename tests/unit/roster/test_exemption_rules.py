"""When an exemption may be asked for, decided and ended, and when it works (R-014, requirements 2.1)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.exemption import rules
from services.roster.exemption.domain import EFFECTS, Effect, Exemption, Ground, State
from shared.directory.domain import Standing
from tests.unit.roster.test_position_rules import person

NOW = datetime(2013, 4, 1, 9, tzinfo=UTC)
TODAY = date(2013, 4, 1)
DAYS = st.dates(date(2013, 1, 1), date(2013, 12, 31))


def request(ground: Ground = Ground.FRAIL, **changes: Any) -> Exemption:
    given: dict[str, Any] = {
        "document": "", "resolved_on": None, "starts_on": TODAY, "ends_on": None, "asked_by": uuid4(), "now": NOW,
        "others": [],
    }  # fmt: skip
    return rules.requested(person(), ground, b"sealed", **{**given, **changes})


def decided(exemption: Exemption, *, consents: bool = True, today: date = TODAY) -> Exemption:
    return rules.decided(exemption, consents=consents, decision="同意", decided_by=uuid4(), now=NOW, today=today)


def test_a_request_works_only_after_the_superior_s_consent() -> None:
    """R-014."""
    asked = request()
    assert not asked.applied
    assert decided(asked).applied
    assert not decided(asked, consents=False).applied


def test_a_request_is_decided_once() -> None:
    with pytest.raises(rules.AlreadyDecided):
        decided(decided(request()))


def test_only_the_frail_are_exempt_and_all_other_grounds_take_a_member_out_of_the_count() -> None:
    assert {ground for ground, effect in EFFECTS.items() if effect is Effect.EXEMPT} == {Ground.FRAIL}


def test_who_is_not_to_be_counted_needs_the_branch_s_meeting() -> None:
    """requirements 2.1: 党员大会通过."""
    with pytest.raises(rules.NotExemptable):
        request(Ground.ABROAD)
    assert request(Ground.ABROAD, resolved_on=TODAY).effect is Effect.UNCOUNTED


def test_there_is_one_open_exemption_of_a_kind() -> None:
    first = request()
    assert rules.obstacles(person(), Effect.EXEMPT, None, TODAY, None, [first])
    assert not rules.obstacles(person(), Effect.EXEMPT, None, TODAY, None, [decided(first, consents=False)])


def test_people_outside_the_party_need_no_exemption() -> None:
    assert rules.obstacles(person(Standing.NONPARTY), Effect.EXEMPT, None, TODAY, None, [])


def test_an_exemption_ends_early_once() -> None:
    ended = rules.ended(decided(request()))
    assert (ended.state, ended.applied) == (State.ENDED, False)
    with pytest.raises(rules.NotInForce):
        rules.ended(ended)


def test_the_person_bears_what_is_in_force() -> None:
    assert rules.borne(person(), decided(request())).exempt
    uncounted = decided(request(Ground.AWAY, resolved_on=TODAY))
    assert not rules.borne(person(), uncounted).counted
    assert rules.borne(person(), replace(uncounted, applied=False)).counted


@given(DAYS, st.integers(0, 200), DAYS)
def test_it_works_exactly_from_its_first_to_its_last_day(starts_on: date, length: int, today: date) -> None:
    ends_on = starts_on + timedelta(days=length)
    consented = decided(request(starts_on=starts_on, ends_on=ends_on), today=date(2012, 12, 31))
    settled = rules.settled(consented, today)
    assert settled.applied == (starts_on <= today <= ends_on)
    assert (settled.state is State.ENDED) == (today > ends_on)
    assert rules.settled(settled, today) == settled


def test_everything_in_the_way_of_a_request_is_said() -> None:
    """R-014, requirements 2.1."""
    outside = person(Standing.NONPARTY)
    before = TODAY - timedelta(days=1)
    assert rules.obstacles(
        outside, Effect.UNCOUNTED, None, TODAY, before, [request(Ground.AWAY, resolved_on=TODAY)]
    ) == [
        "王一鸣不是在册党员。",
        "王一鸣已有一项“不计入应到会”，尚未终止。",
        "不计入应到会须经党员大会通过，请填写通过日期。",
        "结束日期不能早于开始日期。",
    ]
    assert rules.obstacles(person(), Effect.UNCOUNTED, TODAY, TODAY, TODAY, [request(), decided(request())]) == []
    assert rules.obstacles(person(), Effect.EXEMPT, None, TODAY, TODAY, [decided(request())]) != []
    assert rules.obstacles(person(), Effect.EXEMPT, None, TODAY, TODAY, [rules.ended(decided(request()))]) == []


def test_a_decision_notes_by_whom_when_and_in_which_words() -> None:
    by = uuid4()
    for consents, state in ((True, State.CONSENTED), (False, State.REFUSED)):
        made = rules.decided(request(), consents=consents, decision="同意", decided_by=by, now=NOW, today=TODAY)
        assert (made.state, made.decided_by, made.decided_at, made.decision) == (state, by, NOW, "同意")
    asked = request(document="医院证明", ends_on=TODAY)
    assert (asked.state, asked.document, asked.starts_on, asked.ends_on) == (State.REQUESTED, "医院证明", TODAY, TODAY)


@pytest.mark.parametrize("make", [request, lambda: decided(request(), consents=False)])
def test_what_is_not_in_force_neither_ends_nor_begins(make: Any) -> None:
    made = make()
    assert rules.settled(made, TODAY) is made
    with pytest.raises(rules.NotInForce):
        rules.ended(made)


def test_each_exemption_leaves_the_other_alone() -> None:
    borne = rules.borne(replace(person(), counted=False), decided(request()))
    assert (borne.exempt, borne.counted) == (True, False)
    borne = rules.borne(replace(person(), exempt=True), decided(request(Ground.AWAY, resolved_on=TODAY)))
    assert (borne.exempt, borne.counted) == (True, False)
    assert not rules.borne(replace(person(), exempt=True), rules.ended(decided(request()))).exempt
