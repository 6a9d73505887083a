"""Processes and servers die at any moment: nothing that was told is lost, and each fact has exactly one effect."""

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from shared.messaging import outbox
from shared.messaging.relay import Publisher, letter
from tests.kept import Kept, Servers, own_servers
from tests.trial import Trial, fresh, tell_one, until


@pytest.fixture(scope="module")
def nodes() -> Iterator[Servers]:
    with own_servers() as found:
        if found is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)("PostgreSQL and RabbitMQ are not installed")
        yield found


@pytest.fixture
def trial(nodes: Servers) -> Iterator[Trial]:
    with fresh(nodes.database_url, nodes.amqp_url) as made:
        yield made


@contextmanager
def telling(trial: Trial) -> Iterator[None]:
    """Tell facts in small transactions until the end of the block, over every interruption."""
    ended = threading.Event()

    def tell_on() -> None:
        number = 0
        while not ended.is_set():
            try:
                with psycopg.connect(trial.database_url) as conn:
                    while not ended.is_set():
                        tell_one(conn, trial.event, number)
                        number += 1
                        if number % 5 == 0:
                            conn.commit()
                            time.sleep(0.005)
            except psycopg.Error:
                time.sleep(0.05)

    thread = threading.Thread(target=tell_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(20)


def effects(trial: Trial) -> list[str]:
    with trial.connect() as conn:
        return sorted(str(row[0]) for row in conn.execute("SELECT event_id FROM effect").fetchall())


def told(trial: Trial) -> list[str]:
    with trial.connect() as conn:
        return sorted(str(row[0]) for row in conn.execute("SELECT id FROM outbox").fetchall())


def progress(trial: Trial, more: int = 50) -> None:
    """Wait until the effects have grown, so that the next blow falls in the middle of work."""
    enough = len(effects(trial)) + more
    until(lambda: len(effects(trial)) >= enough, seconds=90)


def settled(trial: Trial) -> None:
    """Wait until every fact has an effect; then there must be one for each."""
    everything = told(trial)
    assert everything
    until(lambda: len(effects(trial)) >= len(everything), seconds=120)
    assert effects(trial) == everything


def test_relay_and_listener_are_killed_again_and_again(trial: Trial) -> None:
    with Kept(trial, "relay") as relay, Kept(trial, "consume") as consumer:
        with telling(trial):
            for _ in range(3):
                progress(trial)
                relay.kill()
                progress(trial)
                consumer.kill()
            progress(trial)
        settled(trial)
    assert (relay.code, consumer.code) == (0, 0)


def test_the_broker_is_killed_in_the_middle(trial: Trial, nodes: Servers) -> None:
    with Kept(trial) as worker:
        with telling(trial):
            progress(trial)
            nodes.kill("beam.smp")
            progress(trial)
        settled(trial)
    assert worker.starts == 1, "the worker lives through it"
    assert worker.code == 0


def test_the_database_is_killed_in_the_middle(trial: Trial, nodes: Servers) -> None:
    with Kept(trial) as worker:
        with telling(trial):
            progress(trial)
            nodes.kill("postgres")
            until(lambda: answers(trial), seconds=60)
            progress(trial)
        settled(trial)
    assert worker.starts == 1, "the worker lives through it"
    assert worker.code == 0


def answers(trial: Trial) -> bool:
    try:
        return bool(effects(trial)) or True
    except psycopg.OperationalError:
        return False


def test_every_event_arrives_twice_and_in_another_order(trial: Trial) -> None:
    trial.tell(*range(500))
    with trial.connect() as conn:
        letters = [letter(fact, trial.name) for fact in outbox.claim(conn, 500)] * 2
    random.Random(2013).shuffle(letters)
    with Publisher(trial.amqp_url) as publisher, Kept(trial, "consume"), Kept(trial, "consume"):
        assert len(publisher.send(letters).confirmed) == 1000
        settled(trial)
        until(lambda: trial.depth(trial.name) == 0)
    assert effects(trial) == told(trial)


def test_two_workers_relay_nothing_twice_and_act_once(trial: Trial) -> None:
    with Kept(trial) as one, Kept(trial) as other:
        with telling(trial):
            progress(trial, 200)
            one.kill()
            progress(trial, 200)
        settled(trial)
    assert (one.code, other.code) == (0, 0)
