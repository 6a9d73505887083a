"""Everything that lies in a database: each row with what PostgreSQL writes beside it, opened as far as keys go."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg
from cryptography.fernet import InvalidToken
from psycopg import sql
from psycopg.rows import dict_row

from shared.crypto import Vault

TABLES = (
    "SELECT schemaname::text, relname::text FROM pg_stat_user_tables"
    " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY relname"
)


@dataclass(frozen=True)
class Row:
    """One row: where it lies, which transaction wrote it, and all it says, its encrypted parts opened."""

    owner: str
    table: str
    transaction: int
    place: tuple[int, int]
    text: str
    timed: bool
    """whether a column of it is a day or a moment"""
    raw: dict[str, Any]

    def names(self, words: Iterable[str]) -> set[str]:
        """Give which of these words stand in it."""
        return {word for word in words if word in self.text}


def everything(owner: str, url: str, vaults: Sequence[Vault] = ()) -> list[Row]:
    """Read every row of every table of a database."""
    found: list[Row] = []
    with psycopg.connect(url) as conn, conn.cursor(row_factory=dict_row) as cursor:
        tables = [tuple(row.values()) for row in cursor.execute(TABLES).fetchall()]
        for schema, table in tables:
            statement = sql.SQL("SELECT xmin::text::bigint AS _xmin, ctid::text AS _ctid, t.* FROM {} AS t").format(
                sql.Identifier(schema, table)
            )
            found += [_row(owner, table, row, vaults) for row in cursor.execute(statement).fetchall()]
    return found


def _row(owner: str, table: str, row: dict[str, Any], vaults: Sequence[Vault]) -> Row:
    transaction, (block, line) = row.pop("_xmin"), row.pop("_ctid").strip("()").split(",")
    timed = any(isinstance(value, date | datetime) for value in row.values())
    text = " ".join(word for value in row.values() for word in _words(value, vaults))
    return Row(owner, table, transaction, (int(block), int(line)), text, timed, row)


def _words(value: Any, vaults: Sequence[Vault]) -> Iterator[str]:
    if isinstance(value, bytes | memoryview):
        yield from _opened(bytes(value), vaults)
    elif isinstance(value, dict | list):
        yield json.dumps(value, ensure_ascii=False, default=str)
    else:
        yield str(value)


def _opened(value: bytes, vaults: Sequence[Vault]) -> Iterator[str]:
    for vault in vaults:
        with suppress(InvalidToken):
            yield vault.open(value)
            return
    with suppress(zlib.error):
        yield zlib.decompress(value).decode("utf-8", "replace")
        return
    yield value.decode("utf-8", "replace")
