"""PostgreSQL as the services use it: the pool, the connection type, and rows as records.

`with pool.connection() as conn` is the unit of work: it commits at its end and rolls back on an exception. The doors
open it; commands take `conn` and never commit.
"""

import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import psycopg
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

Connection = psycopg.Connection[TupleRow]
Pool = ConnectionPool[Connection]

T = TypeVar("T")


def open_pool(url: str, *, size: int) -> Pool:
    """Open a pool of at most `size` connections; a dead one is replaced before it is lent.

    Call it after a fork, never before.
    """
    return ConnectionPool(
        url, min_size=1, max_size=size, timeout=10, check=ConnectionPool.check_connection, configure=_uncompiled,
        open=True,
    )  # fmt: skip


def _uncompiled(conn: Connection) -> None:
    """Let no statement be compiled: for ours, which read little, that took seconds where the work took milliseconds."""
    conn.pgconn.exec_(b"SET jit = off")


@contextmanager
def reached(service: str) -> Iterator[None]:
    """End an operator's command with a sentence where a service's database is away."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise SystemExit(f"{service} 的数据库现在不可用（{type(error).__name__}），请稍后再试。") from error


def record(cls: type[T]) -> Callable[[psycopg.Cursor[Any]], Callable[[Sequence[Any]], T]]:
    """Make a row factory for a dataclass: columns by name, text turned into the field's `StrEnum`.

    A column that the class does not have, or a field that no column fills, raises `TypeError`.
    """
    enums = _enums(cls)

    def factory(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], T]:
        names = [column.name for column in cursor.description or ()]

        def make(values: Sequence[Any]) -> T:
            row = dict(zip(names, values, strict=True))
            for name, enum in enums.items():
                if row.get(name) is not None:
                    row[name] = enum(row[name])
            return cls(**row)

        return make

    return factory


def _enums(cls: type[Any]) -> dict[str, type[StrEnum]]:
    hints = get_type_hints(cls)
    found = {}
    for field in fields(cls):
        hint = hints[field.name]
        options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
        for option in options:
            if isinstance(option, type) and issubclass(option, StrEnum):
                found[field.name] = option
    return found
