"""What a service declares in its `events.py`: who hears an event, and what time alone makes due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.db import Connection
from shared.events import Event, Message

Handler = Callable[[Connection, Message], None]
"""Acts on one event within the transaction that also notes it in the inbox; never commits."""

Handlers = Mapping[type[Event], Handler]


@dataclass(frozen=True)
class Deadline:
    """Work that time makes due.

    `run(conn, now)` does one batch in the transaction of `conn`, takes its rows with `SKIP LOCKED` and gives how many
    it handled. It is called again at once while that is more than none, else every few seconds, perhaps by several
    processes.
    """

    name: str
    run: Callable[[Connection, datetime], int]
