"""Awards: filed, posted, published; stopped before, revoked after, and never back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.award import rules
from services.notify.award.domain import Award, Cause, State
from services.notify.award.rules import AwardElsewhere

DAY = date(2013, 4, 13)


def award(state: State = State.FILED, **changes: Any) -> Award:
    """Build an award."""
    facts: dict[str, Any] = {
        "tenant_id": uuid4(), "id": uuid4(), "filing_id": uuid4(), "ballot_id": uuid4(), "meeting_id": uuid4(),
        "organization_id": uuid4(), "person_id": uuid4(), "name": "毛建国", "stroke_key": "0003", "identity": "教师",
        "ordinary": True, "deed": "", "period": "2013Q1", "star_title": "闪光言行之星", "scheme_id": uuid4(),
        "scheme_version": 1, "notice_id": None, "received_at": datetime(2013, 4, 8, tzinfo=UTC),
        "published_on": None, "ended_on": None, "cause": None, "reason": None,
    }  # fmt: skip
    return Award(**{**facts, "state": state, **changes})


ACTS = {
    State.POSTED: lambda given: rules.post(given, uuid4()),
    State.PUBLISHED: lambda given: rules.publish(given, DAY),
    State.STOPPED: lambda given: rules.stop(given, Cause.OBJECTION, DAY, None),
    State.REVOKED: lambda given: rules.revoke(given, DAY, b"sealed"),
}


@given(st.lists(st.sampled_from(list(ACTS)), max_size=8))
def test_an_award_is_published_at_most_once_and_never_after_it_ended(acts: list[State]) -> None:
    """R-173."""
    one, passed = award(), [State.FILED]
    for act in acts:
        try:
            one = ACTS[act](one)
            passed.append(one.state)
        except AwardElsewhere:
            assert act not in rules.NEXT[one.state]
    assert passed.count(State.PUBLISHED) <= 1
    assert State.STOPPED not in passed[:-1]
    assert State.REVOKED not in passed[:-1]
    assert (State.REVOKED in passed) <= (State.PUBLISHED in passed)
    assert (one.cause is not None) == (one.state in (State.STOPPED, State.REVOKED)) == (one.ended_on is not None)


def test_a_stopped_award_says_where_it_stands_when_asked_for_more() -> None:
    """R-173."""
    stopped = rules.stop(award(), Cause.WITHDRAWN, DAY, None)
    with pytest.raises(AwardElsewhere) as refused:
        rules.publish(stopped, DAY)
    assert refused.value.details == ["当前状态为“不予公布”，不能改为“已公布”。"]


def test_each_step_keeps_its_day_and_its_cause() -> None:
    """R-173."""
    notice_id, later = uuid4(), date(2013, 5, 2)
    filed = award()
    posted = rules.post(filed, notice_id)
    assert posted == replace(filed, state=State.POSTED, notice_id=notice_id)
    published = rules.publish(posted, DAY)
    assert published == replace(posted, state=State.PUBLISHED, published_on=DAY)
    revoked = rules.revoke(published, later, b"why")
    assert revoked == replace(published, state=State.REVOKED, cause=Cause.REVOKED, ended_on=later, reason=b"why")
    stopped = rules.stop(posted, Cause.OBJECTION, DAY, b"why")
    assert stopped == replace(posted, state=State.STOPPED, cause=Cause.OBJECTION, ended_on=DAY, reason=b"why")
    assert rules.publish(filed, DAY).notice_id is None


def test_no_step_is_left_out_or_taken_backwards() -> None:
    """R-173: the steps that the seed has; without a notice what is filed is published at once."""
    steps = {(before.value, after.value) for before, allowed in rules.NEXT.items() for after in allowed}
    assert steps == {
        ("filed", "posted"), ("filed", "published"), ("filed", "stopped"), ("posted", "published"),
        ("posted", "stopped"), ("published", "revoked"),
    }  # fmt: skip
