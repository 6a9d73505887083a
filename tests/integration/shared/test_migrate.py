"""Migrations: in order, once, by one process, never changed afterwards."""

import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from shared import migrate
from tests.databases import url as _url


@pytest.fixture
def empty(database_server: str) -> Iterator[str]:
    name = f"t_migrate_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(database_server, autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield _url(database_server, name)
    with psycopg.connect(database_server, autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE a (b int); INSERT INTO a VALUES (100 % 7);")
    (tmp_path / "0002_second.sql").write_text("-- no transaction\nCREATE INDEX CONCURRENTLY a_b ON a (b);")
    return tmp_path


def test_files_are_applied_in_order_and_once(empty: str, folder: Path) -> None:
    first = migrate.migrate(empty, folder)
    assert first[-2:] == ["service/0001_first", "service/0002_second"]
    assert migrate.migrate(empty, folder) == []


def test_of_four_that_start_at_once_one_applies(empty: str, folder: Path) -> None:
    done: list[list[str]] = []
    threads = [threading.Thread(target=lambda: done.append(migrate.migrate(empty, folder))) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(map(bool, done)) == [False, False, False, True]


def test_an_applied_file_may_not_change(empty: str, folder: Path) -> None:
    migrate.migrate(empty, folder)
    (folder / "0001_first.sql").write_text("CREATE TABLE other (b int);")
    with pytest.raises(migrate.BadMigration, match="changed"):
        migrate.migrate(empty, folder)


def test_a_database_that_is_newer_than_the_code_is_refused(empty: str, folder: Path) -> None:
    migrate.migrate(empty, folder)
    (folder / "0002_second.sql").unlink()
    with pytest.raises(migrate.BadMigration, match="newer"):
        migrate.migrate(empty, folder)


def test_a_gap_in_the_numbers_is_refused(empty: str, folder: Path) -> None:
    (folder / "0004_fourth.sql").write_text("SELECT 1;")
    with pytest.raises(migrate.BadMigration, match="0003"):
        migrate.migrate(empty, folder)


def test_a_file_that_fails_leaves_nothing_and_may_be_mended(empty: str, folder: Path) -> None:
    (folder / "0003_third.sql").write_text("CREATE TABLE c (d int); SELECT no_such_function();")
    with pytest.raises(psycopg.errors.UndefinedFunction):
        migrate.migrate(empty, folder)
    (folder / "0003_third.sql").write_text("CREATE TABLE c (d int);")
    assert migrate.migrate(empty, folder) == ["service/0003_third"]
