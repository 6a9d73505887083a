"""Messages are acted on in their order, each once, all in one transaction; a server that is away blames nobody."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import structlog

from shared import telemetry
from shared.events import Message
from shared.messaging import inbox, thread
from shared.messaging.handling import DatabaseDown, handle, is_down
from shared.messaging.reading import Heard

AT = datetime(2013, 4, 1, tzinfo=UTC)


class Ledger:
    """A pool of one connection that remembers how its transactions ended."""

    def __init__(self) -> None:
        self.ends: list[str] = []

    @contextmanager
    def connection(self) -> Iterator[object]:
        try:
            yield self
        except Exception:
            self.ends.append("undone")
            raise
        self.ends.append("kept")


def message(name: str = "ballot.called") -> Message:
    return Message(uuid4(), name, 1, "ballot", uuid4(), "x", AT, uuid4(), None, {})


def heard(*messages: Message, handler: Any, traced: bool = True) -> list[Heard]:
    return [Heard(one, handler, None, traced) for one in messages]


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> set[UUID]:
    """Give the ids that the inbox has noted already."""
    before: set[UUID] = set()

    def note(_: object, __: str, messages: Sequence[Message]) -> set[UUID]:
        return {one.id for one in messages} - before

    monkeypatch.setattr(inbox, "note", note)
    return before


def run(ledger: Ledger, items: Sequence[Heard]) -> int:
    return handle(ledger, "ballot.events", items)  # type: ignore[arg-type]


@pytest.mark.usefixtures("known")
def test_messages_are_acted_on_in_their_order_and_a_copy_in_the_batch_once() -> None:
    first, second = message(), message()
    ledger, acted = Ledger(), list[UUID]()
    count = run(ledger, heard(first, second, first, handler=lambda _, one: acted.append(one.id)))
    assert (count, acted, ledger.ends) == (2, [first.id, second.id], ["kept"])


def test_what_was_acted_on_before_has_no_second_effect(known: set[UUID]) -> None:
    old, new = message(), message()
    known.add(old.id)
    acted = list[UUID]()
    assert run(Ledger(), heard(old, new, handler=lambda _, one: acted.append(one.id))) == 1
    assert acted == [new.id]
    assert run(Ledger(), heard(old, handler=lambda _, one: acted.append(one.id))) == 0


@pytest.mark.usefixtures("known")
def test_what_a_handler_tells_is_caused_by_the_message_and_belongs_to_its_thread() -> None:
    one, seen, logged = message(), list[tuple[UUID, UUID | None]](), dict[str, object]()

    def act(*_: object) -> None:
        seen.append(thread.current())
        logged.update(structlog.contextvars.get_contextvars())

    run(Ledger(), heard(one, handler=act))
    assert seen == [(one.correlation_id, one.id)]
    assert logged == {
        "correlation_id": str(one.correlation_id), "event_id": str(one.id), "event_name": one.name,
    }  # fmt: skip


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (psycopg.errors.AdminShutdown(), DatabaseDown),
        (psycopg.errors.UniqueViolation(), psycopg.errors.UniqueViolation),
        (ZeroDivisionError(), ZeroDivisionError),
    ],
)
def test_one_that_fails_undoes_all_and_only_a_server_that_is_away_is_told_as_such(
    error: Exception, told: type[Exception]
) -> None:
    def fail(*_: object) -> None:
        raise error

    ledger = Ledger()
    with pytest.raises(told):
        run(ledger, heard(message(), handler=fail))
    assert ledger.ends == ["undone"]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(("traced", "silent"), [([True, True], 0), ([True, False], 1), ([False], 1)])
def test_a_batch_with_something_secret_in_it_leaves_no_trace(
    traced: list[bool], silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trace would tie together what the secret keeps apart."""
    asked = list[None]()

    def untraced() -> Any:
        asked.append(None)
        return nullcontext()

    monkeypatch.setattr(telemetry, "untraced", untraced)
    items = [one for flag in traced for one in heard(message(), handler=lambda *_: None, traced=flag)]
    run(Ledger(), items)
    assert len(asked) == silent


@pytest.mark.parametrize(
    ("error", "down"),
    [
        (psycopg.OperationalError("gone"), True),
        (psycopg.InterfaceError("closed"), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.TooManyConnections(), True),
        (psycopg.errors.ReadOnlySqlTransaction(), True),
        (psycopg.errors.ConnectionFailure(), True),
        (psycopg.errors.DiskFull(), True),
        (psycopg.errors.QueryCanceled(), False),
        (psycopg.errors.NoActiveSqlTransaction(), False),
        (psycopg.errors.DeadlockDetected(), False),
        (psycopg.errors.LockNotAvailable(), False),
        (psycopg.errors.UniqueViolation(), False),
        (psycopg.ProgrammingError("wrong"), False),
    ],
)
def test_only_a_server_that_is_away_counts_as_down(error: psycopg.Error, down: bool) -> None:
    assert is_down(error) is down
