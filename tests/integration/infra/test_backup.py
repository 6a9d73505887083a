"""The procedure of docs/operator.md: a database dumped while its service works is the same once it is restored."""

import re
import shutil
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

BALLOT = ROOT / "services" / "ballot" / "migrations"
EMPTIED = "DROP OWNED BY CURRENT_USER"
"""As docs/operator.md says it: the service's own account takes away all that it has made in its database."""


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


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Give the migrations of ballot as a later release might have them, with a table that hangs on an old one."""
    folder = tmp_path / "migrations"
    shutil.copytree(BALLOT, folder)
    number = len(list(BALLOT.glob("[0-9]*.sql"))) + 1
    (folder / f"{number:04}_later.sql").write_text(
        "CREATE TABLE later (tenant_id uuid, ballot_id uuid, PRIMARY KEY (tenant_id, ballot_id),"
        " FOREIGN KEY (tenant_id, ballot_id) REFERENCES ballot (tenant_id, id));",
        encoding="ascii",
    )
    return folder


def test_an_older_release_comes_back_with_the_dump_of_before_the_upgrade_into_an_emptied_database(
    database: Databases, university: University, empty: str, newer: Path, tmp_path: Path
) -> None:
    source, file = database.filled("ballot", university), tmp_path / "ballot.dump"
    dump(source, file)
    restore(empty, file)
    assert len(migrate.migrate(empty, newer)) == 1
    with pytest.raises(migrate.BadMigration, match="newer than the code"):
        migrate.migrate(empty, BALLOT)

    with pytest.raises(subprocess.CalledProcessError):
        restore(empty, file)
    with psycopg.connect(empty, autocommit=True) as conn:
        assert conn.execute("SELECT count(*) FROM later").fetchone() == (0,), "what fails changes nothing"
        conn.execute(EMPTIED)
        shut = conn.execute("SELECT NOT has_database_privilege('public', current_database(), 'CONNECT')").fetchone()
        assert shut == (True,), "nobody else may enter, as before"
    restore(empty, file)

    assert contents(empty) == contents(source)
    assert migrate.migrate(empty, BALLOT) == []
    assert len(migrate.migrate(empty, newer)) == 1, "and the next upgrade finds its way"
