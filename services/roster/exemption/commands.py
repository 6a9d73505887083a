"""What is done with exemptions: asked for by the branch, decided by the superior, read, ended."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.roster.exemption import rules, store
from services.roster.exemption.domain import Exemption, Ground
from services.roster.person import commands as people
from services.roster.person import store as person_store
from shared import audit, clock
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory

BATCH = 100


@dataclass(frozen=True)
class Reason:
    """What an exemption's sealed text says."""

    ground: Ground
    text: str


def access(conn: Connection, viewer: Viewer, permission: Permission, exemption_id: UUID) -> Exemption:
    """Give an exemption of an organisation with which the viewer may deal, locked. Raises `NotAllowed`."""
    exemption = store.get(conn, viewer.tenant_id, exemption_id)
    require(conn, viewer, permission, exemption.organization_id)
    return exemption


def access_above(conn: Connection, viewer: Viewer, permission: Permission, exemption_id: UUID) -> Exemption:
    """Give an exemption that is the viewer's to decide, at the organisation above the person's, locked."""
    exemption = store.get(conn, viewer.tenant_id, exemption_id)
    organization = directory.get_organization(conn, viewer.tenant_id, exemption.organization_id)
    require(conn, viewer, permission, organization.parent_id or organization.id)
    return exemption


def ask(
    conn: Connection,
    viewer: Viewer,
    permission: Permission,
    vault: Vault,
    person_id: UUID,
    *,
    reason: Reason,
    document: str,
    resolved_on: date | None,
    starts_on: date,
    ends_on: date | None,
) -> Exemption:
    """Ask the superior to let a member stay away or not be counted (R-014). Raises `NotExemptable`."""
    record = people.access_for_change(conn, viewer, permission, person_id)
    exemption = rules.requested(
        record.person,
        reason.ground,
        vault.seal(json.dumps([reason.ground, reason.text])),
        document=document,
        resolved_on=resolved_on,
        starts_on=starts_on,
        ends_on=ends_on,
        asked_by=viewer.id,
        now=clock.now(),
        others=store.list_of_person(conn, viewer.tenant_id, person_id),
    )
    store.save(conn, exemption)
    return exemption


def decide(
    conn: Connection, viewer: Viewer, permission: Permission, exemption_id: UUID, *, consents: bool, decision: str
) -> Exemption:
    """Consent to a request or refuse it. Raises `NotAllowed`, `AlreadyDecided`."""
    before = access_above(conn, viewer, permission, exemption_id)
    after = rules.decided(
        before, consents=consents, decision=decision, decided_by=viewer.id, now=clock.now(), today=clock.today()
    )
    _keep(conn, before, after)
    return after


def end(conn: Connection, viewer: Viewer, permission: Permission, exemption_id: UUID) -> Exemption:
    """End an exemption before its time, as the branch that asked for it. Raises `NotAllowed`, `NotInForce`."""
    before = access(conn, viewer, permission, exemption_id)
    after = rules.ended(before)
    _keep(conn, before, after)
    return after


def read_reason(
    conn: Connection, viewer: Viewer, permission: Permission, vault: Vault, exemption_id: UUID
) -> tuple[Exemption, Reason]:
    """Open the reason; every reading leaves a line in the audit (requirements 2.10). Raises `NotAllowed`."""
    exemption = access(conn, viewer, permission, exemption_id)
    ground, text = json.loads(vault.open(exemption.sealed))
    audit.note(
        conn,
        viewer.tenant_id,
        viewer.id,
        permission.name,
        subject=str(exemption_id),
        organization_id=exemption.organization_id,
    )
    return exemption, Reason(Ground(ground), text)


def settle(conn: Connection, now: datetime) -> int:
    """Let exemptions begin whose day has come, and end those whose last day is over; give how many."""
    today = clock.day_of(now)
    due = store.list_due(conn, today, BATCH)
    for exemption in due:
        _keep(conn, exemption, rules.settled(exemption, today))
    return len(due)


def _keep(conn: Connection, before: Exemption, after: Exemption) -> None:
    store.save(conn, after)
    if after.applied != before.applied:
        record = person_store.get(conn, after.tenant_id, after.person_id)
        people.keep(conn, record, replace(record, person=rules.borne(record.person, after)))
