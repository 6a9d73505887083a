"""Every SQL statement on anonymous forms: who took one, the boxes, totals from paper."""

import bisect
from collections.abc import Sequence
from uuid import UUID

from services.pledge.assessment.domain import FORMS, Assessment, Source
from services.pledge.form.domain import Box, Paper
from services.pledge.form.rules import PaperNotFound
from shared.db import Connection, record

BOX = "SELECT tenant_id, assessment_id, source, used, answers, sealed FROM form_box "
PAPER = """
    SELECT tenant_id, id, assessment_id, source, papers, sealed, tellers, entered_by, entered_at, confirmed_by,
           confirmed_at, dropped_at, drop_reason
    FROM form_paper
"""


def add_boxes(conn: Connection, assessment: Assessment) -> None:
    """Set up the empty boxes of an occasion."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO form_box (tenant_id, assessment_id, source) VALUES (%s, %s, %s)",
            [(assessment.tenant_id, assessment.id, source) for source in FORMS],
        )


def take(conn: Connection, assessment: Assessment, person_id: UUID, asked: bytes | None) -> bool:
    """Note that a member takes a form; say whether it is the first, or the same request again."""
    row = conn.execute(
        """
        INSERT INTO form_taken (tenant_id, assessment_id, person_id, asked) VALUES (%s, %s, %s, %s)
        ON CONFLICT (tenant_id, assessment_id, person_id) DO UPDATE SET asked = form_taken.asked
        WHERE form_taken.asked = excluded.asked RETURNING true
        """,
        [assessment.tenant_id, assessment.id, person_id, asked],
    ).fetchone()
    return row is not None


def took(conn: Connection, assessment: Assessment, person_id: UUID) -> bool:
    """Say whether a member took a form."""
    found = conn.execute(
        "SELECT FROM form_taken WHERE tenant_id = %s AND assessment_id = %s AND person_id = %s",
        [assessment.tenant_id, assessment.id, person_id],
    ).fetchone()
    return found is not None


def list_taken(conn: Connection, tenant_id: UUID, assessment_ids: Sequence[UUID], person_id: UUID) -> set[UUID]:
    """Give of some occasions those for which a member took a form."""
    rows = conn.execute(
        "SELECT assessment_id FROM form_taken WHERE tenant_id = %s AND assessment_id = ANY(%s) AND person_id = %s",
        [tenant_id, list(assessment_ids), person_id],
    ).fetchall()
    return {row[0] for row in rows}


def count_taken(conn: Connection, assessment: Assessment) -> int:
    """Count the forms that members took."""
    row = conn.execute(
        "SELECT count(*) FROM form_taken WHERE tenant_id = %s AND assessment_id = %s",
        [assessment.tenant_id, assessment.id],
    ).fetchone()
    return int(row[0]) if row else 0


def get_box(conn: Connection, assessment: Assessment, source: Source) -> Box:
    """Give a box and lock it: answers go in one after the other."""
    return _box(conn, assessment, source, "FOR UPDATE")


def read_box(conn: Connection, assessment: Assessment, source: Source) -> Box:
    """Give a box to be counted."""
    return _box(conn, assessment, source, "")


def _box(conn: Connection, assessment: Assessment, source: Source, lock: str) -> Box:
    with conn.cursor(row_factory=record(Box)) as cursor:
        row = cursor.execute(
            BOX + "WHERE tenant_id = %s AND assessment_id = %s AND source = %s " + lock,
            [assessment.tenant_id, assessment.id, source],
        ).fetchone()
    if row is None:
        raise LookupError(f"no box of {source} for {assessment.id}")
    return row


def put(conn: Connection, box: Box, used: bytes, sealed: bytes) -> None:
    """Rewrite a box with one more answer; used tokens stand in the order of their value, not of their coming."""
    tokens = [bytes(one) for one in box.used]
    bisect.insort(tokens, used)
    conn.execute(
        """
        UPDATE form_box SET used = %s, answers = %s, sealed = %s
        WHERE tenant_id = %s AND assessment_id = %s AND source = %s
        """,
        [tokens, len(tokens), sealed, box.tenant_id, box.assessment_id, box.source],
    )


def add_paper(conn: Connection, paper: Paper) -> None:
    """Enter totals from paper."""
    conn.execute(
        """
        INSERT INTO form_paper (tenant_id, id, assessment_id, source, papers, sealed, tellers, entered_by, entered_at)
        VALUES (%(tenant_id)s, %(id)s, %(assessment_id)s, %(source)s, %(papers)s, %(sealed)s, %(tellers)s,
                %(entered_by)s, %(entered_at)s)
        """,
        vars(paper),
    )


def save_paper(conn: Connection, paper: Paper) -> None:
    """Keep what became of totals."""
    conn.execute(
        """
        UPDATE form_paper
        SET confirmed_by = %(confirmed_by)s, confirmed_at = %(confirmed_at)s, dropped_at = %(dropped_at)s,
            drop_reason = %(drop_reason)s
        WHERE tenant_id = %(tenant_id)s AND id = %(id)s
        """,
        vars(paper),
    )


def occasion_of(conn: Connection, tenant_id: UUID, paper_id: UUID) -> UUID:
    """Give the occasion of totals, which is held before they are. Raises `PaperNotFound`."""
    row = conn.execute(
        "SELECT assessment_id FROM form_paper WHERE tenant_id = %s AND id = %s", [tenant_id, paper_id]
    ).fetchone()
    if row is None:
        raise PaperNotFound
    found: UUID = row[0]
    return found


def get_paper(conn: Connection, tenant_id: UUID, paper_id: UUID) -> Paper:
    """Give totals and lock them for a change. Raises `PaperNotFound`."""
    with conn.cursor(row_factory=record(Paper)) as cursor:
        row = cursor.execute(PAPER + "WHERE tenant_id = %s AND id = %s FOR UPDATE", [tenant_id, paper_id]).fetchone()
    if row is None:
        raise PaperNotFound
    return row


def list_papers(conn: Connection, assessment: Assessment) -> list[Paper]:
    """Give the totals of an occasion that were not dropped, in the order of their entry."""
    with conn.cursor(row_factory=record(Paper)) as cursor:
        return cursor.execute(
            PAPER + "WHERE tenant_id = %s AND assessment_id = %s AND dropped_at IS NULL ORDER BY entered_at, id",
            [assessment.tenant_id, assessment.id],
        ).fetchall()


def list_explained(conn: Connection, assessment: Assessment) -> list[Paper]:
    """Give the totals that were dropped with a reason after forms were closed."""
    with conn.cursor(row_factory=record(Paper)) as cursor:
        return cursor.execute(
            PAPER + "WHERE tenant_id = %s AND assessment_id = %s AND drop_reason <> '' ORDER BY entered_at, id",
            [assessment.tenant_id, assessment.id],
        ).fetchall()
