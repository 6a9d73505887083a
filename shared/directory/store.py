"""Every SQL statement on organisations, people, positions and adoptions."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from shared.db import Connection, record
from shared.directory.domain import Organization, Person, Position, Role
from shared.errors import NotFound


class OrganizationNotFound(NotFound):
    """没有这个组织。"""


class PersonNotFound(NotFound):
    """没有这个人。"""


ORGANIZATION = """
    SELECT tenant_id, id, version, parent_id, kind, name, code, path, unit_type, phone, address, active
    FROM organization
"""
PERSON = """
    SELECT p.tenant_id, p.id, p.version, p.organization_id, p.number, p.name, p.stroke_key, p.standing, p.identity,
           p.leader, p.division_rank, p.floating, p.last_contact_on, p.exempt, p.counted, p.email, p.active,
           p.session_epoch
    FROM person p
"""


def save_organization(conn: Connection, tenant_id: UUID, facts: dict[str, Any]) -> None:
    """Keep an organisation as `organization.changed` tells it, unless a later version is known."""
    conn.execute(
        """
        INSERT INTO organization
            (tenant_id, id, version, parent_id, kind, name, code, path, unit_type, phone, address, active)
        VALUES (%(tenant_id)s, %(organization_id)s, %(version)s, %(parent_id)s, %(kind)s, %(name)s, %(code)s, %(path)s,
                %(unit_type)s, %(phone)s, %(address)s, %(active)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            version = EXCLUDED.version, parent_id = EXCLUDED.parent_id, kind = EXCLUDED.kind, name = EXCLUDED.name,
            code = EXCLUDED.code, path = EXCLUDED.path, unit_type = EXCLUDED.unit_type, phone = EXCLUDED.phone,
            address = EXCLUDED.address, active = EXCLUDED.active
        WHERE organization.version < EXCLUDED.version
        """,
        {"phone": "", "address": "", **facts, "tenant_id": tenant_id},
    )


def save_person(conn: Connection, tenant_id: UUID, facts: dict[str, Any]) -> None:
    """Keep a person as `person.changed` tells it, unless a later version is known."""
    conn.execute(
        """
        INSERT INTO person
            (tenant_id, id, version, organization_id, number, name, stroke_key, standing, identity, leader,
             division_rank, floating, last_contact_on, exempt, counted, email, active, session_epoch)
        VALUES (%(tenant_id)s, %(person_id)s, %(version)s, %(organization_id)s, %(number)s, %(name)s, %(stroke_key)s,
                %(standing)s, %(identity)s, %(leader)s, %(division_rank)s, %(floating)s, %(last_contact_on)s,
                %(exempt)s, %(counted)s, %(email)s, %(active)s, %(session_epoch)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            version = EXCLUDED.version, organization_id = EXCLUDED.organization_id, number = EXCLUDED.number,
            name = EXCLUDED.name, stroke_key = EXCLUDED.stroke_key, standing = EXCLUDED.standing,
            identity = EXCLUDED.identity, leader = EXCLUDED.leader, division_rank = EXCLUDED.division_rank,
            floating = EXCLUDED.floating, last_contact_on = EXCLUDED.last_contact_on, exempt = EXCLUDED.exempt,
            counted = EXCLUDED.counted, email = EXCLUDED.email, active = EXCLUDED.active,
            session_epoch = EXCLUDED.session_epoch
        WHERE person.version < EXCLUDED.version
        """,
        {**facts, "tenant_id": tenant_id},
    )


def save_position(conn: Connection, tenant_id: UUID, facts: dict[str, Any]) -> None:
    """Keep a position as `position.changed` tells it, unless a later version is known."""
    conn.execute(
        """
        INSERT INTO position (tenant_id, id, version, person_id, organization_id, role, starts_on, ends_on)
        VALUES (%(tenant_id)s, %(position_id)s, %(version)s, %(person_id)s, %(organization_id)s, %(role)s,
                %(starts_on)s, %(ends_on)s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            version = EXCLUDED.version, person_id = EXCLUDED.person_id, organization_id = EXCLUDED.organization_id,
            role = EXCLUDED.role, starts_on = EXCLUDED.starts_on, ends_on = EXCLUDED.ends_on
        WHERE position.version < EXCLUDED.version
        """,
        {**facts, "tenant_id": tenant_id},
    )


def save_adoption(conn: Connection, tenant_id: UUID, facts: dict[str, Any]) -> None:
    """Keep an adoption as `scheme.adopted` tells it; every version stays."""
    conn.execute(
        """
        INSERT INTO adoption (tenant_id, organization_id, version, scheme_id, scheme_version, name, document, settings)
        VALUES (%(tenant_id)s, %(organization_id)s, %(version)s, %(scheme_id)s, %(scheme_version)s, %(name)s,
                %(document)s, %(settings)s)
        ON CONFLICT DO NOTHING
        """,
        {**facts, "settings": Jsonb(facts["settings"]), "tenant_id": tenant_id},
    )


def get_organization(conn: Connection, tenant_id: UUID, organization_id: UUID) -> Organization:
    """Give an organisation. Raises `OrganizationNotFound`."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        row = cursor.execute(ORGANIZATION + "WHERE tenant_id = %s AND id = %s", [tenant_id, organization_id]).fetchone()
    if row is None:
        raise OrganizationNotFound
    return row


def list_organizations(conn: Connection, tenant_id: UUID, organization_ids: Iterable[UUID]) -> dict[UUID, Organization]:
    """Give several organisations by id, active or not; one that is not known is left out."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        rows = cursor.execute(
            ORGANIZATION + "WHERE tenant_id = %s AND id = ANY(%s)", [tenant_id, list(set(organization_ids))]
        ).fetchall()
    return {row.id: row for row in rows}


def find_organization(conn: Connection, organization_id: UUID) -> Organization:
    """Give an organisation of whichever tenant, for pages without sign-in. Raises `OrganizationNotFound`."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        row = cursor.execute(ORGANIZATION + "WHERE id = %s", [organization_id]).fetchone()
    if row is None:
        raise OrganizationNotFound
    return row


def get_top(conn: Connection, tenant_id: UUID) -> Organization:
    """Give the tenant's top organisation, the 党委. Raises `OrganizationNotFound`."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        row = cursor.execute(
            ORGANIZATION + "WHERE tenant_id = %s AND kind <> 'superior' ORDER BY length(path), path LIMIT 1",
            [tenant_id],
        ).fetchone()
    if row is None:
        raise OrganizationNotFound
    return row


def list_tops(conn: Connection) -> list[Organization]:
    """Give the top organisation of every tenant, for pages without sign-in."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        return cursor.execute(
            ORGANIZATION + "WHERE kind = 'committee' AND active AND path = code || '/' ORDER BY path"
        ).fetchall()


def list_lineage(conn: Connection, organization: Organization) -> list[Organization]:
    """Give the organisations from the top down to this one, itself included."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        return cursor.execute(
            ORGANIZATION + "WHERE tenant_id = %s AND path = ANY(%s) ORDER BY length(path)",
            [organization.tenant_id, lineage(organization.path)],
        ).fetchall()


def lineage(path: str) -> list[str]:
    """Give the paths from the top down to this one: a/b/ → [a/, a/b/]."""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def list_below(conn: Connection, organization: Organization) -> list[Organization]:
    """Give this organisation and all active ones below it, in the order of their codes."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        return cursor.execute(
            ORGANIZATION + "WHERE tenant_id = %s AND path >= %s AND path < %s AND active ORDER BY path",
            [organization.tenant_id, organization.path, organization.path[:-1] + "0"],
        ).fetchall()


def list_at(conn: Connection, tenant_id: UUID, paths: list[str]) -> list[Organization]:
    """Give the organisations with these paths, in the order of their codes."""
    with conn.cursor(row_factory=record(Organization)) as cursor:
        return cursor.execute(
            ORGANIZATION + "WHERE tenant_id = %s AND path = ANY(%s) ORDER BY path", [tenant_id, paths]
        ).fetchall()


def get_person(conn: Connection, tenant_id: UUID, person_id: UUID) -> Person:
    """Give a person. Raises `PersonNotFound`."""
    with conn.cursor(row_factory=record(Person)) as cursor:
        row = cursor.execute(PERSON + "WHERE p.tenant_id = %s AND p.id = %s", [tenant_id, person_id]).fetchone()
    if row is None:
        raise PersonNotFound
    return row


def list_people(conn: Connection, tenant_id: UUID, organization_id: UUID) -> list[Person]:
    """Give the active people of one organisation in 姓氏笔画 order."""
    with conn.cursor(row_factory=record(Person)) as cursor:
        return cursor.execute(
            PERSON + "WHERE p.tenant_id = %s AND p.organization_id = %s AND p.active ORDER BY p.stroke_key, p.number",
            [tenant_id, organization_id],
        ).fetchall()


def list_named(conn: Connection, tenant_id: UUID, person_ids: list[UUID]) -> dict[UUID, Person]:
    """Give several people by id; who is not known is left out."""
    with conn.cursor(row_factory=record(Person)) as cursor:
        rows = cursor.execute(PERSON + "WHERE p.tenant_id = %s AND p.id = ANY(%s)", [tenant_id, person_ids]).fetchall()
    return {row.id: row for row in rows}


def list_positions(conn: Connection, tenant_id: UUID, person_id: UUID, day: date) -> list[tuple[Position, str]]:
    """Give the positions that a person holds on a day, each with the path of its organisation."""
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            """
            SELECT h.tenant_id, h.id, h.version, h.person_id, h.organization_id, h.role, h.starts_on, h.ends_on, o.path
            FROM position h JOIN organization o ON o.tenant_id = h.tenant_id AND o.id = h.organization_id
            WHERE h.tenant_id = %s AND h.person_id = %s AND h.starts_on <= %s AND (h.ends_on IS NULL OR h.ends_on >= %s)
            """,
            [tenant_id, person_id, day, day],
        ).fetchall()
    held = []
    for row in rows:
        path = row.pop("path")
        held.append((Position(**{**row, "role": Role(row["role"])}), path))
    return held


def list_holders(
    conn: Connection, tenant_id: UUID, organization_id: UUID, roles: list[Role], day: date
) -> list[Person]:
    """Give the people who hold one of the roles in an organisation on a day."""
    with conn.cursor(row_factory=record(Person)) as cursor:
        return cursor.execute(
            PERSON
            + """
            WHERE p.tenant_id = %s AND p.active AND EXISTS (
                SELECT FROM position h
                WHERE h.tenant_id = p.tenant_id AND h.person_id = p.id AND h.organization_id = %s
                  AND h.role = ANY(%s) AND h.starts_on <= %s AND (h.ends_on IS NULL OR h.ends_on >= %s))
            ORDER BY p.stroke_key, p.number
            """,
            [tenant_id, organization_id, [str(role) for role in roles], day, day],
        ).fetchall()
