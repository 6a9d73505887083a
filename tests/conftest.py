"""Servers and databases for every test: given by URL, else in containers, else private nodes; in CI they must be there.

`database("evaluation")` gives the URL of a fresh, migrated database; `client("evaluation")` an application on it with
`sign_in`; `directory` fills a small university. A missing server fails in CI and skips at the desk.
"""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

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


@pytest.fixture
def database(database_server: str, templates: dict[str, str]) -> Iterator[Callable[[str], str]]:
    """Give a maker of fresh databases: `database("roster")` → URL, migrated; the same service gives the same one."""
    made: dict[str, str] = {}

    def make(service: str) -> str:
        if service not in made:
            template = _template(database_server, templates, service)
            name = f"t_{service}_{uuid.uuid4().hex[:12]}"
            _create(database_server, name, template)
            made[service] = name
        return _url(database_server, made[service])

    yield make
    with psycopg.connect(database_server, autocommit=True) as conn:
        for name in made.values():
            conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


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


@pytest.fixture
def service(database: Callable[[str], str], university: University) -> Iterator[Callable[[str], services.Service]]:
    """Give a maker of services in process, each on a fresh database that knows the small university."""
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


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """Give a whole running system with the sample university, started once for all tests that need one."""
    var = Path(os.environ.get("TEST_SYSTEM_VAR", ROOT / "var" / "test-system"))
    with started(var) as environment:
        yield System(var, environment)
