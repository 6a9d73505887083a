"""What becomes of a message: acted on once, tried again, or laid aside with its reason; never lost or in the way."""

import json
import uuid

import psycopg
import pytest
from psycopg import sql

from shared.messaging import envelope, outbox, topology
from shared.messaging.consumer import broker, dead
from shared.messaging.consumer.dead import DeadLetter
from tests.trial import Trial, event, leave_mark, tell_one, until


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topology, "PAUSES", (0.05, 0.2))


def dead_letters(trial: Trial) -> list[DeadLetter]:
    with dead.opened(trial.amqp_url, trial.name) as box:
        return box.letters() if box else []


def body(trial: Trial, number: int, **changes: object) -> bytes:
    """Make an envelope by hand and change fields of it."""
    trial.tell(number)
    with trial.connect() as conn:
        whole = json.loads(envelope.encode(outbox.claim(conn, 1000)[-1], trial.name))
        conn.execute("DELETE FROM outbox")
    return json.dumps({**whole, **changes}).encode()


def test_a_message_that_comes_again_has_no_second_effect(trial: Trial) -> None:
    trial.declare()
    same = body(trial, 1)
    for _ in range(5):
        trial.put(same)
    with trial.running(relay=False):
        until(lambda: trial.effects())
        trial.put(same)
        trial.put(body(trial, 2))
        until(lambda: 2 in trial.effects())
    assert trial.effects() == [1, 2]
    assert trial.depth(trial.name) == 0


def test_a_refusal_is_laid_aside_at_once_with_the_classs_own_sentence(trial: Trial) -> None:
    (told,) = trial.tell(1, does="refuse")
    trial.tell(2)
    with trial.running():
        until(lambda: dead_letters(trial))
        until(lambda: trial.effects())
    (letter,) = dead_letters(trial)
    assert (letter.id, letter.reason, letter.text) == (str(told), "trial_refused", "试验中的拒绝。")
    assert letter.attempts == 0
    assert trial.effects() == [2]


def test_one_bad_message_in_a_batch_takes_nothing_from_the_others(trial: Trial) -> None:
    trial.tell(*range(20))
    trial.tell(20, does="refuse")
    trial.tell(*range(21, 40))
    with trial.running(listener=False):
        until(lambda: trial.waiting() == 0)
    with trial.running(relay=False):
        until(lambda: len(trial.effects()) == 39)
        until(lambda: dead_letters(trial))
    assert sorted(trial.effects()) == [*range(20), *range(21, 40)]


def test_a_defect_is_tried_again_after_each_pause_and_then_laid_aside(trial: Trial) -> None:
    trial.tell(1, does="fail")
    with trial.running():
        until(lambda: dead_letters(trial))
    (letter,) = dead_letters(trial)
    assert letter.reason == "defect"
    assert letter.attempts == len(topology.PAUSES)
    assert "a defect" not in letter.text


def test_what_waits_for_another_fact_waits_past_the_last_pause_and_is_then_acted_on(trial: Trial) -> None:
    trial.tell(1, does="wait")
    trial.tell(2)
    tries: list[int] = []

    def count(conn: psycopg.Connection, message: object) -> None:
        tries.append(1)
        from tests.trial import leave_mark

        leave_mark(conn, message)  # type: ignore[arg-type]

    with trial.running(handlers={trial.event: count}):
        until(lambda: trial.effects() == [2])
        until(lambda: len(tries) > 2 + 2 * len(topology.PAUSES))
        with trial.connect() as conn:
            conn.execute("INSERT INTO fact VALUES (1)")
        until(lambda: trial.effects() == [2, 1])
    assert dead_letters(trial) == []


def test_what_an_old_release_does_not_hear_reaches_the_new_one_that_runs_beside_it_or_comes_later(trial: Trial) -> None:
    """Decision 9: `migrate` of a new release binds its events to the queue on which the old one still works."""
    trial.declare()
    later = event(trial.name, "later")
    bound = {trial.event: leave_mark, later: leave_mark}
    trial.declare(bound)
    with trial.connect() as conn:
        tell_one(conn, later, 1)
    trial.tell(2)
    with trial.running():
        until(lambda: trial.effects() == [2])
        until(lambda: dead_letters(trial))
    (letter,) = dead_letters(trial)
    assert (letter.reason, letter.attempts) == ("not_heard", len(topology.PAUSES))
    with dead.opened(trial.amqp_url, trial.name) as box:
        assert box
        for each in box.letters():
            box.replay(each)
    with trial.running(handlers=bound):
        until(lambda: trial.effects() == [2, 1])


def test_a_release_takes_away_what_it_hears_no_more_but_who_only_reconnects_does_not(trial: Trial) -> None:
    """Decision 9: an old process that finds the broker again must not undo what the new release bound."""
    former = event(trial.name, "former")
    trial.declare({trial.event: leave_mark, former: leave_mark})
    for release, deep in ((False, 1), (True, 1)):
        topology.declare(trial.amqp_url, trial.name, trial.handlers, wait=5, release=release)
        with trial.connect() as conn:
            tell_one(conn, former, 1)
        with trial.running(listener=False):
            until(lambda: trial.waiting() == 0)
        assert trial.depth(trial.name) == deep


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"specversion": "0.3"}, "malformed_envelope"),
        ({"id": 7}, "malformed_envelope"),
        ({"data": []}, "malformed_envelope"),
        ({"data": {"number": "many"}}, "invalid_facts"),
        ({"type": "no.such", "dataschema": "urn:shanguang:event:no.such:1"}, "unknown_event"),
    ],
)
def test_what_cannot_be_read_is_laid_aside_and_stops_nothing(
    trial: Trial, changes: dict[str, object], reason: str
) -> None:
    trial.declare()
    trial.put(body(trial, 1, **changes))
    trial.put(body(trial, 2))
    with trial.running(relay=False):
        until(lambda: trial.effects() == [2])
        until(lambda: dead_letters(trial))
    assert [letter.reason for letter in dead_letters(trial)] == [reason]


def test_a_version_that_this_code_does_not_know_is_laid_aside(trial: Trial) -> None:
    trial.declare()
    trial.put(body(trial, 1, dataschema=f"urn:shanguang:event:{trial.event.event_name}:9"))
    with trial.running(relay=False):
        until(lambda: dead_letters(trial))
    assert dead_letters(trial)[0].reason == "unknown_version"


@pytest.mark.parametrize("garbage", [b"", b"\x00\xff", b"[]", b'"text"', b"{}", b"[" * 100_000, b'{"data": 1e999}'])
def test_garbage_is_laid_aside(trial: Trial, garbage: bytes) -> None:
    trial.declare()
    trial.put(garbage, headers={"shanguang-attempt": "many", "compression": "application/x-gzip"})
    trial.put(body(trial, 1))
    with trial.running(relay=False):
        until(lambda: dead_letters(trial))
        until(lambda: trial.effects() == [1])
    assert dead_letters(trial)[0].reason == "malformed_envelope"


def test_a_message_during_which_the_process_dies_too_often_is_laid_aside(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topology, "DELIVERY_LIMIT", 2)
    trial.declare()
    trial.put(body(trial, 1))

    def die() -> bool:
        """Take the message and lose the connection, as a process that dies does."""
        with broker.connection(trial.amqp_url) as conn:
            conn.default_channel.basic_get(trial.name)
        return bool(dead_letters(trial))

    until(die)
    (letter,) = dead_letters(trial)
    assert (letter.reason, letter.queue) == ("delivery_limit", trial.name)


def test_while_the_database_is_away_nothing_is_lost_or_laid_aside(trial: Trial) -> None:
    trial.declare()
    for number in range(10):
        trial.put(body(trial, number))
    server, _, name = trial.database_url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:

        def allow(whether: bool) -> None:
            admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(sql.Identifier(name), whether))
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

        with trial.running(relay=False):
            until(lambda: len(trial.effects()) == 10)
            allow(False)
            late = uuid.uuid4()
            trial.put(second(trial, 10, late))
            until(lambda: trial.depth(trial.name) == 0)
            allow(True)
            until(lambda: len(trial.effects()) == 11)
    assert dead_letters(trial) == []


def second(trial: Trial, number: int, event_id: uuid.UUID) -> bytes:
    """Make an envelope without the database."""
    told = outbox.Told(
        position=1, id=str(event_id), tenant_id=str(uuid.UUID(int=7)), name=trial.event.event_name, version=1,
        exchange="shanguang.events", subject="x", correlation_id=str(uuid.uuid4()), causation_id=None,
        occurred_at="2013-04-01T01:30:00Z", data=json.dumps({"number": number}), traceparent=None,
    )  # fmt: skip
    return envelope.encode(told, trial.name)
