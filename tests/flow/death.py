"""Simulated `kill -9`: a process's talk with its database ends at a chosen exchange, and nothing after it happens.

psycopg sends everything through `Connection.wait`, one call for each exchange with the server: the statement that
begins a transaction, each further one, and its end. Between two exchanges nobody else can tell when the process died;
so a death before each exchange, and one after a commit whose answer never came, are all the deaths there are.
What was not committed is undone, as the server does when it misses its client; the same connection then serves on,
unless it was busy with many statements at once.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar, cast

import psycopg
import pytest
import structlog
from psycopg.pq import PipelineStatus, TransactionStatus

T = TypeVar("T")
FIRST, COMMIT, LOST = "before exchange 1", "before the commit", "after the commit"
ENDS = ("_commit_gen", "_rollback_gen")


class Killed(BaseException):
    """The process is gone; nobody in it is left to catch this."""

    def __init__(self, at: str, event: str = "") -> None:
        super().__init__(at)
        self.at, self.event = at, event


@dataclass
class Blade:
    """Falls at one exchange of one attempt."""

    exchange: int = 0
    late: bool = False
    """after the commit instead of before it"""

    def next(self, at: str) -> "Blade":
        return Blade(self.exchange, late=True) if at == COMMIT else Blade(self.exchange + 1)


@dataclass
class Death:
    """Kills units of work, one exchange later each time, and counts where."""

    deaths: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """(service, work) → at which exchange it died, and how often"""
    _frail: set[int] = field(default_factory=set)
    _dead: set[int] = field(default_factory=set)
    _blade: Blade | None = None
    _passed: int = 0

    @contextmanager
    def at_hand(self) -> Iterator["Death"]:
        """Let every exchange of a lent connection pass through here."""
        original = psycopg.Connection.wait

        def wait(conn: Any, gen: Any, **named: Any) -> Any:
            if id(conn) not in self._frail:
                return original(conn, gen, **named)
            return self._exchange(conn, gen.__name__, lambda: original(conn, gen, **named))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(psycopg.Connection, "wait", wait)
            yield self

    def visit(self, service: str, work: str, act: Callable[[], T], pause: Callable[[], None] | None = None) -> T:
        """Do something until it has survived: killed before its first exchange, then before its second, and so on.

        The death after a commit is the last, for what comes then is the redelivery; but where the work goes on behind
        its commit once there was a `pause`, it is killed there too. `work` names what is done, where no event does.
        What an attempt raises by itself passes through.
        """
        blade = Blade()
        while True:
            try:
                return self._attempt(blade, act)
            except Killed as killed:
                self.deaths[service, killed.event or work][killed.at] += 1
                if pause:
                    pause()
                elif killed.at == LOST:
                    return act()
                blade = blade.next(killed.at)

    def graze(self, service: str, work: str, act: Callable[[], T], blade: Blade) -> T:
        """Do something, killed once at most, and then to its end."""
        try:
            return self._attempt(blade, act)
        except Killed as killed:
            self.deaths[service, work][killed.at] += 1
            return act()

    @contextmanager
    def lending(self) -> Iterator[Callable[[Any], None]]:
        """Let whoever borrows a connection die on it, until it is given back; it must be named when it is borrowed."""
        lent: list[Any] = []

        def name(conn: Any) -> None:
            lent.append(conn)
            self._frail.add(id(conn))

        try:
            yield name
        finally:
            for conn in lent:
                self._frail.discard(id(conn))
                self._dead.discard(id(conn))

    def _attempt(self, blade: Blade, act: Callable[[], T]) -> T:
        self._blade, self._passed = blade, 0
        try:
            return act()
        finally:
            self._blade = None

    def _exchange(self, conn: Any, name: str, talk: Callable[[], T]) -> T:
        if id(conn) in self._dead:
            if name == "_rollback_gen":
                return cast(T, None)
            raise Killed("already")
        commits = name == "_commit_gen" and conn.pgconn.transaction_status == TransactionStatus.INTRANS
        if self._blade is None or not (commits or name not in ENDS):
            return talk()
        number, self._passed = self._passed, self._passed + 1
        if number != self._blade.exchange:
            return talk()
        if commits and self._blade.late:
            talk()
            self._die(conn, LOST)
        self._die(conn, COMMIT if commits else f"before exchange {number + 1}")

    def _die(self, conn: Any, at: str) -> NoReturn:
        self._dead.add(id(conn))
        if conn.pgconn.pipeline_status != PipelineStatus.OFF:
            conn.pgconn.finish()
        elif conn.pgconn.transaction_status != TransactionStatus.IDLE:
            conn.pgconn.exec_(b"ROLLBACK")
        raise Killed(at, structlog.contextvars.get_contextvars().get("event_name", ""))
