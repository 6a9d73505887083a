"""What is done with a filing: returning, correcting, submitting again, acknowledging."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.notify.award import commands as award_commands
from services.notify.award import store as awards
from services.notify.award.domain import Award, Cause
from services.notify.filing import rules, store
from services.notify.filing.domain import Act, Correction, Filing, Step, Withdrawal
from services.notify.filing.intake import tell_submitted
from services.notify.notice import commands as notices
from shared import clock, scheme, workdays
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory
from shared.events.notify import FilingAcknowledged, FilingReturned
from shared.messaging import tell


def access(conn: Connection, viewer: Viewer, permission: Permission, filing_id: UUID, *, change: bool = True) -> Filing:
    """Give a filing, locked when it is to change, to somebody who may. Raises `FilingNotFound`, `NotAllowed`."""
    find = store.get if change else store.read
    filing = find(conn, viewer.tenant_id, filing_id)
    require(conn, viewer, permission, filing.organization_id)
    return filing


def path_of(conn: Connection, filing: Filing) -> str:
    """Give the path of the organisation that files."""
    return directory.get_organization(conn, filing.tenant_id, filing.organization_id).path


def give_back(conn: Connection, viewer: Viewer, filing: Filing, reasons: str, revision: int, vault: Vault) -> Filing:
    """Return a filing for correction with reasons, which stay with notify."""
    lines = rules.on_form(awards.list_of_filing(conn, filing.tenant_id, filing.id))
    days = max((_filing_days(conn, line) for line in lines), default=0)
    due_on = workdays.after(conn, filing.tenant_id, clock.today(), days)
    filing = rules.give_back(filing, revision, due_on)
    _keep(conn, filing, Act.RETURNED, viewer, vault.seal(reasons))
    tell(
        conn,
        FilingReturned,
        tenant_id=filing.tenant_id,
        subject=filing.id,
        filing_id=filing.id,
        organization_id=filing.organization_id,
        period=filing.period,
        revision=filing.revision,
        award_ids=[line.id for line in lines],
        by_id=viewer.id,
    )
    return filing


def correct(
    conn: Connection,
    viewer: Viewer,
    filing: Filing,
    corrections: Sequence[Correction],
    withdrawals: Sequence[Withdrawal],
    vault: Vault,
) -> Filing:
    """Correct names and identities and withdraw lines of a returned filing; without any line left it is void.

    Raises `FilingElsewhere`, `NothingToCorrect`, `WrongLines`.
    """
    lines = awards.lock_of_filing(conn, filing.tenant_id, filing.id)
    before = {line.id: line for line in lines}
    people = directory.list_named(conn, filing.tenant_id, [line.person_id for line in lines])
    for line in rules.correct(filing, lines, corrections, withdrawals, people):
        awards.save(conn, line)
        _keep(conn, filing, Act.CORRECTED, viewer, vault.seal(_difference(before[line.id], line)))
    for withdrawal in withdrawals:
        line, reason = before[withdrawal.award_id], vault.seal(withdrawal.reason)
        award_commands.stop(conn, line, Cause.WITHDRAWN, clock.today(), reason, viewer.id)
        _keep(conn, filing, Act.WITHDRAWN, viewer, vault.seal(f"{line.name}：{withdrawal.reason}"))
    if not rules.on_form(awards.list_of_filing(conn, filing.tenant_id, filing.id)):
        filing = rules.void(filing)
        store.save(conn, filing)
    return filing


def submit(conn: Connection, viewer: Viewer, filing: Filing) -> Filing:
    """Submit a corrected filing again, with every line that stands on it."""
    lines = rules.on_form(awards.list_of_filing(conn, filing.tenant_id, filing.id))
    filing = rules.submit(filing, lines, clock.now())
    _keep(conn, filing, Act.SUBMITTED, viewer)
    tell_submitted(conn, filing, [line.id for line in lines], lines, viewer.id)
    return filing


def acknowledge(
    conn: Connection, viewer: Viewer, filing: Filing, number: str, acknowledged_on: date | None, revision: int
) -> Filing:
    """Take a filing onto the record and post its notice, or publish where the scheme has no notice (R-170 R-173)."""
    today = clock.today()
    filing = rules.acknowledge(filing, number, acknowledged_on or today, revision, today)
    lines = rules.on_form(awards.lock_of_filing(conn, filing.tenant_id, filing.id))
    _keep(conn, filing, Act.ACKNOWLEDGED, viewer)
    tell(
        conn,
        FilingAcknowledged,
        tenant_id=filing.tenant_id,
        subject=filing.id,
        filing_id=filing.id,
        organization_id=filing.organization_id,
        period=filing.period,
        revision=filing.revision,
        number=number,
        acknowledged_on=filing.acknowledged_on,
        award_ids=[line.id for line in lines],
        by_id=viewer.id,
    )
    notices.post(conn, filing.tenant_id, filing.id, filing.organization_id, lines)
    return filing


def _filing_days(conn: Connection, line: Award) -> int:
    return scheme.version(conn, line.tenant_id, line.scheme_id, line.scheme_version).after.filing_days


def _keep(conn: Connection, filing: Filing, act: Act, viewer: Viewer, statement: bytes | None = None) -> None:
    store.save(conn, filing)
    store.add_step(conn, filing, Step(act, filing.revision, clock.now(), viewer.id, statement))


def _difference(before: Award, after: Award) -> str:
    pairs = [("姓名", before.name, after.name), ("党员身份", before.identity, after.identity)]
    return "；".join(f"{title}由“{old}”改为“{new}”" for title, old, new in pairs if old != new) or "无变化"
