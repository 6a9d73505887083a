"""Treatments: asked for by the branch, decided by the superior, taken back; the reason opened by who needs it."""

from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.treatment import rules, store
from services.pledge.treatment.domain import Treatment, TreatmentKind, TreatmentState
from shared import audit, clock
from shared import scheme as schemes
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.errors import RuleBroken


class AlreadyTreated(RuleBroken):
    """该党员本年度已有一项办理，请先撤销那一项。"""


def access(
    conn: Connection, viewer: Viewer, permission: Permission, treatment_id: UUID, *, hold: bool = False
) -> Treatment:
    """Open the door to a treatment. Raises `TreatmentNotFound`, `NotAllowed`."""
    treatment = (store.get if hold else store.read)(conn, viewer.tenant_id, treatment_id)
    require(conn, viewer, permission, treatment.organization_id)
    return treatment


def apply(
    conn: Connection, viewer: Viewer, vault: Vault, *, person_id: UUID, year: int, kind: TreatmentKind, reason: str,
    work: str,
) -> Treatment:  # fmt: skip
    """Enter that a member need not pledge in a year: once the superior consents, or at once.

    Raises `NotAllowed`, `NotTreatable`, `AlreadyTreated`.
    """
    person = directory.get_person(conn, viewer.tenant_id, person_id)
    home = branches.of(conn, viewer.tenant_id, person.organization_id)
    require(conn, viewer, permissions.APPLY_TREATMENT, home.id)
    scheme = schemes.current(conn, home)
    rules.check(person, home, kind, scheme, work)
    made = Treatment(
        viewer.tenant_id, uuid4(), person.id, home.id, year, kind, vault.seal(reason).decode(), work.strip(),
        TreatmentState.APPLIED, viewer.id, clock.now(),
    )  # fmt: skip
    made = rules.applied(made, scheme, by=viewer.id, at=clock.now())
    if not store.add(conn, made):
        raise AlreadyTreated
    return made


def decide(conn: Connection, viewer: Viewer, treatment_id: UUID, *, consents: bool, advice: str) -> Treatment:
    """Consent to a treatment or refuse it with advice. Raises `NotAllowed`, `AlreadyDecided`, `RefusalNeedsAdvice`."""
    before = access(conn, viewer, permissions.DECIDE_TREATMENT, treatment_id, hold=True)
    after = rules.decided(before, consents=consents, advice=advice, by=viewer.id, at=clock.now())
    store.save(conn, after)
    return after


def withdraw(conn: Connection, viewer: Viewer, treatment_id: UUID) -> Treatment:
    """Take a treatment back. Raises `NotAllowed`, `NotInForce`."""
    after = rules.withdrawn(access(conn, viewer, permissions.APPLY_TREATMENT, treatment_id, hold=True))
    store.save(conn, after)
    return after


def read_reason(conn: Connection, viewer: Viewer, vault: Vault, treatment_id: UUID) -> tuple[Treatment, str]:
    """Open the reason; every reading leaves a line in the audit (requirements 2.10). Raises `NotAllowed`."""
    permission = permissions.READ_TREATMENT
    treatment = access(conn, viewer, permission, treatment_id)
    audit.note(
        conn, viewer.tenant_id, viewer.id, permission.name, subject=str(treatment_id),
        organization_id=treatment.organization_id,
    )  # fmt: skip
    return treatment, vault.open(treatment.reason.encode())
