"""Every SQL statement on count sheets and corrections."""

from dataclasses import asdict, replace
from uuid import UUID

from services.ballot.paper.domain import Correction, Sheet
from shared.db import Connection, record

SHEET = """
    SELECT tenant_id, ballot_id, number, valid, invalid, abstained, entered_by, entered_at, confirmed_by, confirmed_at,
           disputed_by, disputed_at, dispute
    FROM sheet
"""


def add(conn: Connection, sheet: Sheet) -> None:
    """Enter a sheet and its totals; the caller holds the ballot."""
    conn.execute(
        """
        INSERT INTO sheet (tenant_id, ballot_id, number, valid, invalid, abstained, entered_by, entered_at)
        VALUES (%(tenant_id)s, %(ballot_id)s, %(number)s, %(valid)s, %(invalid)s, %(abstained)s, %(entered_by)s,
                %(entered_at)s)
        """,
        asdict(replace(sheet, votes={})),
    )
    with conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO sheet_total (tenant_id, ballot_id, number, person_id, votes) VALUES (%s, %s, %s, %s, %s)",
            [(sheet.tenant_id, sheet.ballot_id, sheet.number, person, votes) for person, votes in sheet.votes.items()],
        )


def save(conn: Connection, sheet: Sheet) -> None:
    """Keep what the other teller said of a sheet."""
    conn.execute(
        """
        UPDATE sheet
        SET confirmed_by = %(confirmed_by)s, confirmed_at = %(confirmed_at)s, disputed_by = %(disputed_by)s,
            disputed_at = %(disputed_at)s, dispute = %(dispute)s
        WHERE tenant_id = %(tenant_id)s AND ballot_id = %(ballot_id)s AND number = %(number)s
        """,
        asdict(replace(sheet, votes={})),
    )


def list_sheets(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> list[Sheet]:
    """Give all sheets of a ballot with their totals, the oldest first."""
    with conn.cursor(row_factory=record(Sheet)) as cursor:
        rows = cursor.execute(
            SHEET + "WHERE tenant_id = %s AND ballot_id = %s ORDER BY number", [tenant_id, ballot_id]
        ).fetchall()
    votes: dict[int, dict[UUID, int]] = {row.number: {} for row in rows}
    totals = conn.execute(
        "SELECT number, person_id, votes FROM sheet_total WHERE tenant_id = %s AND ballot_id = %s",
        [tenant_id, ballot_id],
    ).fetchall()
    for number, person_id, count in totals:
        votes[number][person_id] = count
    return [replace(row, votes=votes[row.number]) for row in rows]


def confirmed_votes(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> dict[UUID, int]:
    """Give the totals of the sheet that two tellers agreed on; nothing where there are no papers."""
    rows = conn.execute(
        """
        SELECT t.person_id, t.votes FROM sheet_total t JOIN sheet s USING (tenant_id, ballot_id, number)
        WHERE s.tenant_id = %s AND s.ballot_id = %s AND s.confirmed_at IS NOT NULL
        """,
        [tenant_id, ballot_id],
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def add_correction(conn: Connection, correction: Correction) -> None:
    """Enter a correction; the caller holds the ballot."""
    conn.execute(
        """
        INSERT INTO correction
            (tenant_id, ballot_id, number, present_before, issued_before, present, issued, reason, made_by, made_at)
        VALUES (%(tenant_id)s, %(ballot_id)s, %(number)s, %(present_before)s, %(issued_before)s, %(present)s,
                %(issued)s, %(reason)s, %(made_by)s, %(made_at)s)
        """,
        asdict(correction),
    )


def list_corrections(conn: Connection, tenant_id: UUID, ballot_id: UUID) -> list[Correction]:
    """Give the corrections of a ballot, the oldest first."""
    with conn.cursor(row_factory=record(Correction)) as cursor:
        return cursor.execute(
            """
            SELECT tenant_id, ballot_id, number, present_before, issued_before, present, issued, reason, made_by,
                   made_at
            FROM correction WHERE tenant_id = %s AND ballot_id = %s ORDER BY number
            """,
            [tenant_id, ballot_id],
        ).fetchall()
