"""Opinions: signed or not, how many, by whom answered."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.opinion import commands, rules
from services.pledge.opinion.domain import Channel, Opinion, Said
from tests.unit.pledge.pledges import NOW, TODAY, who
from tests.university import TENANT


def opinion(**changes: Any) -> Opinion:
    facts: dict[str, Any] = {
        "tenant_id": TENANT, "id": uuid4(), "organization_id": who("zjy/jin/jg"), "pledge_id": None,
        "channel": Channel.PAGE, "signed": False, "text": b"x", "name": None, "contact": None, "receipt": b"r",
        "received_on": TODAY, "given_at": NOW, "entered_by": None,
    }  # fmt: skip
    return Opinion(**{**facts, **changes})


@pytest.mark.parametrize(
    ("name", "contact", "signed_only", "expected"),
    [
        ("", "", False, False),
        ("甲", "138", False, True),
        ("甲", "138", True, True),
        ("", "", True, rules.SignatureNeeded),
        ("甲", "", False, rules.ContactNeeded),
        ("", "138", True, rules.ContactNeeded),
    ],
)
def test_the_scheme_says_whether_a_name_is_needed(name: str, contact: str, signed_only: bool, expected: Any) -> None:
    """R-060"""
    said = Said("意见", name=name, contact=contact)
    if isinstance(expected, bool):
        assert rules.check_said(said, signed_only=signed_only) is expected
        return
    with pytest.raises(expected):
        rules.check_said(said, signed_only=signed_only)


@pytest.mark.parametrize("signed", [True, False])
def test_the_hour_is_full_with_the_last_that_it_takes(signed: bool) -> None:
    """R-060"""
    rules.check_flood(rules.PER_HOUR[signed] - 1, signed=signed)
    with pytest.raises(rules.TooManyOpinions):
        rules.check_flood(rules.PER_HOUR[signed], signed=signed)


@given(st.integers(0, 1000), st.booleans())
def test_an_hour_takes_a_bounded_number(recent: int, signed: bool) -> None:
    """R-060"""
    if recent < rules.PER_HOUR[signed]:
        rules.check_flood(recent, signed=signed)
        return
    with pytest.raises(rules.TooManyOpinions):
        rules.check_flood(recent, signed=signed)


def test_an_opinion_is_answered_once_and_not_by_whom_it_concerns() -> None:
    """R-060"""
    answered = rules.answer(opinion(), b"a", who("T001"), NOW)
    assert (answered.answer, answered.answered_by) == (b"a", who("T001"))
    with pytest.raises(rules.AnsweredAlready):
        rules.answer(answered, b"b", who("T002"), NOW)
    rules.check_impartial(who("T001"), {who("T003")})
    with pytest.raises(rules.ConcernsYou):
        rules.check_impartial(who("T003"), {who("T003")})


def test_an_opinion_on_paper_came_today_or_before() -> None:
    """R-060"""
    for day in (TODAY, TODAY - timedelta(days=1)):
        rules.check_received(day, TODAY)
    with pytest.raises(rules.NotReceivedYet):
        rules.check_received(TODAY + timedelta(days=1), TODAY)
    given_now = opinion()
    assert rules.answer(given_now, b"a", who("T001"), NOW) == replace(
        given_now, answer=b"a", answered_by=who("T001"), answered_at=NOW
    )
    assert rules.TooManyOpinions.status == 429


@given(st.text("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=12, max_size=12))
def test_a_code_is_known_in_any_writing_and_kept_in_none(code: str) -> None:
    kept = commands.hashed(code)
    assert kept == commands.hashed(f" {code[:4].lower()} {code[4:8]}  {code[8:]} ")
    assert code.encode() not in kept
