"""Every SQL statement on what follows poor appraisals."""

from uuid import UUID

from services.pledge.consequence.domain import Consequence
from services.pledge.consequence.rules import ConsequenceNotFound
from shared.db import Connection, record

CONSEQUENCE = """
    SELECT tenant_id, id, appraisal_id, organization_id, person_id, step, state, sealed, proposed_by, proposed_at,
           reply_by_on, heard_by, heard_at, decided_by, decided_at, decided_on
    FROM consequence
"""


def get(conn: Connection, tenant_id: UUID, consequence_id: UUID) -> Consequence:
    """Give one and lock it for a change. Raises `ConsequenceNotFound`."""
    return _one(conn, CONSEQUENCE + "WHERE tenant_id = %s AND id = %s FOR UPDATE", tenant_id, consequence_id)


def read(conn: Connection, tenant_id: UUID, consequence_id: UUID) -> Consequence:
    """Give one to be looked at. Raises `ConsequenceNotFound`."""
    return _one(conn, CONSEQUENCE + "WHERE tenant_id = %s AND id = %s", tenant_id, consequence_id)


def _one(conn: Connection, statement: str, tenant_id: UUID, consequence_id: UUID) -> Consequence:
    with conn.cursor(row_factory=record(Consequence)) as cursor:
        row = cursor.execute(statement, [tenant_id, consequence_id]).fetchone()
    if row is None:
        raise ConsequenceNotFound
    return row


def add(conn: Connection, consequence: Consequence) -> None:
    """Enter one."""
    conn.execute(
        """
        INSERT INTO consequence (tenant_id, id, appraisal_id, organization_id, person_id, step, state, sealed,
                                 proposed_by, proposed_at, reply_by_on)
        VALUES (%(tenant_id)s, %(id)s, %(appraisal_id)s, %(organization_id)s, %(person_id)s, %(step)s, %(state)s,
                %(sealed)s, %(proposed_by)s, %(proposed_at)s, %(reply_by_on)s)
        """,
        vars(consequence),
    )


def save(conn: Connection, consequence: Consequence) -> None:
    """Keep what became of one."""
    conn.execute(
        """
        UPDATE consequence
        SET state = %(state)s, sealed = %(sealed)s, heard_by = %(heard_by)s, heard_at = %(heard_at)s,
            decided_by = %(decided_by)s, decided_at = %(decided_at)s, decided_on = %(decided_on)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        vars(consequence),
    )


def list_of(conn: Connection, tenant_id: UUID, appraisal_id: UUID) -> list[Consequence]:
    """Give those of an appraisal in the order in which they were proposed."""
    with conn.cursor(row_factory=record(Consequence)) as cursor:
        return cursor.execute(
            CONSEQUENCE + "WHERE tenant_id = %s AND appraisal_id = %s ORDER BY proposed_at, id",
            [tenant_id, appraisal_id],
        ).fetchall()


def list_unheard(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Consequence]:
    """Give those to which a member has not replied yet."""
    with conn.cursor(row_factory=record(Consequence)) as cursor:
        return cursor.execute(
            CONSEQUENCE + "WHERE tenant_id = %s AND person_id = %s AND state = 'proposed' ORDER BY reply_by_on, id",
            [tenant_id, person_id],
        ).fetchall()
