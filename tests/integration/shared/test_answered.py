"""Answers kept for repeated requests are taken away in every service, anonymous ones within the day (decision 4)."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from uuid import UUID, uuid4

import psycopg
import pytest

from shared import answered, clock
from shared.answered import ANONYMOUS, KEPT, NOBODY
from shared.db import Connection, open_pool
from shared.messaging import worker
from tests import services
from tests.trial import until

NOW = clock.now()
MOMENT = timedelta(seconds=1)


def keep(conn: Connection, key: str, age: timedelta, person_id: UUID | None = None) -> None:
    conn.execute(
        "INSERT INTO request (tenant_id, person_id, key, target, made_at) VALUES (%s, %s, %s, 'POST /x', %s)",
        [uuid4(), person_id or uuid4(), key, NOW - age],
    )


def kept(conn: Connection) -> set[str]:
    return {row[0] for row in conn.execute("SELECT key FROM request").fetchall()}


@pytest.fixture
def url(database: Callable[[str], str]) -> str:
    return database("notify")


def test_an_answer_is_kept_for_its_time_and_an_anonymous_one_for_less_than_a_day(url: str) -> None:
    with psycopg.connect(url) as conn:
        keep(conn, "old", KEPT + MOMENT)
        keep(conn, "young", KEPT - MOMENT)
        keep(conn, "old receipt", ANONYMOUS + MOMENT, NOBODY)
        keep(conn, "young receipt", ANONYMOUS - MOMENT, NOBODY)
        assert answered.forget(conn, NOW) == 2
        assert kept(conn) == {"young", "young receipt"}
        assert answered.forget(conn, NOW) == 0
    assert timedelta(days=1) > ANONYMOUS


def test_many_go_a_thousand_at_a_time_and_two_workers_take_different_ones(url: str) -> None:
    with psycopg.connect(url) as one, psycopg.connect(url) as other:
        for number in range(answered.AT_ONCE + 5):
            keep(one, str(number), KEPT + MOMENT)
        one.commit()
        assert answered.forget(one, NOW) == answered.AT_ONCE
        assert answered.forget(other, NOW) == 5


def test_anonymous_and_other_answers_together_go_a_thousand_at_a_time_and_each_once(url: str) -> None:
    with psycopg.connect(url) as conn:
        for number in range(answered.AT_ONCE - 5):
            keep(conn, f"aged {number}", KEPT + MOMENT)
        for number in range(15):
            keep(conn, f"anonymous {number}", ANONYMOUS + MOMENT if number % 2 else KEPT + MOMENT, NOBODY)
        keep(conn, "young", KEPT - MOMENT)
        assert [answered.forget(conn, NOW) for _ in range(3)] == [answered.AT_ONCE, 10, 0]
        assert kept(conn) == {"young"}


def test_every_worker_does_it(url: str) -> None:
    """No service lists it: whoever keeps answers also lets them go."""
    with psycopg.connect(url) as conn:
        keep(conn, "old", KEPT + MOMENT)
    config, pool, stop = services.config("trial", url), open_pool(url, size=2), Event()
    thread = Thread(target=worker.parts(config, pool, {}, [], {}, stop)["deadlines"], daemon=True)
    thread.start()
    try:
        with psycopg.connect(url, autocommit=True) as conn:
            until(lambda: kept(conn) == set())
    finally:
        stop.set()
        thread.join(10)
        pool.close()
