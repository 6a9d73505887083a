"""What a service declares in its `events.py`: who hears an event, and what time alone makes due."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.db import Connection
from shared.events import Event, Message

Handler = Callable[[Connection, Message], None]
"""Acts on one event within the transaction that also notes it in the inbox; never commits."""

Handlers = Mapping[type[Event], Handler]

REST = 2.0
"""Seconds after which a deadline that found nothing looks again, if it does not say otherwise."""


@dataclass(frozen=True)
class Deadline:
    """Work that time makes due.

    `run(conn, now)` does one batch in the transaction of `conn`, takes its rows with `SKIP LOCKED` and gives how many
    it handled. It is called again at once while that is more than none, else every few seconds, perhaps by several
    processes.
    """

    name: str
    run: Callable[[Connection, datetime], int]
    every: float = REST
    """Seconds of rest after a run that found nothing; longer, up to `REST`, where the run itself takes its time."""
    traced: bool = True
    """Whether a trace may say when it ran and what it did."""


@dataclass(frozen=True)
class Errand:
    """Work that time makes due and that speaks to the outside, for which no transaction may wait (decision 10).

    `claim(conn, now)` gives a batch and marks it taken; `go(batch)` does the work without a connection and gives its
    results; `note(conn, results, now)` keeps them. What was claimed and never noted must become claimable again.
    """

    name: str
    claim: Callable[[Connection, datetime], Sequence[Any]]
    go: Callable[[Sequence[Any]], Sequence[Any]]
    note: Callable[[Connection, Sequence[Any], datetime], None]
    every: float = REST
    """Seconds of rest after a run that found nothing."""
