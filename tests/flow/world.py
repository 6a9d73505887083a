"""Five services in one process; what they tell is carried between them in any order and as often as a test wants."""

import importlib
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from werkzeug.test import TestResponse

from infra.quarter.client import Actor
from infra.quarter.diary import Diary
from infra.quarter.stage import Stage, Stuck
from services.roster.session import commands as accounts
from shared import clock
from shared.auth import session
from shared.db import Pool
from shared.errors import NotYet
from shared.events import EVENTS
from shared.messaging import envelope, handling
from shared.messaging.hearing import Handlers
from shared.messaging.outbox import COLUMNS, Told
from shared.messaging.reading import Reader
from tests.services import PRIVATE, Service
from tests.university import TENANT, person, uid

NAMES = ("roster", "pledge", "evaluation", "ballot", "notify")
PASSWORD = "示例口令-2013-安全"
BRANCH = "zjy/jin/jg"
MORE = [(f"陆续{index}", f"T1{index:02}") for index in range(8)]
"""Further members of the branch: with them the ballot has two places."""


def handlers(service: str) -> Handlers:
    """Give what a service hears."""
    found: Handlers = importlib.import_module(f"services.{service}.events").HANDLERS
    return found


@dataclass
class World:
    """The services, what has been carried, and the dice."""

    services: dict[str, Service]
    dice: random.Random
    copies: int = 1
    shuffled: bool = False
    carried: set[tuple[str, str]] = field(default_factory=set)

    def carry(self) -> int:
        """Take everything told so far to everybody who hears it; give how many deliveries took effect."""
        effects = 0
        while batch := self._waiting():
            deliveries = batch * self.copies
            if self.shuffled:
                self.dice.shuffle(deliveries)
            effects += sum(self._deliver(name, told, body) for name, told, body in deliveries)
        return effects

    def answer(self, service: Service, method: str, path: str, ask: Callable[[], TestResponse]) -> TestResponse:
        """Give a service's answer to a request."""
        return ask()

    def due(self) -> None:
        """Run every service's deadlines at the present moment."""
        for service in self.services.values():
            service.due(clock.now())

    def _waiting(self) -> list[tuple[str, str, bytes]]:
        found = []
        for teller in self.services.values():
            with teller.connect() as conn:
                statement = f"SELECT {COLUMNS} FROM outbox WHERE exchange = %s ORDER BY position"
                rows = [Told(*row) for row in conn.execute(statement, [EVENTS])]
            for row in rows:
                body = envelope.encode(row, teller.name)
                found += [
                    (name, row.id, body)
                    for name, service in self.services.items()
                    if (name, row.id) not in self.carried and self._hears(service, row.name)
                ]
        return found

    def _hears(self, service: Service, name: str) -> bool:
        return any(event.event_name == name for event in handlers(service.name))

    def _deliver(self, name: str, event_id: str, body: bytes) -> int:
        heard = Reader(handlers(name)).read(body)
        pool: Pool = self.services[name].app.extensions["pool"]
        try:
            effect = handling.handle(pool, name, [heard]) if heard else 0
        except NotYet:
            return 0  # stays undelivered and comes again, as from a retry queue
        self.carried.add((name, event_id))
        return effect


class Answer:
    """What a test client answered, in the words of requests."""

    def __init__(self, answer: TestResponse) -> None:
        self.status_code, self.content, self.text = answer.status_code, answer.data, answer.text
        self._json = answer.json if answer.is_json and answer.data else None

    def json(self) -> Any:
        if self._json is None:
            raise ValueError("not JSON")
        return self._json


class Wire(requests.Session):
    """A line to the services without a network."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def request(self, method: str, url: str, **rest: Any) -> Any:  # type: ignore[override]
        path = re.sub(r"^http://[^/]+", "", url)
        service = self._world.services[path.split("/")[1]]
        headers = {**(rest.get("headers") or {})}
        if "Authorization" in self.headers:
            headers["Authorization"] = str(self.headers["Authorization"])
        body = {name: rest[name] for name in ("json", "data") if name in rest}

        def ask() -> TestResponse:
            client = service.app.test_client()
            return client.open(path, method=method, headers=headers, query_string=rest.get("params"), **body)

        return Answer(self._world.answer(service, method, path, ask))


class FlowStage(Stage):
    """A stage on which waiting means carrying events and letting deadlines run."""

    world: World

    def wait(self, what: str, ready: Any) -> Any:
        for _ in range(40):
            self.world.carry()
            self.world.due()
            if found := ready():
                return found
        raise Stuck(f"还没有{what}")

    def account(self, account: dict[str, Any]) -> Actor:
        self.world.carry()
        number = account["number"]
        if number not in self._signed_in:
            actor = Actor(self.base, number, account["password"], session=Wire(self.world))
            self._signed_in[number] = actor.sign_in() if account["role"] == "secretary" else known(actor, account)
        return self._signed_in[number]

    def public(self) -> Actor:
        return Actor(self.base, session=Wire(self.world))


def known(actor: Actor, account: dict[str, Any]) -> Actor:
    """Let somebody be signed in without the password, whose check is slow by design."""
    token = session.issue(PRIVATE, tenant_id=TENANT, person_id=uid(account["number"]), epoch=1)
    actor.session.headers["Authorization"] = f"Bearer {token}"
    actor.name, actor.id = account["name"], account["person_id"]
    return actor


CAST = [
    ("secretary", "T001"),
    ("committee_member", "T002"),
    ("general_branch_secretary", "T041"),
    ("general_branch_clerk", "T042"),
    ("organization_department", "T051"),
    ("discipline_officer", "T052"),
    *[("member", f"T00{index}") for index in range(3, 9)],
    *[("member", number) for _, number in MORE],
]


def set_stage(world: World, folder: Path, channel: str = "paper") -> FlowStage:
    """Add the further members everywhere, give the cast passwords, and make the stage."""
    for service in world.services.values():
        with service.connect() as conn:
            from shared.directory import store

            for order, (name, number) in enumerate(MORE):
                store.save_person(conn, TENANT, person(name, number, BRANCH, 50 + order))
    roster = world.services["roster"]
    cast = []
    with roster.connect() as conn:
        for role, number in CAST:
            if role == "secretary":
                accounts.set_password(conn, TENANT, uid(number), PASSWORD)
            row = conn.execute(
                "SELECT p.name, o.id, o.name FROM person p JOIN organization o ON o.id = p.organization_id"
                " WHERE p.id = %s",
                [uid(number)],
            ).fetchone()
            assert row
            facts = {
                "role": role,
                "number": number,
                "name": row[0],
                "password": PASSWORD,
                "person_id": str(uid(number)),
            }
            cast.append({**facts, "organization_id": str(row[1]), "organization": row[2]})
    diary = Diary("http://127.0.0.1:8080", folder / "quarter.json")
    stage = FlowStage("http://127.0.0.1:8080", diary, cast, folder / "clock", channel)
    stage.world = world
    return stage
