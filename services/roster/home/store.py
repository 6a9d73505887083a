"""The SQL statement on how far a university's beginning has come."""

from uuid import UUID

from services.roster.home.beginning import Standing
from shared.db import Connection
from shared.directory.domain import MEETS, PARTY


def standing(conn: Connection, tenant_id: UUID, viewer_id: UUID, *, campus: bool) -> Standing:
    """Say whether there are schemes in force, branches, members and passwords of others than the viewer: 0 or 1 each.

    It stops at the first of each, for it is asked whenever an administrator opens the workbench.
    """
    row = conn.execute(
        """
        SELECT
            EXISTS (SELECT FROM adoption WHERE tenant_id = %(tenant)s)::int,
            EXISTS (SELECT FROM organization WHERE tenant_id = %(tenant)s AND active AND kind = ANY(%(meets)s))::int,
            EXISTS (SELECT FROM person WHERE tenant_id = %(tenant)s AND active AND standing = ANY(%(party)s))::int,
            EXISTS (SELECT FROM account WHERE tenant_id = %(tenant)s AND person_id <> %(viewer)s)::int
        """,
        {"tenant": tenant_id, "viewer": viewer_id, "meets": sorted(MEETS), "party": sorted(PARTY)},
    ).fetchone()
    schemes, branches, members, sign_ins = row or (0, 0, 0, 0)
    return Standing(schemes, branches, members, sign_ins, campus)
