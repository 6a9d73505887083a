"""How many seats a key needs, when it is asked for again, and what the end of a ceremony leaves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.key import rules
from services.ballot.key.domain import Ceremony, State, Step, Wanted
from shared.voting.group import BELENIOS_2048 as GROUP

NOW = datetime(2013, 4, 1, tzinfo=UTC)
RUNNING = Ceremony(UUID(int=1), UUID(int=2), "2013Q1", GROUP.name, 2, [1, 2, 3], State.RUNNING, NOW)


@pytest.mark.parametrize(("seats", "most"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (9, 5)])
def test_more_than_half_of_the_seats_decrypt(seats: int, most: int) -> None:
    """R-130"""
    assert rules.majority(seats) == most


@given(st.sets(st.tuples(st.sampled_from(list(Step)), st.sampled_from([1, 2, 3]))))
def test_a_key_is_put_together_once_every_seat_has_offered_everything(said: set[tuple[Step, int]]) -> None:
    """R-130"""
    offers = {step: {seat: "x" for at, seat in said if at is step} for step in Step}
    assert rules.complete(RUNNING, offers) is (len(said) == 9)


def test_a_key_that_failed_is_asked_for_ever_more_seldom_but_at_least_every_hour() -> None:
    """R-130: 10 s, 20 s, 40 s, …"""
    pauses = [rules.pause(failures) for failures in range(1, 60)]
    assert pauses[:4] == [timedelta(seconds=seconds) for seconds in (10, 20, 40, 80)]
    assert rules.pause(0) == timedelta(seconds=10)
    assert pauses == sorted(pauses)
    assert set(pauses[9:]) == {timedelta(hours=1)}


def test_a_new_key_is_due_when_the_pause_is_over() -> None:
    """R-130"""
    assert rules.is_due(Wanted(UUID(int=1), "2013Q1", 0, None), NOW)
    failed = Wanted(UUID(int=1), "2013Q1", 2, NOW)
    due = NOW + timedelta(seconds=20)
    assert rules.is_due(failed, due)
    assert not rules.is_due(failed, due - timedelta(seconds=1))


def test_a_key_that_stood_ends_with_its_day_and_one_that_never_stood_with_its_fault() -> None:
    """R-130"""
    assert rules.retire(RUNNING, NOW) == replace(RUNNING, state=State.RETIRED, retired_at=NOW)
    failed = rules.fail(RUNNING, 3, "share", by=2, at=NOW)
    assert failed == replace(RUNNING, state=State.FAILED, fault="3:share:2", ended_at=NOW)
