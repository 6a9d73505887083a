"""Blows against a running system: which process dies at which step of a quarter, and how one is dealt.

A blow names a supervised program, some child of one, the supervisor itself, or the whole machine. A seed gives every
step its blow, so that each falls once; over as many seeds as there are blows each falls on each step.
"""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psutil

from infra.local import orphans, ports
from infra.local import system as local
from infra.quarter import after, meeting, vote
from infra.quarter.diary import Diary
from infra.quarter.stage import Stage
from tests.system import System

T = TypeVar("T")
CHILD = "a child of "
SUPERVISOR, MACHINE = "the supervisor", "the whole machine"
PATIENCE = 300.0


def blows(running: Mapping[str, int]) -> list[str]:
    """Name everything of a running system that can die, from the names and ids of its programs."""
    parents = [name for name, pid in running.items() if _children(pid)]
    return [*running, *(CHILD + name for name in parents), SUPERVISOR, MACHINE]


def _children(pid: int) -> list[psutil.Process]:
    """Give a process's children; one that ended meanwhile has none."""
    try:
        return list(psutil.Process(pid).children())
    except psutil.NoSuchProcess:
        return []


def plan(names: Sequence[str], seed: int, steps: int) -> list[list[str]]:
    """Give each step its blows: each falls once, and every step has one; with the next seed each comes a step earlier.

    Where there are fewer blows than steps they begin anew.
    """
    order = sorted(names)
    random.Random(2013).shuffle(order)
    count = max(steps, len(order))
    return [[order[(place + seed) % len(order)] for place in range(step, count, steps)] for step in range(steps)]


class Striker:
    """Deals blows to a system, and brings back what no supervisor does."""

    def __init__(self, system: System, dice: random.Random) -> None:
        self._system, self._dice = system, dice

    def strike(self, name: str) -> None:
        """Kill one process, or all, with SIGKILL. Raises `AssertionError` if there is none to kill in time."""
        if name in {SUPERVISOR, MACHINE}:
            self._fell(whole=name == MACHINE)
        else:
            self._await(lambda: kill(self._victim(name)))

    def await_health(self) -> None:
        """Wait until everything runs and answers again."""
        self._await(lambda: local.healthy(self._system.layout))

    def _victim(self, name: str) -> int | None:
        pid = self._system.programs().get(name.removeprefix(CHILD))
        if pid is None or not name.startswith(CHILD):
            return pid
        children = _children(pid)
        return self._dice.choice(children).pid if children else None

    def _fell(self, *, whole: bool) -> None:
        """Kill the supervisor, with or without all that it keeps, and start the system as its operator would."""
        head = int((self._system.var / "supervisor.pid").read_text(encoding="ascii"))
        assert kill(head)
        self._await(lambda: not orphans.exists(head))
        while whole and (left := orphans.find(self._system.var)):
            for pid in left:
                kill(pid)
        # A machine that died has no ports; a process that was killed gives them back a moment after it lost its mark.
        self._await(lambda: not whole or all(map(ports.is_free, self._system.layout.ports)))
        time.sleep(self._dice.random())
        local.up(self._system.layout)

    def _await(self, found: Callable[[], T]) -> T:
        until = time.monotonic() + PATIENCE
        while not (answer := found()):
            assert time.monotonic() < until, "it did not come back"
            time.sleep(0.02)
        return answer


def kill(pid: int | None) -> bool:
    """Kill a process; say whether it was there."""
    try:
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return pid is not None


class Stopwatch(Diary):
    """A diary that knows how long each step took."""

    def __init__(self, base: str, file: Path) -> None:
        super().__init__(base, file)
        self.took: list[float] = []

    @contextmanager
    def step(self, name: str, url: str = "") -> Iterator[dict[str, str]]:
        began = time.monotonic()
        with super().step(name, url) as said:
            yield said
        self.took.append(time.monotonic() - began)


class Struck(Diary):
    """A diary in whose steps blows fall, each at a moment that the dice choose."""

    def __init__(self, base: str, file: Path, striker: Striker, due: Sequence[Sequence[str]], delays: Sequence[float]):
        super().__init__(base, file)
        self._striker, self._due, self._delays = striker, due, delays
        self.dealt: list[tuple[str, str]] = []
        """step and blow"""

    @contextmanager
    def step(self, name: str, url: str = "") -> Iterator[dict[str, str]]:
        number = len(self.content["steps"])
        with ThreadPoolExecutor(1) as hand:
            dealt = hand.submit(self._deal, name, number)
            try:
                with super().step(name, url) as said:
                    yield said
            finally:
                dealt.result()

    def _deal(self, step: str, number: int) -> None:
        time.sleep(self._delays[number])
        for blow in self._due[number]:
            self._striker.strike(blow)
            self.dealt.append((step, blow))


def play(system: System, diary: Diary) -> Stage:
    """Play the quarter in this process; `CLOCK_FILE` must be set as for any process of the system."""
    stage = Stage(system.base, diary, system.accounts(), system.layout.clock)
    for act in (meeting.play, vote.play, after.play):
        act(stage)
    return stage
