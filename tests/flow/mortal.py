"""The flow's five services, in which whoever works is killed at every point and then tries again."""

import importlib
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from werkzeug.test import TestResponse

from shared import clock
from shared.errors import NotYet
from shared.events import EVENTS
from shared.messaging import deadlines, envelope, handling, outbox
from shared.messaging.hearing import Deadline, Errand
from shared.messaging.reading import Heard, Reader
from tests.flow.death import Blade, Death
from tests.flow.world import World, handlers
from tests.services import Service

T = TypeVar("T")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOTING, RELAYING = "inbox", "relay"
WHOLLY = 3
"""So many requests of one kind die everywhere, the later ones somewhere."""


class Frail:
    """A service's pool on whose connections their users may die."""

    def __init__(self, real: Any, death: Death) -> None:
        self._real, self._death = real, death

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection]:
        with self._death.lending() as name, self._real.connection() as conn:
            name(conn)
            yield conn

    def close(self) -> None:
        self._real.close()


class Mortal(World):
    """A world with relays and queues of its own, each of whose workers dies everywhere, or nowhere without `death`."""

    def __init__(
        self, services: dict[str, Service], dice: random.Random, death: Death | None, *, batched: bool
    ) -> None:
        super().__init__(services, dice)
        self.batched = batched
        self.heard: set[tuple[str, str]] = set()
        self.death = death
        self._queues: dict[str, list[bytes]] = {name: [] for name in services}
        self._asked: Counter[str] = Counter()
        if death:
            for service in services.values():
                service.app.extensions["pool"] = Frail(service.app.extensions["pool"], death)

    def carry(self) -> int:
        """Relay and deliver until nothing moves; a message that waits for another one is left in its queue."""
        effects, moved = 0, True
        while moved:
            relayed = sum(self._relay(service) for service in self.services.values())
            done = sum(self._consume(name) for name in self.services)
            effects, moved = effects + done, relayed + done > 0
        return effects

    def answer(self, service: Service, method: str, path: str, ask: Callable[[], TestResponse]) -> TestResponse:
        """Give the answer of a client who asks again with the same number; who only reads is killed once a page."""
        work = f"{method} {ID.sub('…', path)}"
        if method == "GET" and work in self._asked:
            return ask()
        self._asked[work] += 1
        if self.death is None or self._asked[work] <= WHOLLY:
            return self._visit(service, work, ask)
        return self.death.graze(service.name, work, ask, Blade(self.dice.randrange(20), late=self.dice.random() < 0.5))

    def due(self) -> None:
        """Run every service's deadlines at the present moment, and its errands, which nobody kills here."""
        self.timers()
        self.errands()

    def timers(self) -> None:
        """Run every service's deadlines."""
        for service, deadline in self._deadlines():
            if isinstance(deadline, Deadline):
                while self._visit(service, deadline.name, self._perform(service, deadline)):
                    pass

    def errands(self, pause: Callable[[], None] | None = None) -> None:
        """Run every errand, killed where a `pause` makes claimable again what it had claimed."""
        for service, errand in self._deadlines():
            if isinstance(errand, Errand):
                act = self._perform(service, errand)
                while self.death.visit(service.name, errand.name, act, pause) if self.death and pause else act():
                    pass

    def _deadlines(self) -> Iterator[tuple[Service, Deadline | Errand]]:
        for service in self.services.values():
            for deadline in importlib.import_module(f"services.{service.name}.events").DEADLINES:
                yield service, deadline

    def _perform(self, service: Service, deadline: Deadline | Errand) -> Callable[[], int]:
        return lambda: deadlines.perform(deadline, service.app.extensions["pool"].connection, clock.now())

    def _relay(self, service: Service) -> int:
        def act() -> int:
            with service.app.extensions["pool"].connection() as conn:
                claimed = outbox.claim(conn, 1000)
                for told in claimed:
                    self._enqueue(told, service.name)
                outbox.mark(conn, [told.position for told in claimed])
            return len(claimed)

        return self._visit(service, RELAYING, act)

    def _enqueue(self, told: outbox.Told, teller: str) -> None:
        body = envelope.encode(told, teller)
        for name, service in self.services.items():
            if told.exchange == EVENTS and self._hears(service, told.name):
                self._queues[name].append(body)

    def _consume(self, name: str) -> int:
        """Take what has arrived, all at once and, if that fails, one by one, as the listener does."""
        reader = Reader(handlers(name))
        arrived, self._queues[name] = self._queues[name], []
        self.dice.shuffle(arrived)
        heard = [item for item in map(reader.read, arrived) if item]
        if not heard:
            return 0
        try:
            return self.hear(name, heard) if self.batched else self._one_by_one(name, arrived, heard)
        except NotYet:
            return self._one_by_one(name, arrived, heard)

    def _one_by_one(self, name: str, arrived: list[bytes], heard: list[Heard]) -> int:
        effects = 0
        for body, item in zip(arrived, heard, strict=True):
            try:
                effects += self.hear(name, [item])
            except NotYet:
                self._queues[name].append(body)
        return effects

    def hear(self, name: str, heard: list[Heard]) -> int:
        """Act on messages in one transaction, as often as it takes."""
        service = self.services[name]
        pool: Any = service.app.extensions["pool"]
        self.heard |= {(name, item.message.name) for item in heard}
        work = heard[0].message.name if len(heard) == 1 else NOTING
        return self._visit(service, work, lambda: handling.handle(pool, name, heard))

    def _visit(self, service: Service, work: str, act: Callable[[], T]) -> T:
        return self.death.visit(service.name, work, act) if self.death else act()
