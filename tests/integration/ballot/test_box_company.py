"""Ballots wait for company before the box, so that nobody sees which of them came first."""

import pytest

from services.ballot.box import store
from services.ballot.box.feeding import WINDOW, Feeder
from shared import clock
from tests.integration.ballot.boxes import Voted, electronic
from tests.integration.ballot.calls import FIRST
from tests.services import Service
from tests.university import TENANT


@pytest.fixture
def voted(ballot: Service) -> Voted:
    return electronic(ballot).begin()


def test_a_few_ballots_wait_for_company_until_their_window_ends(ballot: Service, voted: Voted) -> None:
    """R-130 decision 15: who comes within two seconds goes into the archive together, in an order of chance."""
    feeder, now = Feeder(), clock.now()
    voted.cast(0, 0)
    with ballot.connect() as conn:
        assert feeder.run(conn, now) == 0
    voted.cast(1, 0)
    with ballot.connect() as conn:
        assert feeder.run(conn, now + WINDOW / 2) == 0
        assert [feeder.run(conn, now + WINDOW), feeder.run(conn, now + WINDOW)] == [1, 0]
        assert feeder.run(conn, now + 2 * WINDOW) == 1, "what still waits is told again"
    assert ballot.told("ballot.cast")[0]["data"] == {"ballot_id": str(voted.id)}
    voted.verify()
    with ballot.connect() as conn:
        assert feeder.run(conn, now + 3 * WINDOW) == 0


def test_a_full_batch_and_a_closed_box_wait_for_nobody(ballot: Service) -> None:
    """R-130: in a crowd there is company enough, and between close and result nobody waits."""
    voted = electronic(ballot, 10, entitled=20, present=10).begin(present=10)
    for elector in range(10):
        voted.cast(elector, 0)
    feeder, now = Feeder(), clock.now()
    with ballot.connect() as conn:
        assert [feeder.run(conn, now), feeder.run(conn, now)] == [1, 0]
    voted.post(FIRST, "close")
    with ballot.connect() as conn:
        assert [feeder.run(conn, now), feeder.run(conn, now)] == [2, 0]


def test_who_came_after_the_last_waking_is_not_left_waiting_when_the_box_closes(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    feeder, now = Feeder(), clock.now()
    voted.cast(0, 0)
    with ballot.connect() as conn:
        assert [feeder.run(conn, now), feeder.run(conn, now + WINDOW)] == [0, 1]
    voted.cast(1, 0)
    voted.post(FIRST, "close", explanation="二人没有投票")
    with ballot.connect() as conn:
        assert [feeder.run(conn, now + WINDOW), feeder.run(conn, now + WINDOW)] == [1, 0]


def test_chance_decides_which_of_those_who_wait_come_first(ballot: Service) -> None:
    """R-130: no credential is always before another, and the order in which they came is not that of the archive."""
    voted = electronic(ballot, 10, entitled=20, present=10).begin(present=10)
    for elector in range(10):
        voted.cast(elector, 0)
    claimed = set()
    for _ in range(20):
        with ballot.connect() as conn:
            claimed.add(tuple(each.credential for each in store.claim(conn, TENANT, voted.id, 3)))
    assert len(claimed) > 10
