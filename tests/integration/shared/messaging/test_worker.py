"""The worker process, what time makes due, and the trace that runs through a message."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider

from shared import clock, log, telemetry
from shared.db import Connection, Pool, open_pool
from shared.events import Message
from shared.messaging import Deadline, Errand, deadlines, worker
from tests import services
from tests.trial import Trial, tell_one, until


@pytest.fixture
def pool(trial: Trial) -> Iterator[Pool]:
    opened = open_pool(trial.database_url, size=2)
    yield opened
    opened.close()


def start(trial: Trial, only: str = "") -> subprocess.Popen[str]:
    given = {"database_url": trial.database_url, "amqp_url": trial.amqp_url, "name": trial.name}
    command = [sys.executable, "-m", "tests.trial", json.dumps(given), only]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_ends_well(trial: Trial, number: signal.Signals) -> None:
    trial.tell(1)
    with start(trial) as process:
        until(lambda: trial.effects())
        process.send_signal(number)
        out, _ = process.communicate(timeout=30)
    lines = [json.loads(line) for line in out.splitlines()]
    assert process.returncode == 0
    assert lines[-1] | {"failed": [], "stuck": []} == lines[-1]
    assert {line["service"] for line in lines} == {trial.name}


def test_a_worker_one_of_whose_parts_dies_ends_with_an_error(trial: Trial) -> None:
    with trial.connect() as conn:
        conn.execute("DROP TABLE outbox")
    with start(trial) as process:
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "part_died" in out


def test_each_part_can_run_alone(trial: Trial) -> None:
    trial.tell(1)
    with start(trial, "relay") as relay:
        until(lambda: trial.waiting() == 0)
        assert trial.effects() == []
        relay.terminate()
    with start(trial, "consume") as consumer:
        until(lambda: trial.effects() == [1])
        consumer.terminate()
    assert (relay.wait(30), consumer.wait(30)) == (0, 0)


def test_a_part_that_does_not_exist_is_refused(trial: Trial) -> None:
    with pytest.raises(ValueError, match="relay"):
        worker.run(services.config(trial.name, trial.database_url), {}, [], only="everything")


def test_a_deadline_is_run_again_at_once_while_it_finds_work_and_each_batch_is_kept(trial: Trial, pool: Pool) -> None:
    moments: list[datetime] = []

    def one_fact(conn: Connection, now: datetime) -> int:
        moments.append(now)
        conn.execute("INSERT INTO fact VALUES (%s)", [len(moments)])
        return 1 if len(moments) < 5 else 0

    stop, began = Signal(), clock.now()
    thread = Thread(target=deadlines.run, args=[[Deadline("facts", one_fact)], pool, stop])
    thread.start()
    until(lambda: len(moments) >= 5)
    stop.set()
    thread.join(60)
    with trial.connect() as conn:
        assert conn.execute("SELECT count(*) FROM fact").fetchone() == (5,)
    assert began <= moments[0] <= clock.now()


def test_a_deadline_that_fails_changes_nothing_and_holds_up_no_other(trial: Trial, pool: Pool) -> None:
    done: list[int] = []

    def fails(conn: Connection, _: datetime) -> int:
        conn.execute("INSERT INTO fact VALUES (1)")
        raise ZeroDivisionError

    def works(_: Connection, __: datetime) -> int:
        done.append(1)
        return 0

    stop = Signal()
    both = [Deadline("fails", fails, 0.01), Deadline("works", works, 0.01)]
    thread = Thread(target=deadlines.run, args=[both, pool, stop])
    thread.start()
    until(lambda: len(done) >= 3)
    stop.set()
    thread.join(60)
    with trial.connect() as conn:
        assert conn.execute("SELECT count(*) FROM fact").fetchone() == (0,)
    assert telemetry.REGISTRY.get_sample_value("shanguang_deadline_failures_total", {"deadline": "fails"})


def test_an_errand_is_claimed_done_and_noted_with_no_transaction_open_meanwhile(trial: Trial, pool: Pool) -> None:
    """Decision 10: what was claimed is kept before anything leaves, and stays claimed when the way out fails."""

    def claim(conn: Connection, _: datetime) -> list[int]:
        conn.execute("INSERT INTO fact VALUES (1)")
        return [1]

    def go(claimed: Sequence[int]) -> list[int]:
        with trial.connect() as conn:
            seen = conn.execute("SELECT count(*) FROM fact").fetchone()
        assert seen == (1,)
        return [each + 1 for each in claimed]

    def note(conn: Connection, results: Sequence[int], _: datetime) -> None:
        conn.execute("INSERT INTO fact VALUES (%s)", [results[0]])

    def fails(_: Sequence[int]) -> list[int]:
        raise ConnectionResetError

    assert deadlines.once(Errand("errand", claim, go, note), pool) == 1
    assert facts(trial) == [1, 2]
    with trial.connect() as conn:
        conn.execute("DELETE FROM fact")
    with pytest.raises(ConnectionResetError):
        deadlines.once(Errand("errand", claim, fails, note), pool)
    assert facts(trial) == [1]


def facts(trial: Trial) -> list[int]:
    with trial.connect() as conn:
        return sorted(number for (number,) in conn.execute("SELECT * FROM fact"))


def test_a_trace_runs_on_from_the_teller_to_the_handler(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    trace.set_tracer_provider(TracerProvider())
    seen: list[str | None] = []

    def look(_: Connection, __: Message) -> None:
        seen.append(telemetry.traceparent())

    with telemetry.span("request"), trial.connect() as conn:
        begun = telemetry.traceparent()
        tell_one(conn, trial.event, 1)
    with trial.running(handlers={trial.event: look}):
        until(lambda: seen)
    assert begun
    assert seen[0]
    assert seen[0].split("-")[1] == begun.split("-")[1]
    assert seen[0] != begun


def test_what_was_handled_is_counted(trial: Trial) -> None:
    trial.tell(1, 2, 3)
    with trial.running():
        until(lambda: len(trial.effects()) == 3)
        until(lambda: counted(trial) == 3)
    assert trial.name.encode() in telemetry.exposition()


def counted(trial: Trial) -> float | None:
    labels = {"queue": trial.name, "outcome": "handled"}
    return telemetry.REGISTRY.get_sample_value("shanguang_events_handled_total", labels)


def test_a_deadline_rests_as_long_as_it_says(trial: Trial, pool: Pool) -> None:
    often: list[int] = []
    seldom: list[int] = []

    def count(into: list[int]) -> Callable[[Connection, datetime], int]:
        def run(_: Connection, __: datetime) -> int:
            into.append(1)
            return 0

        return run

    stop = Signal()
    both = [Deadline("often", count(often), 0.001), Deadline("seldom", count(seldom), 3600)]
    thread = Thread(target=deadlines.run, args=[both, pool, stop])
    thread.start()
    until(lambda: len(often) >= 5)
    stop.set()
    thread.join(60)
    assert len(seldom) == 1


def test_a_further_queue_is_a_part_with_its_own_word_that_can_run_alone_or_be_left_to_others(trial: Trial) -> None:
    started: list[set[str]] = []

    def parts(only: str | None = None, without: str | None = None) -> set[str]:
        config = services.config("trial", trial.database_url, amqp_url=trial.amqp_url)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(worker, "_supervise", lambda wanted, *_: started.append(set(wanted)))
            patch.setattr(log, "configure", lambda *_: None)
            patch.setattr(signal, "signal", lambda *_: None)
            worker.run(config, {}, [], only=only, without=without, extra={"trial.heavy": {}})
        return started[-1]

    assert parts() == {"consume", "relay", "deadlines", "heavy"}
    assert parts(only="heavy") == {"heavy"}
    assert parts(without="heavy") == {"consume", "relay", "deadlines"}
    with pytest.raises(ValueError, match="heavy"):
        parts(without="light")


def test_a_process_beats_while_all_its_parts_run_and_no_longer_once_one_died(tmp_path: Path) -> None:
    beat, stop, die = tmp_path / "heartbeat", Signal(), Signal()
    ended: list[object] = []

    def wait(signal: Signal) -> None:
        signal.wait()

    def run() -> None:
        try:
            worker._supervise({"one": partial(wait, stop), "other": partial(wait, die)}, stop, beat)
        except SystemExit as end:
            ended.append(end.code)

    thread = Thread(target=run)
    thread.start()
    until(beat.exists)
    beat.unlink()
    until(beat.exists)
    die.set()
    thread.join(60)
    assert ended == [1]
    assert not thread.is_alive(), "and so nothing beats any more"
