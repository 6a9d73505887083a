"""Every SQL statement on schemes and their versions."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from services.roster.scheme.domain import Document, Made, SchemeRow, Settings, State, Version
from services.roster.scheme.rules import SchemeNotFound, complete
from shared.db import Connection

VERSION = """
    SELECT v.tenant_id, v.scheme_id, v.version, s.name, s.preset, s.organization_id, v.state, v.document_number,
           v.document_title, v.document_on, v.settings, v.made_at, v.published_at
    FROM scheme_version v JOIN scheme s ON s.tenant_id = v.tenant_id AND s.id = v.scheme_id
"""


def lock_schemes(conn: Connection, tenant_id: UUID) -> None:
    """Let one change of a tenant's schemes and adoptions happen at a time: each looks at all above and below."""
    conn.execute("SELECT pg_advisory_xact_lock(hashtext('scheme'), hashtext(%s))", [str(tenant_id)])


def save_scheme(conn: Connection, scheme: SchemeRow) -> None:
    """Keep a scheme; one that is there stays as it is, but for its name."""
    conn.execute(
        """
        INSERT INTO scheme (tenant_id, id, name, preset, organization_id, made_at) VALUES (%s, %s, %s, %s, %s, %s)
        ON CONFLICT (tenant_id, id) DO UPDATE SET name = EXCLUDED.name
        """,
        [scheme.tenant_id, scheme.id, scheme.name, scheme.preset, scheme.organization_id, scheme.made_at],
    )


def save_version(conn: Connection, version: Version, made_by: UUID) -> None:
    """Keep a new version, or a draft in place of the draft before; the database refuses to change a published one."""
    conn.execute(
        """
        INSERT INTO scheme_version (tenant_id, scheme_id, version, state, document_number, document_title, document_on,
                                    settings, made_by, made_at, published_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT (tenant_id, scheme_id, version) DO UPDATE SET
            state = EXCLUDED.state, document_number = EXCLUDED.document_number,
            document_title = EXCLUDED.document_title, document_on = EXCLUDED.document_on,
            settings = EXCLUDED.settings, published_at = EXCLUDED.published_at
        """,
        [
            version.tenant_id, version.scheme_id, version.version, str(version.state), version.document.number,
            version.document.title, version.document.on, Jsonb(_told(version.settings)), made_by, version.made_at,
            version.published_at,
        ],
    )  # fmt: skip


def delete_draft(conn: Connection, version: Version) -> None:
    """Delete a draft; the database refuses to delete a published version."""
    conn.execute(
        "DELETE FROM scheme_version WHERE tenant_id = %s AND scheme_id = %s AND version = %s",
        [version.tenant_id, version.scheme_id, version.version],
    )


def get_version(conn: Connection, tenant_id: UUID, scheme_id: UUID, number: int) -> Version:
    """Give a version of a scheme. Raises `SchemeNotFound`."""
    found = _versions(
        conn, "WHERE v.tenant_id = %s AND v.scheme_id = %s AND v.version = %s", [tenant_id, scheme_id, number]
    )
    if not found:
        raise SchemeNotFound
    return found[0]


def list_versions(conn: Connection, tenant_id: UUID, scheme_id: UUID) -> list[Version]:
    """Give all versions of a scheme, the newest first; none when there is no such scheme."""
    return _versions(
        conn, "WHERE v.tenant_id = %s AND v.scheme_id = %s ORDER BY v.version DESC", [tenant_id, scheme_id]
    )


def list_all(conn: Connection, tenant_id: UUID) -> list[Version]:
    """Give all versions of all schemes: those that stand by themselves first, each scheme's newest first."""
    return _versions(
        conn,
        "WHERE v.tenant_id = %s ORDER BY s.organization_id IS NOT NULL, s.made_at, s.id, v.version DESC",
        [tenant_id],
    )


def _versions(conn: Connection, where: str, parameters: list[Any]) -> list[Version]:
    with conn.cursor(row_factory=dict_row) as cursor:
        return [_version(row) for row in cursor.execute(VERSION + where, parameters).fetchall()]


def _version(row: dict[str, Any]) -> Version:
    document = Document(row.pop("document_number"), row.pop("document_title"), row.pop("document_on"))
    settings = complete({key: Made(**made) for key, made in row.pop("settings").items()})
    return Version(**{**row, "state": State(row["state"]), "document": document, "settings": settings})


def _told(settings: Settings) -> dict[str, Any]:
    return {key: asdict(made) for key, made in settings.items()}
