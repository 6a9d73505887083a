"""Every SQL statement on who pledged where and what was said of it, each of several organisations at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from services.pledge.remark.domain import Span
from shared.db import Connection
from shared.directory.domain import Role

# Who belongs to a branch now is remarked on there, wherever the pledge was made; who left it stays to be seen.
# It is asked place by place, and with arrays, so that each finds its own by the indexes however many there are: a join
# of the authors with a place's people or pledges is taken for dear and reads them all.
MADE = """
    WITH here AS (
        SELECT h.id FROM person h
        WHERE h.tenant_id = %(tenant_id)s AND h.active AND h.organization_id = ANY(ARRAY(
            SELECT o.id FROM organization o
            WHERE o.tenant_id = %(tenant_id)s
              AND (o.id = place.id OR (o.kind = 'group' AND o.parent_id = place.id))))
    ),
    made AS (
        SELECT p.id, p.person_id, false AS joined FROM pledge p
        WHERE p.tenant_id = %(tenant_id)s AND p.organization_id = place.id AND p.person_id IS NOT NULL
        UNION ALL
        SELECT p.id, p.person_id, false FROM pledge p
        WHERE p.tenant_id = %(tenant_id)s AND p.person_id = ANY(ARRAY(SELECT id FROM here))
        UNION ALL
        SELECT a.pledge_id, a.person_id, true FROM pledge_companion a
        WHERE a.tenant_id = %(tenant_id)s AND a.counts AND a.person_id IS NOT NULL AND a.pledge_id = ANY(ARRAY(
            SELECT p.id FROM pledge p
            WHERE p.tenant_id = %(tenant_id)s AND p.organization_id = place.id AND p.form IN ('group', 'joint')))
        UNION ALL
        SELECT a.pledge_id, a.person_id, true FROM pledge_companion a
        WHERE a.tenant_id = %(tenant_id)s AND a.counts AND a.person_id IS NOT NULL
          AND a.person_id = ANY(ARRAY(SELECT id FROM here))
    )
"""
PLEDGERS = f"""
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(%(place_ids)s::uuid[], %(periods)s::text[], %(years)s::int[], %(begins)s::timestamptz[],
                             %(ends)s::timestamptz[])
            AS a (place_id, period, year, begins, ends))
    SELECT place.id, f.period, f.person_id, f.pledge_id
    FROM unnest(%(places)s::uuid[]) AS place (id)
    CROSS JOIN LATERAL (
        {MADE},
        public AS MATERIALIZED (
            SELECT p.id, p.organization_id, p.year, p.kind, p.made_at, p.closed_at, (
                SELECT min(v.published_at) FROM pledge_version v
                WHERE v.tenant_id = p.tenant_id AND v.pledge_id = p.id) AS published_at
            FROM pledge p
            WHERE p.tenant_id = %(tenant_id)s AND p.id = ANY(ARRAY(SELECT id FROM made)) AND p.year = ANY(%(any_year)s)
              AND p.form <> 'organization' AND p.published_version IS NOT NULL AND p.state <> 'withdrawn')
        SELECT DISTINCT ON (a.period, m.person_id) a.period, m.person_id, p.id AS pledge_id
        FROM asked a
        JOIN public p
          ON p.year = a.year AND (p.closed_at IS NULL OR p.closed_at >= a.begins) AND p.published_at < a.ends
        JOIN made m ON m.id = p.id
        WHERE a.place_id = place.id
        ORDER BY a.period, m.person_id, m.joined, p.organization_id <> place.id, p.kind, p.made_at, p.id) f
"""  # noqa: S608 — constants
FIRSTS = f"""
    SELECT place.id, f.first
    FROM unnest(%(place_ids)s::uuid[]) AS place (id)
    CROSS JOIN LATERAL (
        {MADE}
        SELECT min(v.published_at) AS first FROM pledge_version v
        WHERE v.tenant_id = %(tenant_id)s AND v.pledge_id IN (
            SELECT id FROM made
            UNION ALL
            SELECT p.id FROM pledge p WHERE p.tenant_id = %(tenant_id)s AND p.organization_id = place.id)) f
    WHERE f.first IS NOT NULL
"""  # noqa: S608 — constants


def list_pledgers(
    conn: Connection, tenant_id: UUID, asked: Mapping[UUID, Sequence[Span]]
) -> dict[UUID, dict[str, dict[UUID, UUID]]]:
    """Give by organisation, period and person the first pledge (the annual before instant ones) of all who pledged in
    an organisation for the year, or pledged elsewhere and belong to it now, alone or with others, so that the pledge
    was public before the end of the period and not closed before its beginning.
    """
    spans = [(place_id, one) for place_id, periods in asked.items() for one in periods]
    found: dict[UUID, dict[str, dict[UUID, UUID]]] = {}
    for place_id, span in spans:
        found.setdefault(place_id, {})[span.period] = {}
    if not spans:
        return found
    facts = {
        "tenant_id": tenant_id, "places": list(found), "any_year": sorted({one.year for _, one in spans}),
        "place_ids": [place_id for place_id, _ in spans],
        "periods": [one.period for _, one in spans], "years": [one.year for _, one in spans],
        "begins": [one.begins for _, one in spans], "ends": [one.ends for _, one in spans],
    }  # fmt: skip
    for place_id, period, person_id, pledge_id in conn.execute(PLEDGERS, facts).fetchall():
        found[place_id][period][person_id] = pledge_id
    return found


def list_firsts(conn: Connection, tenant_id: UUID, place_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """Give by organisation when the first pledge with which it is concerned was public, where there is any."""
    return dict(conn.execute(FIRSTS, {"tenant_id": tenant_id, "place_ids": list(place_ids)}).fetchall())


def list_said(
    conn: Connection, tenant_id: UUID, place_ids: Iterable[UUID], periods: Iterable[str]
) -> set[tuple[UUID, str, UUID]]:
    """Give organisation, period and person of every remark of some periods, also why there is none."""
    return set(
        conn.execute(
            "SELECT DISTINCT organization_id, period, person_id FROM remark"
            " WHERE tenant_id = %s AND organization_id = ANY(%s) AND period = ANY(%s)",
            [tenant_id, list(place_ids), list(periods)],
        ).fetchall()
    )


def list_summed(
    conn: Connection, tenant_id: UUID, place_ids: Iterable[UUID], periods: Iterable[str]
) -> set[tuple[UUID, str]]:
    """Give organisation and period of what was summed up of some periods."""
    return set(
        conn.execute(
            "SELECT DISTINCT organization_id, period FROM summary"
            " WHERE tenant_id = %s AND organization_id = ANY(%s) AND period = ANY(%s)",
            [tenant_id, list(place_ids), list(periods)],
        ).fetchall()
    )


def list_pledged(conn: Connection, tenant_id: UUID, place_ids: Iterable[UUID]) -> dict[tuple[UUID, int], datetime]:
    """Give by organisation and year since when an organisation's own pledge for it is public."""
    rows = conn.execute(
        """
        SELECT p.organization_id, p.year, min(v.published_at) FROM pledge p
        JOIN pledge_version v ON v.tenant_id = p.tenant_id AND v.pledge_id = p.id AND v.published_at IS NOT NULL
        WHERE p.tenant_id = %s AND p.organization_id = ANY(%s) AND p.form = 'organization'
          AND p.published_version IS NOT NULL AND p.state <> 'withdrawn'
        GROUP BY p.organization_id, p.year
        """,
        [tenant_id, list(place_ids)],
    ).fetchall()
    return {(place_id, year): first for place_id, year, first in rows}


def list_officers(
    conn: Connection, tenant_id: UUID, place_ids: Sequence[UUID], roles: Sequence[Role], day: date
) -> dict[UUID, set[UUID]]:
    """Give by organisation who holds one of the roles in it on a day, where anybody does."""
    found: dict[UUID, set[UUID]] = {}
    for place_id, person_id in conn.execute(
        """
        SELECT DISTINCT h.organization_id, h.person_id
        FROM position h JOIN person p ON p.tenant_id = h.tenant_id AND p.id = h.person_id AND p.active
        WHERE h.tenant_id = %s AND h.organization_id = ANY(%s) AND h.role = ANY(%s) AND h.starts_on <= %s
          AND (h.ends_on IS NULL OR h.ends_on >= %s)
        """,
        [tenant_id, list(place_ids), [str(role) for role in roles], day, day],
    ).fetchall():
        found.setdefault(place_id, set()).add(person_id)
    return found
