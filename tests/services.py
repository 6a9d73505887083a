"""A service in process: its application on a fresh database, signed-in clients, what it told, what it hears."""

import importlib
import os
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from psycopg.rows import dict_row

from services.ballot.box.line import Line
from shared.auth import session
from shared.config import Config
from shared.db import Connection, open_pool
from shared.events import Event, Message
from shared.messaging import deadlines
from tests import connections
from tests.client import Client
from tests.university import TENANT

_KEY = Ed25519PrivateKey.generate()
PRIVATE = _KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
PUBLIC = (
    _KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
)
DATA_KEY = Fernet.generate_key().decode()
# A handler encrypts and seals with what its worker process finds in the environment.
os.environ["DATA_KEYS"] = DATA_KEY
BALLOT_IDENTITY = Ed25519PrivateKey.generate()
os.environ["BALLOT_IDENTITY"] = BALLOT_IDENTITY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()


_RESTING: dict[str, list[Flask]] = defaultdict(list)
"""Applications whose test is over, by service."""
_AS_MADE: dict[Flask, tuple[dict[str, Any], dict[str, Any]]] = {}
"""What each held when it was made: tests may change it."""


def config(service: str, url: str, *, amqp_url: str = "", **changes: Any) -> Config:
    """Make the configuration of a service on a test database."""
    given: dict[str, Any] = {
        "service": service,
        "database_url": url,
        "amqp_url": amqp_url,
        "base_url": "http://127.0.0.1:8080",
        "bind": "",
        "web_workers": 1,
        "web_threads": 4,
        "secret_key": "tests only",
        "session_public_key": PUBLIC,
        "session_private_key": PRIVATE if service == "roster" else "",
        "data_keys": (DATA_KEY,),
        "secure": False,
        "mail_url": "",
        "metrics": None,
    }
    return Config(**{**given, **changes})


@dataclass
class Service:
    """One service on one database."""

    name: str
    url: str
    app: Flask

    def connect(self) -> Connection:
        """Give a connection of the test's own; it commits when its `with` ends."""
        return connections.open_to(self.url)

    def client(self, person_id: UUID | None = None) -> Client:
        """Give a browser, signed in as a person (by cookie and by bearer token)."""
        client = Client(self.app)
        if person_id is not None:
            token = session.issue(PRIVATE, tenant_id=TENANT, person_id=person_id, epoch=1)
            client.set_cookie(session.COOKIE, token)
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client

    def hear(self, event: type[Event], *, message_id: UUID | None = None, **facts: Any) -> Message:
        """Hand an event to the service's handler in a transaction, as the consumer does after the inbox."""
        events = importlib.import_module(f"services.{self.name}.events")
        message = envelope(event, message_id=message_id, **facts)
        with self.connect() as conn:
            events.HANDLERS[event](conn, message)
        return message

    def told(self, name: str = "") -> list[dict[str, Any]]:
        """Give what stands in the outbox, in order: name, exchange, subject, data."""
        with self.connect() as conn, conn.cursor(row_factory=dict_row) as cursor:
            rows = cursor.execute(
                "SELECT name, exchange, subject, data FROM outbox WHERE %s = '' OR name = %s ORDER BY position",
                [name, name],
            ).fetchall()
        return rows

    def due(self, moment: datetime) -> int:
        """Run every deadline at a moment until nothing is left; give how much was done."""
        events = importlib.import_module(f"services.{self.name}.events")
        done = 0
        for deadline in events.DEADLINES:
            while count := self._once(deadline, moment):
                done += count
        return done

    def _once(self, deadline: Any, moment: datetime) -> int:
        return deadlines.perform(deadline, self.connect, moment)


def envelope(event: type[Event], *, message_id: UUID | None = None, **facts: Any) -> Message:
    """Make the message that a hearer gets; facts are checked against the event's class."""
    schema = event()
    data = schema.load(schema.dump(facts))
    return Message(
        id=message_id or uuid.uuid4(),
        name=event.event_name,
        version=event.event_version,
        source=event.teller,
        tenant_id=TENANT,
        subject=str(next(iter(facts.values()))),
        time=datetime.now(UTC),
        correlation_id=uuid.uuid4(),
        causation_id=None,
        data=data,
    )


def start(name: str, url: str, **changes: Any) -> Service:
    """Make a service's application on a database, or take one that rests: making one costs more than most tests."""
    made = config(name, url, **changes)
    if changes or not _RESTING[name]:
        module = importlib.import_module(f"services.{name}.app")
        app = module.create_app(made)
        app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
        _AS_MADE[app] = (dict(app.extensions), dict(app.config))
    else:
        app = _RESTING[name].pop()
        app.extensions.update(shanguang=made, pool=open_pool(url, size=made.web_threads + 1))
        for line in _lines(app):
            # In its place, since others hold it.
            line.__init__(url, size=made.web_threads)  # type: ignore[misc]
    return Service(name, url, app)


def rest(service: Service) -> None:
    """Take an application back as it was made, without the connections to its database."""
    extensions, settings = _AS_MADE[service.app]
    service.app.extensions["pool"].close()
    for line in _lines(service.app):
        line.close()
    for kept, made in ((service.app.extensions, extensions), (service.app.config, settings)):
        kept.clear()
        kept.update(made)
    _RESTING[service.name].append(service.app)


def _lines(app: Flask) -> list[Line]:
    return [each for each in app.extensions.values() if isinstance(each, Line)]
