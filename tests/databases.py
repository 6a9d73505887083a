"""Fresh databases from migrated templates, and services in process on them, for as long as a `with` lasts."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from shared import migrate
from tests import services
from tests.university import University

ROOT = Path(__file__).parent.parent


@contextmanager
def fresh(server: str, templates: dict[str, str]) -> Iterator[Callable[[str], str]]:
    """Give a maker of databases, one for each service; they are dropped at the end."""
    made: dict[str, str] = {}

    def make(service: str) -> str:
        if service not in made:
            template = _template(server, templates, service)
            name = f"t_{service}_{uuid.uuid4().hex[:12]}"
            _create(server, name, template)
            made[service] = name
        return url(server, made[service])

    yield make
    with psycopg.connect(server, autocommit=True) as conn:
        for name in made.values():
            conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def filled(urls: Callable[[str], str], university: University) -> Iterator[Callable[[str], services.Service]]:
    """Give a maker of services in process, each on its database, which is told of the university."""
    made: dict[str, services.Service] = {}

    def make(name: str) -> services.Service:
        if name not in made:
            made[name] = services.start(name, urls(name))
            with made[name].connect() as conn:
                university.fill(conn)
        return made[name]

    yield make
    for each in made.values():
        services.rest(each)


def wipe(database_url: str) -> None:
    """Empty every table of a database but the note of its migrations; much quicker than a fresh one."""
    with psycopg.connect(database_url) as conn:
        conn.execute("SET session_replication_role = replica")
        rows = conn.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'"
        ).fetchall()
        names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in rows)
        conn.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(names))


def url(server: str, name: str) -> str:
    """Give the URL of another database on the same server."""
    parts = psycopg.conninfo.conninfo_to_dict(server)
    user, host, port = parts["user"], parts["host"], parts["port"]
    secret = f":{parts['password']}" if parts.get("password") else ""
    return f"postgresql://{user}{secret}@{host}:{port}/{name}"


def _template(server: str, templates: dict[str, str], service: str) -> str:
    if service not in templates:
        name = f"template_{service}_{uuid.uuid4().hex[:12]}"
        _create(server, name, "template0")
        migrate.migrate(url(server, name), _home(service) / "migrations")
        templates[service] = name
    return templates[service]


def _home(service: str) -> Path:
    """Give the folder of a service's code; the seats of the trustees share one."""
    return ROOT / "services" / ("ballot/trustee" if service.startswith("trustee") else service)


def _create(server: str, name: str, template: str) -> None:
    with psycopg.connect(server, autocommit=True) as conn:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        conn.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
