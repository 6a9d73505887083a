"""An appraisal as its pledger, its appraisers and nobody else may see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.pledge import permissions
from services.pledge.appraisal import commands, evidence
from services.pledge.appraisal.domain import Appraisal, AppraisalState, Comment
from services.pledge.appraisal.evidence import Evidence
from services.pledge.assessment.domain import Assessment
from services.pledge.form.domain import Count
from services.pledge.pledge import store as pledges
from services.pledge.pledge.domain import Pledge
from shared import audit
from shared.auth import Viewer
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization, Person
from shared.errors import NotAllowed
from shared.scheme import Scheme


@dataclass(frozen=True)
class View:
    """An appraisal, opened as far as the reader may see."""

    appraisal: Appraisal
    assessment: Assessment
    organization: Organization
    scheme: Scheme
    pledge: Pledge
    person: Person | None
    evidence: Evidence
    judges: bool
    outside: bool
    """the superior is outside the system, and what it wrote is entered"""
    mine: bool
    reason: str
    reply: str
    decided_by: str
    decided_at: datetime | None

    @property
    def open(self) -> bool:
        """Say whether it is still to be decided."""
        return self.appraisal.state is AppraisalState.OPEN

    @property
    def told(self) -> bool:
        """Say whether the reader sees what others said: appraisers always, the pledger once it is decided."""
        return self.judges or not self.open

    @property
    def comments(self) -> list[Comment]:
        """Give the comments that the reader may see."""
        return self.evidence.comments if self.told else []

    @property
    def counts(self) -> list[Count]:
        """Give the sums that the reader may see."""
        return list(self.evidence.counts.values()) if self.told else []


def show(conn: Connection, viewer: Viewer, vault: Vault, appraisal_id: UUID) -> View:
    """Show an appraisal; a reading by others than the pledger is noted. Raises `AppraisalNotFound`, `NotAllowed`."""
    permission = permissions.READ_APPRAISAL
    appraisal, assessment, organization, scheme = commands.access(conn, viewer, permission, appraisal_id)
    judges = commands.judges(conn, viewer, permission, appraisal, organization, scheme)
    officer = viewer.may(permissions.COMMENT_APPRAISAL, organization.path)
    if not (judges or officer or viewer.id == appraisal.person_id):
        raise NotAllowed
    if viewer.id != appraisal.person_id:
        audit.note(
            conn, viewer.tenant_id, viewer.id, permission.name, subject=str(appraisal.id),
            organization_id=organization.id,
        )  # fmt: skip
    pledge = pledges.read(conn, viewer.tenant_id, appraisal.pledge_id)
    ids = [one for one in (appraisal.person_id, appraisal.decided_by) if one]
    named = directory.list_named(conn, viewer.tenant_id, ids)
    return View(
        appraisal, assessment, organization, scheme, pledge,
        named.get(appraisal.person_id) if appraisal.person_id else None,
        evidence.gather(conn, vault, appraisal, assessment, scheme, pledge), judges,
        commands.outside(conn, appraisal, organization),
        viewer.id == appraisal.person_id or (appraisal.person_id is None and officer and not judges),
        vault.open(appraisal.reason) if appraisal.reason else "",
        vault.open(appraisal.reply) if appraisal.reply else "",
        named[appraisal.decided_by].name if appraisal.decided_by in named else "", appraisal.decided_at,
    )  # fmt: skip
