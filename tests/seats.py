"""The trustees' seats and ballot around one table: what they tell is carried by hand, in any order, with any mishap."""

import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from services.ballot.key import events as key_events
from services.ballot.trustee import events as seat_events
from shared.db import Connection
from shared.errors import NotYet, Refusal
from shared.events import EVENTS, Event
from shared.messaging import Handler, deadlines, envelope, inbox
from shared.messaging.hearing import Handlers
from shared.messaging.outbox import COLUMNS, Told
from shared.messaging.reading import Reader
from tests import connections, trustees


class Crash(Exception):  # noqa: N818
    """The process died before its transaction was committed."""


@dataclass
class Place:
    """One participant: its name, its database, what it hears."""

    name: str
    url: str
    handlers: Handlers

    def connect(self) -> Connection:
        return connections.open_to(self.url)

    def hear(self, body: bytes, *, dies: bool = False) -> bool:
        """Take a message as the consumer does; say whether it was new. A participant that dies has done nothing."""
        heard = Reader(self.handlers).read(body)
        with self.connect() as conn:
            if heard is None or not inbox.note(conn, self.name, [heard.message]):
                return False
            heard.handler(conn, heard.message)
            if dies:
                raise Crash
        return True

    def told(self, name: str = "") -> list[Told]:
        with self.connect() as conn:
            statement = f"SELECT {COLUMNS} FROM outbox WHERE exchange = %s ORDER BY position"
            return [told for row in conn.execute(statement, [EVENTS]) if name in ("", (told := Told(*row)).name)]


@dataclass
class Table:
    """Everybody, what has arrived where, the letters laid aside, and the dice."""

    places: dict[str, Place]
    dice: random.Random = field(default_factory=lambda: random.Random(0))
    done: set[tuple[str, str]] = field(default_factory=set)
    dead: list[tuple[str, str, str]] = field(default_factory=list)
    """who refused which event, and why"""
    absent: set[str] = field(default_factory=set)
    mishaps: int = 0
    """how many deliveries of a hundred end in a crash"""

    def carry(self, *, copies: int = 1, shuffled: bool = False) -> None:
        """Take everything told to everybody who hears it, until nothing is left."""
        while waiting := self._waiting():
            deliveries = waiting * copies
            if shuffled:
                self.dice.shuffle(deliveries)
            for name, told, body in deliveries:
                self._deliver(name, told, body)

    def forge(self, name: str, event: type[Event], **facts: object) -> None:
        """Hand a participant a message that nobody here told."""
        told = Told(
            1, str(uuid4()), str(facts.pop("tenant_id")), event.event_name, event.event_version, EVENTS, "forged",
            str(uuid4()), None, "2013-04-01T01:30:00.000000Z", _json(event, facts), None,
        )  # fmt: skip
        self._deliver(name, told, envelope.encode(told, "nobody"))

    def _waiting(self) -> list[tuple[str, Told, bytes]]:
        return [
            (name, told, envelope.encode(told, teller.name))
            for teller in self.places.values()
            for told in teller.told()
            for name, place in self.places.items()
            if (name, told.id) not in self.done and name not in self.absent
            if any(event.event_name == told.name for event in place.handlers)
        ]

    def _deliver(self, name: str, told: Told, body: bytes) -> None:
        with suppress(Crash, NotYet):
            try:
                self.places[name].hear(body, dies=self.dice.randrange(100) < self.mishaps)
            except Refusal as refusal:
                self.dead.append((name, told.name, refusal.code))
            self.done.add((name, told.id))


def _json(event: type[Event], facts: Mapping[str, object]) -> str:
    return str(event().dumps(facts))


def seat_handlers(number: int, board_url: str = "") -> dict[type[Event], Handler]:
    seat = trustees.seat(number, board_url)
    return seat_events.handlers(lambda: seat)


def table(database: Callable[[str], str], *, seats: tuple[int, ...] = trustees.SEATS) -> Table:
    """Seat everybody, each on a fresh database."""
    places = {f"trustee{n}": Place(f"trustee{n}", database(f"trustee{n}"), seat_handlers(n)) for n in seats}
    places["ballot"] = Place("ballot", database("ballot"), key_events.HANDLERS)
    return Table(places)


def run_errands(place: Place, number: int, board_url: str, now: Callable[[], datetime]) -> int:
    """Let a seat do what it does by itself, once."""
    seat = trustees.seat(number, board_url)
    return sum(deadlines.perform(each, place.connect, now()) for each in seat_events.errands(lambda: seat))
