"""Which scheme an organisation follows now, and a scheme as it was at a version."""

from typing import Any
from uuid import UUID

from shared.db import Connection
from shared.directory import store
from shared.directory.domain import Organization
from shared.errors import RuleBroken
from shared.scheme.scheme import Scheme, of


class NoScheme(RuleBroken):
    """本组织及其上级还没有采用制度方案，请先在“制度方案”中采用。"""


def current(conn: Connection, organization: Organization) -> Scheme:
    """Give the scheme in force for an organisation, its own or inherited. Raises `NoScheme`."""
    return _scheme(store.get_adoption(conn, organization))


def version(conn: Connection, tenant_id: UUID, scheme_id: UUID, scheme_version: int) -> Scheme:
    """Give a scheme as it was when something ran under it. Raises `NoScheme`."""
    return _scheme(store.get_adopted(conn, tenant_id, scheme_id, scheme_version))


def _scheme(row: dict[str, Any] | None) -> Scheme:
    if row is None:
        raise NoScheme
    return of(row["scheme_id"], row["scheme_version"], row["name"], row["document"], row["settings"])
