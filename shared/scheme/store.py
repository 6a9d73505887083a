"""Which scheme an organisation follows now, and a scheme as it was at a version."""

from typing import Any
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


def _scheme(row: dict[str, Any] | None) -> Scheme:
    if row is None:
        raise NoScheme
    return of(row["scheme_id"], row["scheme_version"], row["name"], row["document"], row["settings"])
