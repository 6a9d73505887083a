"""Inspections: what a record needs, what was found, what followed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from services.pledge.inspection import rules
from services.pledge.inspection.domain import Inspection, Kind, Observation
from tests.unit.pledge.pledges import NOW, TODAY, who

TOMORROW = TODAY + timedelta(days=1)
DRAWN = [uuid4()]


def inspection(kind: Kind = Kind.RANDOM) -> Inspection:
    return Inspection(
        who("tenant"), who("i"), who("zjy/jin"), kind, 2013, "抽查", TODAY, "seed", DRAWN, DRAWN, who("T041"), NOW
    )


def observation(**changes: object) -> Observation:
    made = Observation(
        who("tenant"), uuid4(), who("i"), DRAWN[0], "进度慢", "补齐记录", TOMORROW, "", None, who("T041"), NOW
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_random_inspection_draws_at_least_one_of_at_least_one() -> None:
    """R-078"""
    assert rules.obstacles(Kind.RANDOM, 1, 1, TODAY, TODAY) == []
    assert len(rules.obstacles(Kind.RANDOM, 0, 0, TOMORROW, TODAY)) == 3
    for kind in (Kind.SYMPOSIUM, Kind.REGULAR):
        assert rules.obstacles(kind, 0, 0, TODAY, TODAY) == []
        assert rules.obstacles(kind, 0, 0, TOMORROW, TODAY) == ["检查日期不能晚于今天。"]


def test_what_was_found_has_words_and_what_is_due_has_a_task() -> None:
    """R-078"""
    found = observation()
    assert rules.observe(inspection(), found) is found
    rules.observe(inspection(), observation(follow_up="", follow_up_on=None, pledge_id=None))
    with pytest.raises(rules.BadInspection) as refused:
        rules.observe(inspection(), observation(text="", follow_up="", pledge_id=uuid4()))
    assert len(refused.value.details) == 3


def test_only_a_random_inspection_is_held_to_its_sample() -> None:
    """R-078"""
    elsewhere = observation(pledge_id=uuid4())
    rules.observe(inspection(Kind.REGULAR), elsewhere)
    with pytest.raises(rules.BadInspection) as refused:
        rules.observe(inspection(), elsewhere)
    assert refused.value.details == ["所写的承诺不在抽取的样本中。"]


def test_what_was_to_be_put_right_is_finished_once() -> None:
    """R-078"""
    done = rules.finish(observation(), "已补齐", TODAY, TODAY)
    assert (done.result, done.done_on, done.open) == ("已补齐", TODAY, False)
    for over in (done, observation(follow_up="")):
        with pytest.raises(rules.NothingToFollow):
            rules.finish(over, "已补齐", TODAY, TODAY)
    for result, on in (("", TODAY), ("已补齐", TOMORROW)):
        with pytest.raises(rules.BadInspection):
            rules.finish(observation(), result, on, TODAY)
