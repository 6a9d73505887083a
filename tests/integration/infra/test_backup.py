"""The procedure of docs/operator.md: a database dumped while its service works is the same once it is restored."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from infra import databases as services
from infra.local import postgres
from shared import migrate
from tests.databases import ROOT, Databases
from tests.university import University


def dump(address: str, file: Path) -> None:
    """Dump as the operator does."""
    subprocess.run([_program("pg_dump"), "-Fc", "-f", str(file), address], check=True, capture_output=True)


def restore(address: str, file: Path) -> None:
    """Restore as the operator does, with the role of the service."""
    how = ["--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction"]
    command = [_program("pg_restore"), *how, "-d", address, str(file)]
    subprocess.run(command, check=True, capture_output=True)


def _program(name: str) -> str:
    folder = postgres.programs_folder()
    assert folder is not None
    return str(folder / name)


@pytest.fixture(autouse=True)
def _able(database_server: str) -> None:
    """Leave it where the tests were given a server that is newer than the tools of this machine."""
    with psycopg.connect(database_server) as conn:
        major = conn.info.server_version // 10_000
    told = subprocess.run([_program("pg_dump"), "--version"], check=True, capture_output=True, text=True).stdout
    if int(re.findall(r"\d+", told)[0]) < major:
        pytest.skip(f"the tools here are older than the server's version {major}")


@pytest.fixture
def empty(database_server: str) -> Iterator[str]:
    """Give an empty database of a role of its own, as every service has it."""
    name, password = f"restored_{uuid4().hex[:12]}", uuid4().hex
    made = sql.Identifier(name)
    services.make(database_server, {name: password})
    yield make_conninfo(database_server, dbname=name, user=name, password=password)
    with psycopg.connect(database_server, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(made))
        admin.execute(sql.SQL("DROP ROLE {}").format(made))


def contents(address: str) -> dict[str, list[str]]:
    """Give every row of every table as text."""
    with psycopg.connect(address) as conn:
        tables = conn.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind = 'r' AND n.nspname = 'public' ORDER BY 1"
        ).fetchall()
        return {
            name: sorted(
                row[0] for row in conn.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name)))
            )
            for (name,) in tables
        }


@pytest.mark.parametrize("service", ["roster", "ballot"])
def test_what_was_dumped_while_somebody_wrote_is_restored_whole(
    database: Databases, university: University, empty: str, tmp_path: Path, service: str
) -> None:
    source, file = database.filled(service, university), tmp_path / f"{service}.dump"
    before = contents(source)
    with psycopg.connect(source) as writing:
        writing.execute(
            "INSERT INTO inbox (tenant_id, queue, event_id, name, received_at) VALUES (%s, 'q', %s, 'n', now())",
            [uuid4(), uuid4()],
        )
        dump(source, file)
        writing.rollback()

    for _ in range(2):  # a second time over what is there, as after a restore that was the wrong night's
        restore(empty, file)

    assert any(before.values())
    assert contents(empty) == before
    assert migrate.migrate(empty, ROOT / "services" / service / "migrations") == []
    with psycopg.connect(empty) as conn, pytest.raises(psycopg.Error, match="append-only"):
        conn.execute("TRUNCATE audit")
