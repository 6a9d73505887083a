"""What time makes due: done batch after batch while there is any, each in its transactions; and how long it rests."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import clock, telemetry
from shared.messaging import deadlines
from shared.messaging.deadlines import SHARE, perform, rest, run
from shared.messaging.hearing import REST, Deadline, Errand

SECONDS = st.floats(0, 10_000, allow_nan=False)


def test_a_quick_search_is_made_as_often_as_it_says() -> None:
    assert rest(0.1, 0.002) == 0.1
    assert rest(60.0, 30.0) == 60.0


def test_a_dear_search_is_made_less_often() -> None:
    assert rest(0.1, 0.3) == SHARE * 0.3
    assert rest(0.1, 5.0) == REST


@given(every=SECONDS, took=SECONDS, longer=SECONDS)
def test_nothing_rests_shorter_than_it_says_nor_longer_than_both_it_and_the_usual_rest(
    every: float, took: float, longer: float
) -> None:
    assert every <= rest(every, took) <= max(every, REST)
    assert rest(every, took) <= rest(every, took + longer)


class Ledger:
    """A pool that remembers in which order its transactions and everything else began and ended."""

    def __init__(self) -> None:
        self.said: list[object] = []

    @contextmanager
    def connection(self) -> Iterator["Ledger"]:
        self.said.append("begin")
        yield self
        self.said.append("commit")


def once(work: Deadline | Errand, ledger: Ledger) -> int:
    return deadlines.once(work, ledger)  # type: ignore[arg-type]


def errand(ledger: Ledger, batch: Sequence[int]) -> Errand:
    def go(claimed: Sequence[Any]) -> Sequence[Any]:
        ledger.said.append(("go", list(claimed)))
        return [one * 10 for one in claimed]

    def note(_: object, results: Sequence[Any], __: datetime) -> None:
        ledger.said.append(("note", list(results)))

    return Errand("mail", lambda *_: batch, go, note)


def test_a_deadline_is_done_in_one_transaction_at_the_time_of_the_clock() -> None:
    ledger, now = Ledger(), clock.now()

    def work(_: object, at: datetime) -> int:
        ledger.said.append(at)
        return 3

    assert perform(Deadline("due", work), ledger.connection, now) == 3  # type: ignore[arg-type]
    assert ledger.said == ["begin", now, "commit"]


def test_an_errand_speaks_to_the_outside_while_no_transaction_is_open() -> None:
    """Decision 10."""
    ledger = Ledger()
    assert once(errand(ledger, [1, 2]), ledger) == 2
    assert ledger.said == ["begin", "commit", ("go", [1, 2]), "begin", ("note", [10, 20]), "commit"]


def test_an_errand_that_finds_nothing_goes_nowhere() -> None:
    ledger = Ledger()
    assert once(errand(ledger, []), ledger) == 0
    assert ledger.said == ["begin", "commit"]


@pytest.mark.parametrize(("traced", "silent"), [(True, 0), (False, 1)])
def test_what_is_secret_is_done_without_a_trace(traced: bool, silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[None]()

    def untraced() -> Any:
        asked.append(None)
        return nullcontext()

    monkeypatch.setattr(telemetry, "untraced", untraced)
    assert once(Deadline("due", lambda *_: 1, traced=traced), Ledger()) == 1
    assert len(asked) == silent


def test_one_that_fails_holds_up_no_other_and_what_finds_work_goes_on_at_once() -> None:
    stop, tried, left = Event(), list[str](), [3, 2, 1]

    def fail(*_: object) -> int:
        tried.append("fails")
        raise ZeroDivisionError

    def work(*_: object) -> int:
        tried.append("works")
        if left:
            return left.pop()
        stop.set()
        return 0

    never = Deadline("never", lambda *_: pytest.fail("it was told to stop"))
    run([Deadline("broken", fail), Deadline("due", work), never], Ledger(), stop)  # type: ignore[arg-type]
    assert tried == ["fails", "works", "works", "works", "works"]


def test_one_that_always_finds_work_gives_the_others_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "AT_ONCE", 2)
    stop, tried = Event(), list[str]()

    def endless(*_: object) -> int:
        tried.append("endless")
        return 1

    def last(*_: object) -> int:
        tried.append("last")
        stop.set()
        return 0

    run([Deadline("endless", endless), Deadline("last", last)], Ledger(), stop)  # type: ignore[arg-type]
    assert tried == ["endless", "endless", "last"]


class Hours:
    """A clock that stands still but while it is waited for; after some waits it says stop."""

    def __init__(self, waits: int) -> None:
        self.now, self.left, self.waited = 100.0, waits, list[float]()

    def monotonic(self) -> float:
        return self.now

    def is_set(self) -> bool:
        return not self.left

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds
        self.left -= 1


def test_each_rests_as_long_as_it_says_and_nothing_is_looked_for_before_the_first_is_due(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hours, tried = Hours(3), list[tuple[str, float]]()
    monkeypatch.setattr(deadlines, "time", hours)

    def nothing(name: str) -> Deadline:
        def look(*_: object) -> int:
            tried.append((name, hours.now))
            return 0

        return Deadline(name, look, every={"seldom": 7.0, "often": 3.0}[name])

    run([nothing("seldom"), nothing("often")], Ledger(), hours)  # type: ignore[arg-type]
    assert hours.waited == [3.0, 3.0, 1.0]
    assert tried == [("seldom", 100.0), ("often", 100.0), ("often", 103.0), ("often", 106.0)]


def test_where_nothing_is_ever_due_it_only_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    hours = Hours(1)
    monkeypatch.setattr(deadlines, "time", hours)
    run([], Ledger(), hours)  # type: ignore[arg-type]
    assert hours.waited == [REST]
