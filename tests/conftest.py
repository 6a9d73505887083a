"""Servers and databases for every test: given by URL, else in containers, else private nodes; in CI they must be there.

`database("evaluation")` gives the URL of a fresh, migrated database; `client("evaluation")` an application on it with
`sign_in`; `directory` fills a small university. A missing server fails in CI and skips at the desk.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql

from infra.local import layout as layouts
from infra.local.services import outside
from infra.local.system import started
from tests import databases, services
from tests.system import System
from tests.university import University

ROOT = Path(__file__).parent.parent

# A property holds however busy the machine is: nothing about it is measured by the clock.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


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


@pytest.fixture
def database(database_server: str, templates: dict[str, str]) -> Iterator[databases.Databases]:
    """Give a maker of fresh databases: `database("roster")` → URL, migrated; the same service gives the same one."""
    with databases.fresh(database_server, templates) as make:
        yield make


@pytest.fixture
def university() -> University:
    """Give the small university; its settings may be changed before a service is made."""
    return University()


@pytest.fixture
def service(database: databases.Databases, university: University) -> Iterator[Callable[[str], services.Service]]:
    """Give a maker of services in process, each on a fresh database that knows the small university."""
    with databases.filled(database, university) as make:
        yield make


@pytest.fixture(scope="module")
def standing(database_server: str, templates: dict[str, str]) -> Iterator[Callable[[str], services.Service]]:
    """Give a maker of services as `service` does, which stand for all tests of a module."""
    with databases.fresh(database_server, templates) as urls, databases.filled(urls, University()) as make:
        yield make


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """Give a whole running system with the sample university, started once for all tests that need one.

    Its state folder is TEST_SYSTEM_VAR, and its ports are looked for from TEST_SYSTEM_PORTS on. With
    TEST_SYSTEM_RUNNING it runs already, and goes on afterwards.
    """
    var = Path(os.environ.get("TEST_SYSTEM_VAR", ROOT / "var" / "test-system"))
    if os.environ.get("TEST_SYSTEM_RUNNING"):
        yield System(var, outside(layouts.at(var, layouts.last_port(var))))
        return
    with started(var, ports_from=int(os.environ.get("TEST_SYSTEM_PORTS", "21000"))) as environment:
        yield System(var, environment)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Give a headless Chromium, one for all tests that need one."""
    from tests.browser.chromium import launched

    with launched() as found:
        yield found
