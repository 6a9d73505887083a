"""What becomes of a message that was not handled."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Invalid, NotYet, RuleBroken
from shared.messaging import topology
from shared.messaging.consumer import fate
from shared.messaging.reading import NotHeard, UnknownEvent, UnknownVersion

LAST = len(topology.PAUSES)


class BoxIsClosed(RuleBroken):
    """票箱已经封闭。"""


def decide(error: Exception, attempt: Any = 0) -> fate.Fate:
    return fate.decide(error, {fate.ATTEMPT: attempt}, service="ballot", queue="ballot.verify")


@given(st.integers(min_value=0, max_value=10_000))
def test_what_waits_for_a_fact_is_never_laid_aside(attempt: int) -> None:
    decided = decide(NotYet(), attempt)
    assert decided.outcome == "waits"
    assert decided.headers == {fate.ATTEMPT: attempt + 1}
    assert decided.key == f"ballot.verify.retry.{topology.PAUSES[min(attempt, LAST - 1)]}"


@given(st.integers(min_value=0, max_value=100))
def test_a_defect_gets_each_pause_once(attempt: int) -> None:
    decided = decide(ZeroDivisionError("secret"), attempt)
    assert decided.outcome == ("retried" if attempt < LAST else "dead")
    assert "secret" not in str(decided)


@pytest.mark.parametrize("error", [NotHeard, UnknownEvent, UnknownVersion])
@pytest.mark.parametrize("attempt", range(LAST + 2))
def test_what_another_release_may_hear_gets_each_pause_and_keeps_its_reason(
    error: type[Exception], attempt: int
) -> None:
    decided = decide(error(), attempt)
    assert decided.outcome == ("retried" if attempt < LAST else "dead")
    if attempt >= LAST:
        assert decided.headers[fate.REASON] in {"not_heard", "unknown_event", "unknown_version"}
        assert decided.headers[fate.TEXT] == (error.__doc__ or "").strip()


@pytest.mark.parametrize("attempt", range(LAST + 2))
def test_a_refusal_is_final(attempt: int) -> None:
    decided = decide(BoxIsClosed("张三的话", details=["更多"]), attempt)
    assert (decided.exchange, decided.key) == (topology.DEAD, "ballot")
    assert decided.headers[fate.REASON] == "box_is_closed"
    assert decided.headers[fate.TEXT] == "票箱已经封闭。"
    assert decided.headers[fate.QUEUE] == "ballot.verify"


@pytest.mark.parametrize("attempt", ["many", -1, None, 1.5, 10**30, [1]])
def test_a_count_of_attempts_that_is_not_ours_counts_as_none(attempt: Any) -> None:
    assert decide(Invalid(), attempt).headers[fate.ATTEMPT] == 0
    assert decide(ZeroDivisionError(), attempt).key == f"ballot.verify.retry.{topology.PAUSES[0]}"
