"""Every SQL statement on accounts and on sign-ins in vain, and the end of a person's sign-ins."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from services.roster.session.domain import Account, Failures, Office
from shared.db import Connection, record


def find_account(conn: Connection, tenant_id: UUID, person_id: UUID) -> Account | None:
    """Give a person's account, if there is one."""
    with conn.cursor(row_factory=record(Account)) as cursor:
        return cursor.execute(
            "SELECT tenant_id, person_id, password_hash, must_change, changed_at, reset_by_id, reset_at FROM account"
            " WHERE tenant_id = %s AND person_id = %s",
            [tenant_id, person_id],
        ).fetchone()


def save_account(conn: Connection, account: Account) -> None:
    """Keep an account in place of the one before."""
    conn.execute(
        """
        INSERT INTO account (tenant_id, person_id, password_hash, must_change, changed_at, reset_by_id, reset_at)
        VALUES (%(tenant_id)s, %(person_id)s, %(password_hash)s, %(must_change)s, %(changed_at)s, %(reset_by_id)s,
                %(reset_at)s)
        ON CONFLICT (tenant_id, person_id) DO UPDATE SET
            password_hash = EXCLUDED.password_hash, must_change = EXCLUDED.must_change,
            changed_at = EXCLUDED.changed_at, reset_by_id = EXCLUDED.reset_by_id, reset_at = EXCLUDED.reset_at
        """,
        asdict(account),
    )


def save_first(conn: Connection, account: Account, seen_at: datetime | None) -> bool:
    """Keep an account that somebody else made, if there is none, or one without an own password unchanged since.

    Says whether it was kept.
    """
    row = conn.execute(
        """
        INSERT INTO account (tenant_id, person_id, password_hash, must_change, changed_at, reset_by_id, reset_at)
        VALUES (%(tenant_id)s, %(person_id)s, %(password_hash)s, %(must_change)s, %(changed_at)s, %(reset_by_id)s,
                %(reset_at)s)
        ON CONFLICT (tenant_id, person_id) DO UPDATE SET
            password_hash = EXCLUDED.password_hash, changed_at = EXCLUDED.changed_at,
            reset_by_id = EXCLUDED.reset_by_id, reset_at = EXCLUDED.reset_at
        WHERE account.must_change AND account.changed_at = %(seen_at)s
        RETURNING person_id
        """,
        {**asdict(account), "seen_at": seen_at},
    ).fetchone()
    return row is not None


def save_rehashed(conn: Connection, account: Account, password_hash: str) -> None:
    """Keep the same password under newer parameters, unless it was changed meanwhile."""
    conn.execute(
        "UPDATE account SET password_hash = %s WHERE tenant_id = %s AND person_id = %s AND password_hash = %s",
        [password_hash, account.tenant_id, account.person_id, account.password_hash],
    )


def find_person_id(conn: Connection, tenant_id: UUID, number: str) -> UUID | None:
    """Give the active person with a number."""
    row = conn.execute(
        "SELECT id FROM person WHERE tenant_id = %s AND number = %s AND active", [tenant_id, number]
    ).fetchone()
    return row[0] if row else None


def advance_epoch(conn: Connection, tenant_id: UUID, person_id: UUID) -> None:
    """Make every sign-in of a person void."""
    conn.execute(
        "UPDATE person SET session_epoch = session_epoch + 1, version = version + 1 WHERE tenant_id = %s AND id = %s",
        [tenant_id, person_id],
    )


def find_failures(conn: Connection, tenant_id: UUID, subject: str) -> Failures | None:
    """Give the failures of a number or an address."""
    with conn.cursor(row_factory=record(Failures)) as cursor:
        return cursor.execute(
            "SELECT failures, last_at, halved_at FROM sign_in_failure WHERE tenant_id = %s AND subject = %s",
            [tenant_id, subject],
        ).fetchone()


def lock_failures(conn: Connection, tenant_id: UUID, subject: str) -> Failures | None:
    """Give the failures of a number or an address; nobody else counts one until the transaction ends."""
    conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{tenant_id} {subject}"])
    return find_failures(conn, tenant_id, subject)


def save_failures(conn: Connection, tenant_id: UUID, subject: str, found: Failures) -> None:
    """Keep the failures of a number or an address."""
    conn.execute(
        """
        INSERT INTO sign_in_failure (tenant_id, subject, failures, last_at, halved_at) VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT (tenant_id, subject) DO UPDATE SET
            failures = EXCLUDED.failures, last_at = EXCLUDED.last_at, halved_at = EXCLUDED.halved_at
        """,
        [tenant_id, subject, found.failures, found.last_at, found.halved_at],
    )


def forget_failures(conn: Connection, tenant_id: UUID, subject: str) -> None:
    """Forget the failures of a number that signed in."""
    conn.execute("DELETE FROM sign_in_failure WHERE tenant_id = %s AND subject = %s", [tenant_id, subject])


def forget_old_failures(conn: Connection, before: datetime) -> int:
    """Delete what nobody tried since; at most a hundred at a time. Gives how many."""
    return conn.execute(
        """
        WITH old AS MATERIALIZED (
            SELECT tenant_id, subject FROM sign_in_failure WHERE last_at < %s LIMIT 100 FOR UPDATE SKIP LOCKED)
        DELETE FROM sign_in_failure f USING old WHERE f.tenant_id = old.tenant_id AND f.subject = old.subject
        """,
        [before],
    ).rowcount


def list_offices(conn: Connection, tenant_id: UUID, person_id: UUID, day: date) -> list[Office]:
    """Give the offices of a person that have not ended on a day, the highest organisation first."""
    with conn.cursor(row_factory=record(Office)) as cursor:
        return cursor.execute(
            """
            SELECT h.role, o.name AS organization, o.path, h.starts_on, h.ends_on
            FROM position h JOIN organization o ON o.tenant_id = h.tenant_id AND o.id = h.organization_id
            WHERE h.tenant_id = %s AND h.person_id = %s AND (h.ends_on IS NULL OR h.ends_on >= %s)
            ORDER BY length(o.path), o.path, h.starts_on, h.role
            """,
            [tenant_id, person_id, day],
        ).fetchall()
