"""How fast facts travel, as ratios measured in one run: `python -m tests.bench.messaging [events]`.

The servers are those of TEST_DATABASE_URL and TEST_AMQP_URL, else private nodes that write to the disk as real ones do.
Compare ratios within a run: the machine's speed drifts.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from threading import Event as Signal
from typing import Any, NamedTuple

import psycopg
from pika import URLParameters
from pika.adapters.select_connection import SelectConnection
from pika.spec import BasicProperties

from shared.db import open_pool
from shared.messaging import outbox
from shared.messaging.consumer import listener
from shared.messaging.relay import Clerk, Letter, Publisher, letter
from tests.servers import private_nodes
from tests.trial import TENANT, Trial, fresh

WINDOW = 1000
ROUNDS = 3


@contextmanager
def servers() -> Iterator[tuple[str, str]]:
    if os.environ.get("TEST_DATABASE_URL") and os.environ.get("TEST_AMQP_URL"):
        yield os.environ["TEST_DATABASE_URL"], os.environ["TEST_AMQP_URL"]
        return
    with private_nodes() as urls:
        yield urls["TEST_DATABASE_URL"], urls["TEST_AMQP_URL"]


@contextmanager
def a_trial() -> Iterator[Trial]:
    with servers() as (server, amqp_url), fresh(server, amqp_url) as trial:
        yield trial


def fill(trial: Trial, count: int) -> None:
    """Put facts into the outbox, as large as those of the award's path."""
    with trial.connect() as conn:
        conn.execute(
            "INSERT INTO outbox (tenant_id, id, name, version, exchange, subject, correlation_id, occurred_at, data)"
            " SELECT %s, gen_random_uuid(), %s, 1, 'shanguang.events', number::text, gen_random_uuid(), now(),"
            " jsonb_build_object('number', number, 'does', '', 'title', repeat('二〇一三年第一季度', 20))"
            " FROM generate_series(1, %s) AS number",
            [TENANT, trial.event.event_name, count],
        )


class Pace(NamedTuple):
    """What a piece of work took for each event."""

    seconds: float
    busy: float
    """Seconds of this process's processor time; a busy machine changes them least."""

    def __str__(self) -> str:
        return f"{1 / self.seconds:,.0f}/s, {self.busy * 1e6:.1f} µs of CPU each"


def pace(count: int, work: Callable[[], object]) -> Pace:
    began, busy = time.perf_counter(), time.process_time()
    work()
    return Pace((time.perf_counter() - began) / count, (time.process_time() - busy) / count)


def rate(count: int, work: Callable[[], object]) -> float:
    return 1 / pace(count, work).seconds


def middle(paces: Sequence[Pace]) -> Pace:
    return Pace(median(each.seconds for each in paces), median(each.busy for each in paces))


def pika_alone(trial: Trial, bodies: list[bytes]) -> None:
    """Publish with a sliding window of unconfirmed messages and nothing else: the limit of the library."""
    left, answered, waiting = iter(bodies), 0, 0
    channel: Any = None
    properties = BasicProperties(delivery_mode=2)

    def more() -> None:
        nonlocal waiting
        while waiting < WINDOW and (body := next(left, None)) is not None:
            channel.basic_publish("", trial.name, body, properties, mandatory=True)
            waiting += 1
        if not waiting:
            connection.close()

    def on_answer(frame: Any) -> None:
        nonlocal answered, waiting
        newly = frame.method.delivery_tag - answered if frame.method.multiple else 1
        answered, waiting = answered + newly, waiting - newly
        if waiting <= WINDOW // 2:
            more()

    def opened(new: Any) -> None:
        nonlocal channel
        channel = new
        channel.confirm_delivery(on_answer, callback=lambda _: more())

    connection = SelectConnection(
        URLParameters(trial.amqp_url),
        on_open_callback=lambda it: it.channel(on_open_callback=opened),
        on_close_callback=lambda it, _: it.ioloop.stop(),
    )
    connection.ioloop.start()


def relay(trial: Trial) -> None:
    """Relay until nothing waits."""
    stop = Signal()
    with (
        psycopg.connect(trial.database_url, autocommit=True) as first,
        psycopg.connect(trial.database_url, autocommit=True) as second,
        Publisher(trial.amqp_url) as publisher,
        Clerk(first, second, trial.name) as clerk,
    ):
        trial.relay().relay(publisher, clerk, stop, idle=stop.set)


def consume(trial: Trial, count: int) -> None:
    """Hear until every effect is there."""
    stop, pool, acted = Signal(), open_pool(trial.database_url, size=2), 0

    def act(*_: object) -> None:
        nonlocal acted
        acted += 1
        if acted == count:
            stop.set()

    one = trial.listener(pool, {trial.event: act}, stop)
    one.listen()
    pool.close()


def empty(trial: Trial) -> None:
    with trial.connect() as conn:
        conn.execute("TRUNCATE outbox, inbox, effect")
    from shared.messaging.consumer import broker

    with broker.connection(trial.amqp_url) as conn:
        conn.default_channel.queue_purge(trial.name)


def hop(trial: Trial, count: int) -> None:
    """Tell one fact a transaction while the relay and the listener of the same process carry them."""
    with trial.running():
        tellers = [threading.Thread(target=lambda: _tell(trial, count // 4)) for _ in range(4)]
        for teller in tellers:
            teller.start()
        while len(trial.effects()) < count // 4 * 4:
            time.sleep(0.05)


def _tell(trial: Trial, count: int) -> None:
    from tests.trial import tell_one

    with trial.connect() as conn:
        for number in range(count):
            tell_one(conn, trial.event, number)
            conn.commit()


def against_pika(trial: Trial, count: int) -> Pace:
    """Measure pika alone and the relay in turns; give what pika alone took."""
    fill(trial, count)
    with trial.connect() as conn:
        bodies = [letter(told, trial.name).body for told in outbox.claim(conn, count)]
    alone, relayed = [], []
    for _ in range(ROUNDS):
        empty(trial)
        fill(trial, count)
        alone.append(pace(count, lambda: pika_alone(trial, bodies)))
        relayed.append(pace(count, lambda: relay(trial)))
    ratio = median(limit.seconds / whole.seconds for limit, whole in zip(alone, relayed, strict=True))
    print(f"pika alone, window {WINDOW}, {len(bodies[0])} bytes: {middle(alone)} = 1.00")
    print(f"relay, outbox to confirmed and marked: {middle(relayed)} = {ratio:.2f} of pika alone", flush=True)
    return middle(alone)


def stages(trial: Trial, count: int) -> None:
    """Measure what the relay does at once, one after another; the servers' own time is in the rates only."""
    empty(trial)
    fill(trial, count)
    with psycopg.connect(trial.database_url) as conn, Publisher(trial.amqp_url) as publisher:
        outbox.expect_a_backlog(conn)
        facts: list[outbox.Told] = []
        letters: list[Letter] = []
        steps = {
            "claim": lambda: facts.extend(outbox.claim(conn, count)),
            "put into envelopes": lambda: letters.extend(letter(told, trial.name) for told in facts),
            "publish and confirm": lambda: publisher.send(letters),
            "mark": lambda: outbox.mark(conn, [told.position for told in facts]),
        }
        for name, step in steps.items():
            print(f"  {name}: {pace(count, step)}", flush=True)


def hearing(trial: Trial, count: int) -> None:
    """Measure the listener, by batches and one by one."""
    few = count // 10
    empty(trial)
    fill(trial, count)
    relay(trial)
    batched = rate(count, lambda: consume(trial, count))
    empty(trial)
    fill(trial, few)
    relay(trial)
    whole, listener.BATCH = listener.BATCH, 1
    single = rate(few, lambda: consume(trial, few))
    listener.BATCH = whole
    print(f"listener, one message a transaction: {single:,.0f}/s = 1.0")
    print(f"listener, up to {whole} a transaction: {batched:,.0f}/s = {batched / single:.1f} times that", flush=True)


def main(count: int) -> None:
    with a_trial() as trial:
        alone = against_pika(trial, count)
        stages(trial, count)
        hearing(trial, count)
        empty(trial)
        hopped = pace(count // 10, lambda: hop(trial, count // 10))
        ratio = alone.seconds / hopped.seconds
    print(f"one hop in one process, told one a transaction: {1 / hopped.seconds:,.0f}/s = {ratio:.2f} of pika alone")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
