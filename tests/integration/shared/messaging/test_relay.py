"""The relay: marks only what the broker has confirmed, keeps what it could not send, and is alone."""

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event as Signal

import psycopg
import pytest
from kombu.utils.url import parse_url
from pika.adapters.select_connection import SelectConnection

from shared import telemetry
from shared.messaging import topology
from shared.messaging.consumer import broker
from shared.messaging.pauses import BrokerTrouble
from shared.messaging.relay import Letter, Publisher, Relay, clerk
from tests.trial import Trial, event, until

PAUSES = "shanguang_relay_pauses_total"


def make(key: str, *, exchange: str = "", body: bytes = b"{}", may_be_unheard: bool = False) -> Letter:
    return Letter(
        id=str(uuid.uuid4()), exchange=exchange, key=key, body=body, name="x", content_type="application/json",
        may_be_unheard=may_be_unheard,
    )  # fmt: skip


@contextmanager
def running(relay: Relay) -> Iterator[None]:
    stop = Signal()
    thread = threading.Thread(target=relay.run, args=[stop], daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(60)
    assert not thread.is_alive()


def test_a_letter_that_no_queue_takes_is_not_confirmed(trial: Trial) -> None:
    trial.declare()
    with Publisher(trial.amqp_url) as publisher:
        outcome = publisher.send([make(trial.name), make("no.such.queue"), make(trial.name)])
    assert outcome.confirmed == [0, 2]
    assert outcome.trouble


def test_a_letter_that_nobody_need_hear_is_confirmed(trial: Trial) -> None:
    trial.declare()
    with Publisher(trial.amqp_url) as publisher:
        outcome = publisher.send([make("nobody", exchange="shanguang.public", may_be_unheard=True)])
    assert (outcome.confirmed, outcome.trouble) == ([0], None)


def test_an_exchange_that_is_missing_is_trouble_and_nothing_counts_as_sent(trial: Trial) -> None:
    with Publisher(trial.amqp_url) as publisher:
        outcome = publisher.send([make("x", exchange="no.such.exchange") for _ in range(250)])
    assert outcome.confirmed == []
    assert outcome.trouble == "channel closed: 404"


def test_thousands_of_letters_are_all_confirmed(trial: Trial) -> None:
    trial.declare()
    with Publisher(trial.amqp_url) as publisher:
        for _ in range(3):
            outcome = publisher.send([make(trial.name) for _ in range(1000)])
            assert outcome.confirmed == list(range(1000))
    until(lambda: trial.depth(trial.name) == 3000)


def test_many_letters_leave_in_few_writes(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    trial.declare()
    writes: list[int] = []
    write = SelectConnection._adapter_emit_data

    def counted(connection: SelectConnection, data: bytes) -> None:
        writes.append(len(data))
        write(connection, data)

    with Publisher(trial.amqp_url) as publisher:
        monkeypatch.setattr(SelectConnection, "_adapter_emit_data", counted)
        assert len(publisher.send([make(trial.name) for _ in range(1000)]).confirmed) == 1000
    assert len(writes) <= 10


def test_letters_of_every_size_arrive_whole_and_in_order(trial: Trial) -> None:
    trial.declare()
    bodies = [str(number).encode() * size for number, size in enumerate((1, 400_000, 2, 131_072, 131_064, 5))]
    with Publisher(trial.amqp_url) as publisher:
        letters = [make(trial.name, body=body) for body in bodies]
        assert publisher.send(letters).confirmed == list(range(len(bodies)))
    with broker.connection(trial.amqp_url) as conn:
        came = [conn.default_channel.basic_get(trial.name, no_ack=True) for _ in bodies]
    assert [bytes(message.body) for message in came] == bodies
    assert [message.properties["message_id"] for message in came] == [letter.id for letter in letters]


def test_a_backlog_of_several_batches_leaves_in_the_order_of_telling(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clerk, "BATCH", 50)
    trial.declare()
    trial.tell(*range(201))
    with running(trial.relay()):
        until(lambda: trial.waiting() == 0)
    with broker.connection(trial.amqp_url) as conn:
        came = iter(lambda: conn.default_channel.basic_get(trial.name, no_ack=True), None)
        numbers = [json.loads(message.body)["data"]["number"] for message in came]
    assert numbers == list(range(201))


def test_a_broker_that_is_not_there_is_trouble(trial: Trial) -> None:
    where = parse_url(trial.amqp_url)
    with pytest.raises(BrokerTrouble), Publisher(f"amqp://x:y@{where['hostname']}:1/") as publisher:
        publisher.rest(0)


def test_what_a_full_queue_refuses_stays_in_the_outbox_until_there_is_room(trial: Trial) -> None:
    trial.declare()
    full = f"{trial.name}.full"
    with broker.connection(trial.amqp_url) as conn:
        channel = conn.default_channel
        limit = {"x-queue-type": "quorum", "x-max-length": 2, "x-overflow": "reject-publish"}
        channel.queue_declare(full, durable=True, auto_delete=False, arguments=limit)
        channel.queue_bind(full, "shanguang.events", trial.event.event_name)
        with running(trial.relay()):
            trial.tell(*range(3000))
            until(lambda: telemetry.REGISTRY.get_sample_value(PAUSES, {"service": trial.name}))
            assert trial.waiting() > 0
            channel.queue_delete(full)
            until(lambda: trial.waiting() == 0)
    with trial.running(relay=False):
        until(lambda: set(trial.effects()) == set(range(3000)))
    assert len(trial.effects()) == 3000


def test_an_event_that_nobody_hears_is_kept_in_the_queue_of_the_unrouted(trial: Trial) -> None:
    unheard = event(f"{trial.name}.unheard")
    unheard.teller = trial.name
    trial.declare()
    before = trial.depth(topology.UNROUTED)
    with trial.connect() as conn:
        from tests.trial import tell_one

        tell_one(conn, unheard, 1)
    with running(trial.relay()):
        until(lambda: trial.waiting() == 0)
        until(lambda: trial.depth(topology.UNROUTED) > before)


def test_a_second_relay_stands_by_until_the_first_is_gone(trial: Trial) -> None:
    with psycopg.connect(trial.database_url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(7310002)")
        trial.tell(1)
        with running(trial.relay()):
            until(lambda: asked_for_the_lock(trial))
            assert trial.waiting() == 1
            other.execute("SELECT pg_advisory_unlock(7310002)")
            until(lambda: trial.waiting() == 0)


def asked_for_the_lock(trial: Trial) -> bool:
    with trial.connect() as conn:
        row = conn.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock%'"
        ).fetchone()
    return bool(row and row[0])


def test_the_relay_goes_on_when_its_database_connection_is_cut(trial: Trial) -> None:
    with running(trial.relay()):
        trial.tell(1)
        until(lambda: trial.waiting() == 0)
        with psycopg.connect(trial.database_url, autocommit=True) as conn:
            conn.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        trial.tell(2)
        until(lambda: trial.waiting() == 0)
