"""Workers and voters at the same time, and a worker that dies: nothing is lost, nothing counted twice."""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.ballot.box import sealing, verifying
from shared import clock
from tests.integration.ballot.boxes import electronic, totals
from tests.integration.ballot.calls import FIRST
from tests.services import Service
from tests.university import TENANT


def test_two_workers_and_voters_at_once_lose_nothing_and_count_nothing_twice(ballot: Service) -> None:
    """Every accepted ballot is in the chain once, in whatever order doors and workers come."""
    voted = electronic(ballot, 12, entitled=20, present=12).begin(present=12)
    bodies = [voted.make(elector, elector % 3) for elector in range(12)]
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set() or voted.verify():
            voted.verify()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(voted.hand_in, bodies * 2))
    stop.set()
    for worker in workers:
        worker.join(60)
    assert {answer.status_code for answer in answers} == {202}
    voted.post(FIRST, "close")
    shown = voted.seal().decrypt(1, 2).get(FIRST).json
    assert totals(shown["candidates"]) == [4, 4, 4]
    with ballot.connect() as conn:
        row = conn.execute("SELECT count(*), count(DISTINCT tracker) FROM accepted_ballot").fetchone()
    assert row == (12, 12)


def test_whoever_is_at_the_door_when_the_box_closes_is_in_it_or_told_that_it_is_closed(ballot: Service) -> None:
    voted = electronic(ballot, 12, entitled=20, present=12).begin(present=12)
    bodies = [voted.make(elector, 0) for elector in range(12)]
    for body in bodies[:4]:
        voted.hand_in(body)
    with ThreadPoolExecutor(5) as people:
        coming = [people.submit(voted.hand_in, body) for body in bodies[4:]]
        closing = people.submit(lambda: voted.post(FIRST, "close", explanation="到点"))
        answers = [each.result() for each in coming]
        assert closing.result().status_code == 200
    taken = 4 + sum(1 for answer in answers if answer.status_code == 202)
    assert {answer.json.get("code", "") for answer in answers} <= {"", "box_closed"}
    shown = voted.seal().decrypt(1, 2).get(FIRST).json
    assert shown["tallied"] == totals(shown["candidates"])[0] == taken


class Death(BaseException):
    """A process ended here."""


@pytest.mark.parametrize("at", range(12))
def test_a_worker_that_dies_between_any_two_statements_leaves_all_or_nothing(ballot: Service, at: int) -> None:
    """Whatever a worker had done is undone with its transaction; the next one does it."""
    voted = electronic(ballot).begin()
    for elector in range(4):
        voted.cast(elector, 0)
    die_after(ballot, lambda conn: verifying.verify(conn, TENANT, voted.id), at)
    assert len(voted.records()) == 5
    assert voted.verify() == 4
    voted.post(FIRST, "close")
    for step in range(at):
        die_after(ballot, lambda conn: sealing.seal_drained(conn, clock.now()), step)
    shown = voted.seal().decrypt(1, 2).get(FIRST).json
    assert totals(shown["candidates"]) == [4, 0, 0]


def die_after(service: Service, act: Callable[[Any], object], statements: int) -> None:
    """Let a process die after so many statements of an act, or at the latest before its commit."""
    with contextlib.suppress(Death), service.connect() as conn:
        act(Dying(conn, statements))
        raise Death


class Dying:
    """A connection on which the work ends after so many statements."""

    def __init__(self, conn: Any, left: int) -> None:
        self._conn, self._left = conn, left

    def _count(self) -> None:
        if self._left == 0:
            raise Death
        self._left -= 1

    def execute(self, *given: Any) -> Any:
        self._count()
        return self._conn.execute(*given)

    def cursor(self, *given: Any, **named: Any) -> Any:
        self._count()
        return self._conn.cursor(*given, **named)

    def transaction(self) -> Any:
        return self._conn.transaction()
