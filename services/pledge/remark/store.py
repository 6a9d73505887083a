"""Every SQL statement on remarks and summaries."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from services.pledge.remark.domain import Remark, Span, Summary
from shared.db import Connection, record
from shared.directory.domain import Organization

REMARK = """
    SELECT DISTINCT ON (organization_id, period, person_id)
           tenant_id, id, organization_id, person_id, period, position, pledge_id, kind, text, made_by, made_at
    FROM remark
"""
# Who belongs to a branch now is remarked on there, wherever the pledge was made; who left it stays to be seen.
MADE = """
    WITH here AS (
        SELECT h.id FROM person h
        WHERE h.tenant_id = %(tenant_id)s AND h.active AND h.organization_id = ANY(ARRAY(
            SELECT o.id FROM organization o
            WHERE o.tenant_id = %(tenant_id)s
              AND (o.id = %(place_id)s OR (o.kind = 'group' AND o.parent_id = %(place_id)s))))
    ),
    made AS (
        SELECT p.id, p.person_id, false AS joined FROM pledge p
        WHERE p.tenant_id = %(tenant_id)s AND p.organization_id = %(place_id)s AND p.person_id IS NOT NULL
        UNION ALL
        SELECT p.id, p.person_id, false FROM pledge p
        WHERE p.tenant_id = %(tenant_id)s AND p.person_id = ANY(ARRAY(SELECT id FROM here))
        UNION ALL
        SELECT p.id, a.person_id, true FROM pledge p
        JOIN pledge_companion a ON a.tenant_id = p.tenant_id AND a.pledge_id = p.id AND a.counts
        WHERE p.tenant_id = %(tenant_id)s AND p.organization_id = %(place_id)s AND a.person_id IS NOT NULL
        UNION ALL
        SELECT a.pledge_id, a.person_id, true
        FROM here JOIN pledge_companion a ON a.tenant_id = %(tenant_id)s AND a.person_id = here.id AND a.counts
    )
"""
PLEDGERS = f"""
    {MADE},
    asked AS MATERIALIZED (
        SELECT * FROM unnest(%(periods)s::text[], %(years)s::int[], %(begins)s::timestamptz[], %(ends)s::timestamptz[])
            AS a (period, year, begins, ends)),
    public AS MATERIALIZED (
        SELECT p.id, p.organization_id, p.year, p.kind, p.made_at, p.closed_at, (
            SELECT min(v.published_at) FROM pledge_version v
            WHERE v.tenant_id = p.tenant_id AND v.pledge_id = p.id) AS published_at
        FROM pledge p
        WHERE p.tenant_id = %(tenant_id)s AND p.id = ANY(ARRAY(SELECT id FROM made)) AND p.year = ANY(%(years)s)
          AND p.form <> 'organization' AND p.published_version IS NOT NULL AND p.state <> 'withdrawn')
    SELECT DISTINCT ON (a.period, m.person_id) a.period, m.person_id, p.id
    FROM asked a
    JOIN public p ON p.year = a.year AND (p.closed_at IS NULL OR p.closed_at >= a.begins) AND p.published_at < a.ends
    JOIN made m ON m.id = p.id
    ORDER BY a.period, m.person_id, m.joined, p.organization_id <> %(place_id)s, p.kind, p.made_at, p.id
"""  # noqa: S608 — constants
FIRST = f"""
    {MADE}
    SELECT min(v.published_at) FROM pledge_version v
    WHERE v.tenant_id = %(tenant_id)s AND v.pledge_id IN (
        SELECT id FROM made
        UNION ALL
        SELECT p.id FROM pledge p WHERE p.tenant_id = %(tenant_id)s AND p.organization_id = %(place_id)s)
"""  # noqa: S608 — constants
NEWEST = "ORDER BY organization_id, period DESC, person_id, position DESC"


def hold(conn: Connection, organization_id: UUID, period: str) -> None:
    """Let two who write for the same organisation and period go one after the other."""
    conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"remark {organization_id} {period}"])


def add(conn: Connection, remark: Remark) -> None:
    """Keep a remark."""
    conn.execute(
        """
        INSERT INTO remark
            (tenant_id, id, organization_id, person_id, period, position, pledge_id, kind, text, made_by, made_at)
        VALUES (%(tenant_id)s, %(id)s, %(organization_id)s, %(person_id)s, %(period)s, %(position)s, %(pledge_id)s,
                %(kind)s, %(text)s, %(made_by)s, %(made_at)s)
        """,
        asdict(remark),
    )


def list_remarks(conn: Connection, tenant_id: UUID, organization_id: UUID, period: str) -> dict[UUID, Remark]:
    """Give by person the remarks of a period that count."""
    with conn.cursor(row_factory=record(Remark)) as cursor:
        rows = cursor.execute(
            REMARK + "WHERE tenant_id = %s AND organization_id = %s AND period = %s " + NEWEST,
            [tenant_id, organization_id, period],
        ).fetchall()
    return {row.person_id: row for row in rows}


def list_of_person(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Remark]:
    """Give what was said of a person, the newest period first."""
    with conn.cursor(row_factory=record(Remark)) as cursor:
        rows = cursor.execute(
            REMARK + "WHERE tenant_id = %s AND person_id = %s " + NEWEST, [tenant_id, person_id]
        ).fetchall()
    return sorted(rows, key=lambda row: row.made_at, reverse=True)


def add_summary(conn: Connection, summary: Summary) -> None:
    """Keep a summary."""
    conn.execute(
        """
        INSERT INTO summary (tenant_id, id, organization_id, period, position, text, made_by, made_at)
        VALUES (%(tenant_id)s, %(id)s, %(organization_id)s, %(period)s, %(position)s, %(text)s, %(made_by)s,
                %(made_at)s)
        """,
        asdict(summary),
    )


def list_said(conn: Connection, place: Organization, periods: Sequence[str]) -> set[tuple[str, UUID]]:
    """Give period and person of every remark that an organisation made in some periods, also why there is none."""
    return set(
        conn.execute(
            "SELECT DISTINCT period, person_id FROM remark WHERE tenant_id = %s AND organization_id = %s"
            " AND period = ANY(%s)",
            [place.tenant_id, place.id, list(periods)],
        ).fetchall()
    )


def list_summed(conn: Connection, place: Organization, periods: Sequence[str]) -> set[str]:
    """Give of some periods those that an organisation summed up."""
    rows = conn.execute(
        "SELECT DISTINCT period FROM summary WHERE tenant_id = %s AND organization_id = %s AND period = ANY(%s)",
        [place.tenant_id, place.id, list(periods)],
    ).fetchall()
    return {row[0] for row in rows}


def list_summaries(conn: Connection, tenant_id: UUID, organization_id: UUID, period: str) -> list[Summary]:
    """Give the summaries of a period, the newest first."""
    with conn.cursor(row_factory=record(Summary)) as cursor:
        return cursor.execute(
            """
            SELECT tenant_id, id, organization_id, period, position, text, made_by, made_at
            FROM summary WHERE tenant_id = %s AND organization_id = %s AND period = %s ORDER BY position DESC
            """,
            [tenant_id, organization_id, period],
        ).fetchall()


def list_pledgers(conn: Connection, place: Organization, spans: Sequence[Span]) -> dict[str, dict[UUID, UUID]]:
    """Give by period and person the first pledge (the annual before instant ones) of all who pledged in an
    organisation for the year, or pledged elsewhere and belong to it now, alone or with others, so that the pledge was
    public before the end of the period and not closed before its beginning.
    """
    facts = {
        "tenant_id": place.tenant_id, "place_id": place.id, "periods": [one.period for one in spans],
        "years": [one.year for one in spans], "begins": [one.begins for one in spans],
        "ends": [one.ends for one in spans],
    }  # fmt: skip
    found: dict[str, dict[UUID, UUID]] = {one.period: {} for one in spans}
    for period, person_id, pledge_id in conn.execute(PLEDGERS, facts).fetchall():
        found[period][person_id] = pledge_id
    return found


def find_first(conn: Connection, place: Organization) -> datetime | None:
    """Give when the first pledge with which an organisation is concerned was public."""
    row = conn.execute(FIRST, {"tenant_id": place.tenant_id, "place_id": place.id}).fetchone()
    return row[0] if row else None


def list_pledged(conn: Connection, place: Organization) -> dict[int, datetime]:
    """Give by year since when an organisation's own pledge for it is public."""
    rows = conn.execute(
        """
        SELECT p.year, min(v.published_at) FROM pledge p
        JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id AND v.published_at IS NOT NULL
        WHERE p.tenant_id = %s AND p.organization_id = %s AND p.form = 'organization'
          AND p.published_version IS NOT NULL AND p.state <> 'withdrawn'
        GROUP BY p.year
        """,
        [place.tenant_id, place.id],
    ).fetchall()
    return dict(rows)
