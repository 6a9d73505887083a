"""Servers and databases for every test: given by URL, else in containers, else private nodes; in CI they must be there.

`database("evaluation")` gives the URL of a fresh, migrated database; `client("evaluation")` an application on it with
`sign_in`; `directory` fills a small university. A missing server fails in CI and skips at the desk.
"""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from infra.local import layout as layouts
from infra.local.services import outside
from infra.local.system import started
from shared import migrate
from tests import services
from tests.system import System
from tests.university import University

ROOT = Path(__file__).parent.parent


def _missing(what: str) -> None:
    message = f"{what} is not there: run ./run test"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, str]]:
    """Give TEST_DATABASE_URL and TEST_AMQP_URL of servers that tests may fill."""
    if os.environ.get("TEST_DATABASE_URL") and os.environ.get("TEST_AMQP_URL"):
        yield {name: os.environ[name] for name in ("TEST_DATABASE_URL", "TEST_AMQP_URL")}
        return
    from tests.servers import containers, private_nodes

    for start in (containers, private_nodes):
        with start() as found:
            if found:
                yield found
                return
    _missing("a PostgreSQL and a RabbitMQ server")


@pytest.fixture(scope="session")
def database_server(servers: dict[str, str]) -> str:
    """Give the URL of a superuser's connection."""
    return servers["TEST_DATABASE_URL"]


@pytest.fixture(scope="session")
def templates(database_server: str) -> Iterator[dict[str, str]]:
    """Keep one migrated template database per service for the session."""
    made: dict[str, str] = {}
    yield made
    with psycopg.connect(database_server, autocommit=True) as conn:
        for name in made.values():
            conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _url(server: str, name: str) -> str:
    parts = psycopg.conninfo.conninfo_to_dict(server)
    user, host, port = parts["user"], parts["host"], parts["port"]
    secret = f":{parts['password']}" if parts.get("password") else ""
    return f"postgresql://{user}{secret}@{host}:{port}/{name}"


@contextmanager
def _databases(server: str, templates: dict[str, str]) -> Iterator[Callable[[str], str]]:
    made: dict[str, str] = {}

    def make(service: str) -> str:
        if service not in made:
            template = _template(server, templates, service)
            name = f"t_{service}_{uuid.uuid4().hex[:12]}"
            _create(server, name, template)
            made[service] = name
        return _url(server, made[service])

    yield make
    with psycopg.connect(server, autocommit=True) as conn:
        for name in made.values():
            conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def database(database_server: str, templates: dict[str, str]) -> Iterator[Callable[[str], str]]:
    """Give a maker of fresh databases: `database("roster")` → URL, migrated; the same service gives the same one."""
    with _databases(database_server, templates) as make:
        yield make


def _template(server: str, templates: dict[str, str], service: str) -> str:
    if service not in templates:
        name = f"template_{service}_{uuid.uuid4().hex[:12]}"
        _create(server, name, "template0")
        migrate.migrate(_url(server, name), ROOT / "services" / service / "migrations")
        templates[service] = name
    return templates[service]


def _create(server: str, name: str, template: str) -> None:
    with psycopg.connect(server, autocommit=True) as conn:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        conn.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


@pytest.fixture
def university() -> University:
    """Give the small university; its settings may be changed before a service is made."""
    return University()


@contextmanager
def _services(database: Callable[[str], str], university: University) -> Iterator[Callable[[str], services.Service]]:
    made: dict[str, services.Service] = {}

    def make(name: str) -> services.Service:
        if name not in made:
            made[name] = services.start(name, database(name))
            with made[name].connect() as conn:
                university.fill(conn)
        return made[name]

    yield make
    for each in made.values():
        each.app.extensions["pool"].close()


@pytest.fixture
def service(database: Callable[[str], str], university: University) -> Iterator[Callable[[str], services.Service]]:
    """Give a maker of services in process, each on a fresh database that knows the small university."""
    with _services(database, university) as make:
        yield make


@pytest.fixture(scope="module")
def standing(database_server: str, templates: dict[str, str]) -> Iterator[Callable[[str], services.Service]]:
    """Give a maker of services as `service` does, which stand for all tests of a module."""
    with _databases(database_server, templates) as database, _services(database, University()) as make:
        yield make


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """Give a whole running system with the sample university, started once for all tests that need one.

    With TEST_SYSTEM_RUNNING the one in TEST_SYSTEM_VAR runs already, and goes on afterwards.
    """
    var = Path(os.environ.get("TEST_SYSTEM_VAR", ROOT / "var" / "test-system"))
    if os.environ.get("TEST_SYSTEM_RUNNING"):
        yield System(var, outside(layouts.at(var, layouts.last_port(var))))
        return
    with started(var) as environment:
        yield System(var, environment)
