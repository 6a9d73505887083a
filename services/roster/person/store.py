"""SQL on people that only roster needs: particulars, search, contacts, locks for a change."""

from collections.abc import Sequence
from uuid import UUID

from services.roster.person.domain import Contact, Detail, Listed, Record
from shared.db import Connection, record
from shared.directory.domain import Person
from shared.directory.store import PERSON, PersonNotFound

DETAIL = """
    SELECT tenant_id, person_id, gender, birth_year, joined_on, joined_precision, formal_on, formal_precision,
           without_office, post, phone, remark, floating_since, reading, keys
    FROM person_detail
"""
LISTED = """
    SELECT p.id, p.number, p.name, p.standing, p.identity, p.leader, p.floating, p.exempt, p.counted, p.active,
           d.birth_year, p.organization_id, o.name AS organization_name
    FROM person p
    JOIN organization o ON o.tenant_id = p.tenant_id AND o.id = p.organization_id
    LEFT JOIN person_detail d ON d.tenant_id = p.tenant_id AND d.person_id = p.id
"""
PAGE = 50
CONTACT = "SELECT tenant_id, id, person_id, made_on, channel, by_member, recorded_by, recorded_at FROM contact "


def read(conn: Connection, tenant_id: UUID, person_id: UUID) -> Record:
    """Give a person with the particulars. Raises `PersonNotFound`."""
    return _get(conn, tenant_id, person_id, "")


def get(conn: Connection, tenant_id: UUID, person_id: UUID) -> Record:
    """Give a person with the particulars, locked. Raises `PersonNotFound`."""
    return _get(conn, tenant_id, person_id, " FOR UPDATE")


def _get(conn: Connection, tenant_id: UUID, person_id: UUID, lock: str) -> Record:
    with conn.cursor(row_factory=record(Person)) as cursor:
        person = cursor.execute(
            PERSON + "WHERE p.tenant_id = %s AND p.id = %s" + lock, [tenant_id, person_id]
        ).fetchone()
    if person is None:
        raise PersonNotFound
    with conn.cursor(row_factory=record(Detail)) as cursor:
        detail = cursor.execute(DETAIL + "WHERE tenant_id = %s AND person_id = %s", [tenant_id, person_id]).fetchone()
    return Record(person, detail or Detail(tenant_id, person_id))


def list_records(conn: Connection, tenant_id: UUID) -> list[Record]:
    """Give everybody of the university, who left too, with the particulars, and lock them."""
    with conn.cursor(row_factory=record(Person)) as cursor:
        people = cursor.execute(PERSON + "WHERE p.tenant_id = %s FOR UPDATE", [tenant_id]).fetchall()
    # Only now: a person's lock guards the particulars, and who held it may have changed them until just now.
    with conn.cursor(row_factory=record(Detail)) as cursor:
        found = cursor.execute(DETAIL + "WHERE tenant_id = %s", [tenant_id]).fetchall()
    details = {detail.person_id: detail for detail in found}
    return [Record(person, details.get(person.id) or Detail(tenant_id, person.id)) for person in people]


def save_detail(conn: Connection, detail: Detail) -> None:
    """Keep the particulars of a person."""
    conn.execute(
        """
        INSERT INTO person_detail
            (tenant_id, person_id, gender, birth_year, joined_on, joined_precision, formal_on, formal_precision,
             without_office, post, phone, remark, floating_since, reading, keys)
        VALUES (%(tenant_id)s, %(person_id)s, %(gender)s, %(birth_year)s, %(joined_on)s, %(joined_precision)s,
                %(formal_on)s, %(formal_precision)s, %(without_office)s, %(post)s, %(phone)s, %(remark)s,
                %(floating_since)s, %(reading)s, %(keys)s)
        ON CONFLICT (tenant_id, person_id) DO UPDATE SET
            gender = EXCLUDED.gender, birth_year = EXCLUDED.birth_year, joined_on = EXCLUDED.joined_on,
            joined_precision = EXCLUDED.joined_precision, formal_on = EXCLUDED.formal_on,
            formal_precision = EXCLUDED.formal_precision, without_office = EXCLUDED.without_office,
            post = EXCLUDED.post, phone = EXCLUDED.phone, remark = EXCLUDED.remark,
            floating_since = EXCLUDED.floating_since, reading = EXCLUDED.reading, keys = EXCLUDED.keys
        """,
        vars(detail),
    )


def get_id(conn: Connection, tenant_id: UUID, number: str) -> UUID:
    """Give the id of the person with a number. Raises `PersonNotFound`."""
    row = conn.execute("SELECT id FROM person WHERE tenant_id = %s AND number = %s", [tenant_id, number]).fetchone()
    if row is None:
        raise PersonNotFound(f"没有学工号为“{number}”的人。")
    found: UUID = row[0]
    return found


def has_number(conn: Connection, tenant_id: UUID, number: str, person_id: UUID) -> bool:
    """Say whether somebody else has the number."""
    row = conn.execute(
        "SELECT 1 FROM person WHERE tenant_id = %s AND number = %s AND id <> %s", [tenant_id, number, person_id]
    ).fetchone()
    return row is not None


def search(
    conn: Connection,
    tenant_id: UUID,
    *,
    pattern: str,
    paths: Sequence[str],
    organization_id: UUID | None,
    with_gone: bool,
    page: int,
) -> tuple[list[Listed], int]:
    """Give one page of the people found, and how many there are in all, in 姓氏笔画 order.

    `paths` are LIKE patterns of the organisations that may be seen. An empty `pattern` finds everybody.
    """
    where = """
        WHERE p.tenant_id = %(tenant)s AND o.path LIKE ANY(%(paths)s) AND (p.active OR %(gone)s)
          AND (%(pattern)s = '' OR coalesce(d.keys, ' ' || lower(p.number) || ' ' || p.name) LIKE %(pattern)s)
          AND (%(organization)s::uuid IS NULL OR p.organization_id = %(organization)s)
    """
    given = {
        "tenant": tenant_id,
        "paths": list(paths),
        "gone": with_gone,
        "pattern": pattern,
        "organization": organization_id,
        "limit": PAGE,
        "offset": (page - 1) * PAGE,
    }
    counted = conn.execute(f"SELECT count(*) FROM ({LISTED}{where}) found", given).fetchone()  # noqa: S608
    with conn.cursor(row_factory=record(Listed)) as cursor:
        rows = cursor.execute(
            LISTED + where + " ORDER BY p.stroke_key, p.number LIMIT %(limit)s OFFSET %(offset)s", given
        ).fetchall()
    return rows, counted[0] if counted else 0


def list_in(conn: Connection, tenant_id: UUID, organization_id: UUID) -> list[Listed]:
    """Give everybody active of one organisation, in 姓氏笔画 order."""
    with conn.cursor(row_factory=record(Listed)) as cursor:
        return cursor.execute(
            LISTED + "WHERE p.tenant_id = %s AND p.organization_id = %s AND p.active ORDER BY p.stroke_key, p.number",
            [tenant_id, organization_id],
        ).fetchall()


def list_floating(conn: Connection, tenant_id: UUID, path: str) -> list[Person]:
    """Give the 流动党员 of an organisation, who was silent longest first."""
    with conn.cursor(row_factory=record(Person)) as cursor:
        return cursor.execute(
            PERSON
            + """
            JOIN organization o ON o.tenant_id = p.tenant_id AND o.id = p.organization_id
            WHERE p.tenant_id = %s AND o.path = %s AND p.active AND p.floating
            ORDER BY p.last_contact_on, p.stroke_key
            """,
            [tenant_id, path],
        ).fetchall()


def save_contact(conn: Connection, contact: Contact) -> None:
    """Keep a contact."""
    conn.execute(
        """
        INSERT INTO contact (tenant_id, id, person_id, made_on, channel, by_member, recorded_by, recorded_at)
        VALUES (%(tenant_id)s, %(id)s, %(person_id)s, %(made_on)s, %(channel)s, %(by_member)s, %(recorded_by)s,
                %(recorded_at)s)
        """,
        vars(contact),
    )


def list_contacts(conn: Connection, tenant_id: UUID, person_id: UUID) -> list[Contact]:
    """Give the contacts with a person, the newest first."""
    with conn.cursor(row_factory=record(Contact)) as cursor:
        return cursor.execute(
            CONTACT + "WHERE tenant_id = %s AND person_id = %s ORDER BY made_on DESC, recorded_at DESC",
            [tenant_id, person_id],
        ).fetchall()
