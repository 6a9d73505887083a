"""Numbered SQL files, each applied once, in order, by one process at a time."""

import hashlib
import time
from pathlib import Path

import psycopg

SHARED = Path(__file__).parent / "migrations"
LOCK = 7_310_001
"""One key is enough: advisory locks are per database."""

TABLE = """
CREATE TABLE IF NOT EXISTS migration (
    name text PRIMARY KEY,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


class BadMigration(Exception):  # noqa: N818
    """An applied file was changed, a number is missing, or the database is newer than the code."""


def migrate(url: str, folder: Path, *, wait: float = 60) -> list[str]:
    """Bring a database up to the files in `shared/migrations` and then `folder`; give the names applied now.

    Waits up to `wait` seconds for the server, and as long again for another process that migrates. A file runs in
    one transaction; one whose first line is `-- no transaction` runs outside (for CREATE INDEX CONCURRENTLY).
    Raises `BadMigration`.
    """
    with _connect(url, wait) as conn:
        _lock(conn, wait)
        conn.execute("SET lock_timeout = '5s'")
        conn.execute(TABLE)
        rows = conn.execute("SELECT name, sha256 FROM migration").fetchall()
        done = {str(name): str(sha256) for name, sha256 in rows}
        files = _files("shared", SHARED) | _files("service", folder)
        _check(files, done)
        todo = [name for name in files if name not in done]
        for name in todo:
            _apply(conn, name, files[name])
        return todo


def _lock(conn: psycopg.Connection[tuple[object, ...]], wait: float) -> None:
    """Be the only process that migrates. Asks again rather than waits: a waiting statement holds a snapshot, on which
    CREATE INDEX CONCURRENTLY of the process at work would wait in turn."""
    until = time.monotonic() + wait
    while conn.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone() != (True,):
        if time.monotonic() > until:
            raise psycopg.errors.LockNotAvailable("another process is migrating")
        time.sleep(0.1)


def _connect(url: str, wait: float) -> psycopg.Connection[tuple[object, ...]]:
    until = time.monotonic() + wait
    while True:
        try:
            return psycopg.connect(url, autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def _files(prefix: str, folder: Path) -> dict[str, Path]:
    paths = sorted(folder.glob("[0-9]*.sql"))
    for expected, path in enumerate(paths, start=1):
        if int(path.name[:4]) != expected:
            raise BadMigration(f"{folder}: number {expected:04} is missing or double")
    return {f"{prefix}/{path.stem}": path for path in paths}


def _check(files: dict[str, Path], done: dict[str, str]) -> None:
    for name, sha256 in done.items():
        if name not in files:
            raise BadMigration(f"the database has {name}, which this code does not know: it is newer than the code")
        if _sha256(files[name]) != sha256:
            raise BadMigration(f"{name} was changed after it had been applied")


def _apply(conn: psycopg.Connection[tuple[object, ...]], name: str, path: Path) -> None:
    sql = path.read_bytes()
    note = "INSERT INTO migration (name, sha256) VALUES (%s, %s)"
    if sql.startswith(b"-- no transaction"):
        conn.execute(sql)
        conn.execute(note, [name, _sha256(path)])
        return
    with conn.transaction():
        conn.execute(sql)
        conn.execute(note, [name, _sha256(path)])


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
