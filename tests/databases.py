"""Fresh databases from migrated templates, and services in process on them, for as long as a `with` lasts."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from shared import migrate
from tests import connections, services
from tests.university import University

ROOT = Path(__file__).parent.parent


class Databases:
    """A maker of databases: `make("roster")` gives the URL of a migrated one, each time the same for a service."""

    def __init__(self, server: str, templates: dict[str, str]) -> None:
        """Take the server, and the templates that the session keeps, by what they hold."""
        self._server, self._templates = server, templates
        self._made: dict[str, str] = {}

    def __call__(self, service: str) -> str:
        """Give the URL of a service's database; a new one is empty."""
        if service not in self._made:
            self._make(service, _template(self._server, self._templates, service))
        return url(self._server, self._made[service])

    def filled(self, service: str, university: University) -> str:
        """Give the URL of a service's database that knows the university; filling one takes as long as making it."""
        if service not in self._made and university == University():
            self._make(service, _filled_template(self._server, self._templates, service))
            return url(self._server, self._made[service])
        place = self(service)
        with psycopg.connect(place) as conn:
            university.fill(conn)
        return place

    def drop(self) -> None:
        """Drop what was made."""
        conn = connections.to_server(self._server)
        for name in self._made.values():
            connections.close(url(self._server, name))
            conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _make(self, service: str, template: str) -> None:
        name = f"t_{service}_{uuid.uuid4().hex[:12]}"
        _create(self._server, name, template)
        self._made[service] = name


@contextmanager
def fresh(server: str, templates: dict[str, str]) -> Iterator[Databases]:
    """Give a maker of databases, one for each service; they are dropped at the end."""
    made = Databases(server, templates)
    yield made
    made.drop()


@contextmanager
def filled(urls: Databases, university: University) -> Iterator[Callable[[str], services.Service]]:
    """Give a maker of services in process, each on its database, which is told of the university."""
    made: dict[str, services.Service] = {}

    def make(name: str) -> services.Service:
        if name not in made:
            made[name] = services.start(name, urls.filled(name, university))
        return made[name]

    yield make
    for each in made.values():
        services.rest(each)


def wipe(database_url: str) -> None:
    """Empty every table of a database but the note of its migrations; much quicker than a fresh one.

    Rows are deleted: to truncate a table makes new files for it, its indexes and its long values.
    """
    with psycopg.connect(database_url) as conn:
        conn.execute("SET session_replication_role = replica")
        rows = conn.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'"
        ).fetchall()
        conn.execute(sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for (name,) in rows))


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


def _filled_template(server: str, templates: dict[str, str], service: str) -> str:
    kept = f"{service} filled"
    if kept not in templates:
        name = f"template_{service}_{uuid.uuid4().hex[:12]}"
        _create(server, name, _template(server, templates, service))
        with psycopg.connect(url(server, name)) as conn:
            University().fill(conn)
        templates[kept] = name
    return templates[kept]


def _home(service: str) -> Path:
    """Give the folder of a service's code; the seats of the trustees share one."""
    return ROOT / "services" / ("ballot/trustee" if service.startswith("trustee") else service)


def _create(server: str, name: str, template: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    connections.to_server(server).execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
