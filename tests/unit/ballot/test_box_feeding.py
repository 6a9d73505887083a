"""Wakings are told as often as workers answer to them, and rarely while none runs."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.box import feeding, store
from services.ballot.box.domain import Waiting
from services.ballot.box.feeding import LONGEST, MOST, WINDOW, Feeder
from services.ballot.box.verifying import AT_ONCE

NOW = datetime(2013, 4, 1, tzinfo=UTC)
TICK = timedelta(seconds=0.5)
HOUR = timedelta(hours=1) // TICK
TENANT, BALLOT = uuid4(), uuid4()
NOBODY: Any = None
"""The connection, which nothing uses here."""


class Box:
    """A box whose ballots wait, with the wakings told so far."""

    def __init__(self, number: int) -> None:
        self.number, self.records, self.closed, self.told, self.at = number, 7, False, 0, NOW
        self.feeder = Feeder()

    def pass_(self, ticks: int, *, heard: int = 0) -> int:
        """Let time pass; give how many wakings were told. A worker hears `heard` a tick and takes a batch at each."""
        before = self.told
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store, "waiting", lambda _: self._waiting())
            patch.setattr(feeding, "tell", self._tell)
            for _ in range(ticks):
                self.feeder.run(NOBODY, self.at)
                self.at += TICK
                taken = min(self.number, heard * AT_ONCE)
                self.number, self.records = self.number - taken, self.records + taken
        return self.told - before

    def _waiting(self) -> list[Waiting]:
        return [Waiting(TENANT, BALLOT, self.number, self.closed, self.records)] if self.number else []

    def _tell(self, *_: object, ballot_id: UUID, **__: object) -> None:
        assert ballot_id == BALLOT
        self.told += 1


@given(st.integers(1, 2000))
def test_without_a_worker_an_hour_of_wakings_is_bounded(number: int) -> None:
    """A queue that nobody reads must not grow by a hundred thousand an hour: at most one round a minute in the end."""
    rounds = 6 + timedelta(hours=1) // LONGEST
    told = Box(number).pass_(HOUR)
    assert 1 <= told <= rounds * min(-(-number // AT_ONCE), MOST)


def test_the_pauses_double_up_to_the_longest_and_no_further() -> None:
    box = Box(1)
    rounds = []
    for _ in range(HOUR):
        if box.pass_(1):
            rounds.append(box.at - TICK)
    pauses = [(later - earlier).total_seconds() for earlier, later in pairwise(rounds)]
    assert pauses[:6] == [2, 4, 8, 16, 32, 60]
    assert set(pauses[6:]) == {60}


def test_a_worker_that_comes_back_is_fed_at_once() -> None:
    """R-130: nobody waits for the pause that grew while no worker ran."""
    box = Box(600)
    box.pass_(HOUR)
    assert box.pass_(1, heard=1) <= MOST
    box.pass_(int(WINDOW / TICK))
    ticks = 0
    while box.number:
        box.pass_(1, heard=2)
        ticks += 1
    assert ticks * TICK < LONGEST


def test_a_crowd_that_comes_faster_than_it_is_verified_is_no_idle_worker() -> None:
    """More wait after each round, and yet the archive grows: the workers must not be left without wakings."""
    box = Box(100)
    for _ in range(200):
        box.pass_(1, heard=1)
        box.number += 2 * AT_ONCE
    before = box.told
    box.pass_(2 * int(WINDOW / TICK), heard=1)
    assert box.told - before >= MOST
