"""Which scheme an organisation follows now, and a scheme as it was at a version."""

from collections.abc import Collection
from typing import Any, LiteralString
from uuid import UUID

from psycopg.rows import dict_row

from shared.db import Connection
from shared.directory.domain import Organization
from shared.directory.store import lineage
from shared.errors import RuleBroken
from shared.scheme.scheme import Scheme, of


class NoScheme(RuleBroken):
    """本组织及其上级还没有采用制度方案，请先在“制度方案”中采用。"""


def current(conn: Connection, organization: Organization) -> Scheme:
    """Give the scheme in force for an organisation: its own newest, else the nearest above it. Raises `NoScheme`."""
    with conn.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(
            """
            SELECT a.scheme_id, a.scheme_version, a.name, a.document, a.settings
            FROM adoption a JOIN organization o ON o.tenant_id = a.tenant_id AND o.id = a.organization_id
            WHERE a.tenant_id = %s AND o.path = ANY(%s)
            ORDER BY length(o.path) DESC, a.version DESC LIMIT 1
            """,
            [organization.tenant_id, lineage(organization.path)],
        ).fetchone()
    return _scheme(row)


def version(conn: Connection, tenant_id: UUID, scheme_id: UUID, scheme_version: int) -> Scheme:
    """Give a scheme as it was when something ran under it, adopted by whomever. Raises `NoScheme`."""
    with conn.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(
            """
            SELECT scheme_id, scheme_version, name, document, settings
            FROM adoption WHERE tenant_id = %s AND scheme_id = %s AND scheme_version = %s
            ORDER BY version DESC LIMIT 1
            """,
            [tenant_id, scheme_id, scheme_version],
        ).fetchone()
    return _scheme(row)


def currents(conn: Connection, organizations: Collection[Organization]) -> dict[UUID, Scheme]:
    """Give by organisation what `current` gives for each of one university; who follows no scheme is left out."""
    if not organizations:
        return {}
    rows = _adopted(
        conn,
        """
        SELECT DISTINCT ON (o.path) o.path, a.scheme_id, a.scheme_version, a.name, a.document, a.settings
        FROM adoption a JOIN organization o ON o.tenant_id = a.tenant_id AND o.id = a.organization_id
        WHERE a.tenant_id = %s AND o.path = ANY(%s)
        ORDER BY o.path, a.version DESC
        """,
        [next(iter(organizations)).tenant_id, sorted({path for one in organizations for path in lineage(one.path)})],
    )
    made = {row["path"]: _scheme(row) for row in rows}
    near = {one.id: [made[path] for path in lineage(one.path) if path in made] for one in organizations}
    return {organization_id: schemes[-1] for organization_id, schemes in near.items() if schemes}


def versions(conn: Connection, keys: Collection[tuple[UUID, UUID, int]]) -> dict[tuple[UUID, UUID, int], Scheme]:
    """Give what `version` gives for several universities, schemes and versions; what is not known is left out."""
    if not keys:
        return {}
    tenant_ids, scheme_ids, numbers = (list(column) for column in zip(*keys, strict=True))
    rows = _adopted(
        conn,
        """
        SELECT DISTINCT ON (a.tenant_id, a.scheme_id, a.scheme_version)
               a.tenant_id, a.scheme_id, a.scheme_version, a.name, a.document, a.settings
        FROM adoption a
        JOIN unnest(%s::uuid[], %s::uuid[], %s::int[]) AS k (tenant_id, scheme_id, scheme_version)
          USING (tenant_id, scheme_id, scheme_version)
        ORDER BY a.tenant_id, a.scheme_id, a.scheme_version, a.version DESC
        """,
        [tenant_ids, scheme_ids, numbers],
    )
    return {(row["tenant_id"], row["scheme_id"], row["scheme_version"]): _scheme(row) for row in rows}


def _adopted(conn: Connection, statement: LiteralString, values: list[Any]) -> list[dict[str, Any]]:
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(statement, values).fetchall()


def _scheme(row: dict[str, Any] | None) -> Scheme:
    if row is None:
        raise NoScheme
    return of(row["scheme_id"], row["scheme_version"], row["name"], row["document"], row["settings"])
