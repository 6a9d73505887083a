"""What is left in the databases, without what no two plays can have in common: fresh ids, moments, secrets."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from shared.db import Connection
from tests.flow.world import MORE, World
from tests.services import Service
from tests.university import ORGANIZATIONS, PEOPLE, TENANT, uid

FRESH = [
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)?"), "a moment"),
    (re.compile(r"gAAAAA[\w-]+=*|\$argon2[^\"]+"), "a secret"),
    (re.compile(r"备〔\d+〕\d+号"), "a number"),
]
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LASTING = {
    str(TENANT),
    *(str(uid(path)) for path, *_ in ORGANIZATIONS),
    *(str(uid(number)) for _, number, *_ in PEOPLE),
    *(str(uid(number)) for _, number in MORE),
}
"""The ids of the test's university, the same in every play."""
COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns"
    " WHERE table_schema = 'public' AND is_identity = 'NO' AND table_name <> 'migration'"
    " ORDER BY table_name, ordinal_position"
)

SIGNED_IN = 'act="session.start"'
"""Who asks again for a token that never came has signed in twice: answers with a credential are not remembered."""

Trace = dict[str, Counter[str]]
"""service and table → rows, each as often as it stands there"""


def trace(world: World) -> Trace:
    return {f"{name}.{table}": rows for name, service in world.services.items() for table, rows in _read(service)}


def difference(one: Trace, other: Trace) -> dict[str, tuple[list[str], list[str]]]:
    """Give the rows that only one of the two has, by table."""
    return {
        table: (sorted((one[table] - other[table]).elements()), sorted((other[table] - one[table]).elements()))
        for table in one
        if one[table] != other[table]
    }


def _read(service: Service) -> list[tuple[str, Counter[str]]]:
    tables: dict[str, list[str]] = {}
    with service.connect() as conn:
        for table, column in conn.execute(COLUMNS).fetchall():
            tables.setdefault(table, []).append(column)
        return [(table, _rows(conn, table, columns)) for table, columns in tables.items()]


def _rows(conn: Connection, table: str, columns: Sequence[str]) -> Counter[str]:
    rows = (_row(columns, row) for row in conn.execute(f"SELECT {', '.join(columns)} FROM {table}"))
    return Counter(row for row in rows if SIGNED_IN not in row)


def _row(columns: Sequence[str], row: Sequence[Any]) -> str:
    return "  ".join(f"{column}={_told(value)}" for column, value in zip(columns, row, strict=True))


def _told(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return "bytes"
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    text = ID.sub(lambda found: found[0] if found[0] in LASTING else "an id", text)
    for pattern, word in FRESH:
        text = pattern.sub(word, text)
    return text
