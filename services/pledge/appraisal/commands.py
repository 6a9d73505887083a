"""What is said of a pledge on an occasion, and what is decided: each by whom it concerns."""

import json
from dataclasses import asdict, replace
from datetime import date
from uuid import UUID

from services.pledge import permissions
from services.pledge.appraisal import evidence, rules, store
from services.pledge.appraisal.domain import Appraisal, Comment, Own
from services.pledge.assessment import commands as assessments
from services.pledge.assessment import store as assessment_store
from services.pledge.assessment.domain import Assessment
from services.pledge.assessment.rules import AppraisedFromAbove
from services.pledge.pledge import store as pledges
from services.pledge.pledge.domain import Pledge, PledgeState
from services.pledge.progress import commands as progress
from services.pledge.supervision import reach
from shared import clock
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory.domain import Organization
from shared.events.pledge import PledgeAppraised
from shared.messaging import tell
from shared.scheme import Scheme


def access(
    conn: Connection, viewer: Viewer, permission: Permission, appraisal_id: UUID, *, hold: bool = False
) -> tuple[Appraisal, Assessment, Organization, Scheme]:
    """Open the door to an appraisal; `hold` before a change. Raises `AppraisalNotFound`, `NotAllowed`."""
    appraisal = (store.get if hold else store.read)(conn, viewer.tenant_id, appraisal_id)
    organization = require(conn, viewer, permission, appraisal.organization_id, person_id=appraisal.person_id)
    assessment = assessment_store.read(conn, viewer.tenant_id, appraisal.assessment_id)
    return appraisal, assessment, organization, assessments.scheme_of(conn, assessment)


def judges(
    conn: Connection, viewer: Viewer, permission: Permission, appraisal: Appraisal, organization: Organization,
    scheme: Scheme,
) -> bool:  # fmt: skip
    """Say whether somebody appraises this pledge: never the own one, an organisation's only from above (C7, C2).

    Of an organisation whose superior is outside the system its officers enter what that one wrote.
    """
    if viewer.id == appraisal.person_id:
        return False
    if appraisal.person_id is None:
        outside = viewer.may(permission, organization.path) and not reach.has_superior(conn, organization)
        return outside or reach.is_above(viewer, permission, organization)
    return assessments.runs(viewer, permission, organization, scheme)


def judging(
    conn: Connection, viewer: Viewer, permission: Permission, appraisal_id: UUID
) -> tuple[Appraisal, Assessment, Organization, Scheme]:
    """Hold an appraisal for who appraises it. Raises `NotAllowed`, `OwnPledge`, `AppraisedFromAbove`."""
    appraisal, assessment, organization, scheme = access(conn, viewer, permission, appraisal_id, hold=True)
    if viewer.id == appraisal.person_id:
        raise rules.OwnPledge
    if not judges(conn, viewer, permission, appraisal, organization, scheme):
        raise AppraisedFromAbove
    return appraisal, assessment, organization, scheme


def outside(conn: Connection, appraisal: Appraisal, organization: Organization) -> bool:
    """Say whether the superior that appraises this pledge is outside the system."""
    return appraisal.person_id is None and not reach.has_superior(conn, organization)


def say_own(
    conn: Connection, viewer: Viewer, vault: Vault, appraisal_id: UUID, own: Own, entry_reason: str = ""
) -> Appraisal:
    """Keep what a pledger says, matter by matter; an officer enters it for who cannot, with a reason (R-012, R-094).

    Raises `NotAllowed`, `AppraisalDecided`, `EntryNeedsReason` and what `rules.check_own` raises.
    """
    appraisal, _, _, scheme = access(conn, viewer, permissions.APPRAISE_SELF, appraisal_id, hold=True)
    rules.writable(appraisal)
    _entry(viewer, appraisal, entry_reason)
    rules.check_own(progress.table(conn, pledges.read(conn, viewer.tenant_id, appraisal.pledge_id)), scheme, own)
    store.save_own(conn, appraisal, _sealed(vault, asdict(own)), viewer.id, entry_reason.strip(), clock.now())
    return appraisal


def comment(conn: Connection, viewer: Viewer, vault: Vault, appraisal_id: UUID, said: Comment) -> Appraisal:
    """Keep 成绩、问题、努力方向 (R-096). Raises `NotAllowed`, `OwnPledge`, `AppraisalDecided`, `SourceNotAsked`."""
    appraisal, _, _, scheme = judging(conn, viewer, permissions.COMMENT_APPRAISAL, appraisal_id)
    rules.writable(appraisal)
    rules.check_comment(scheme, said)
    words = {key: value for key, value in asdict(said).items() if key != "source"}
    store.save_comment(conn, appraisal, said.source, _sealed(vault, words), viewer.id, clock.now())
    return appraisal


def decide(
    conn: Connection, viewer: Viewer, vault: Vault, appraisal_id: UUID, *, grade: str = "", reason: str = "",
    outside_document: str = "", outside_on: date | None = None,
) -> Appraisal:  # fmt: skip
    """Decide; the last closing appraisal of a pledge ends it, and the result is told.

    Raises `NotAllowed`, `OwnPledge`, `AppraisalDecided`, `NotDecidable` with every obstacle.
    """
    appraisal, assessment, place, scheme = judging(conn, viewer, permissions.DECIDE_APPRAISAL, appraisal_id)
    document = outside_document.strip()
    appraisal = replace(appraisal, outside_document=document, outside_on=outside_on if document else None)
    pledge = pledges.get(conn, viewer.tenant_id, appraisal.pledge_id)
    seen = evidence.gather(conn, vault, appraisal, assessment, scheme, pledge)
    found = seen.obstacles + rules.outside_obstacles(appraisal, outside(conn, appraisal, place), clock.today())
    decided = rules.decide(
        appraisal, scheme, grade.strip(), vault.seal(reason.strip()) if reason.strip() else None,
        expected=seen.expected, figures=seen.figures, found=found, by=viewer.id, at=clock.now(),
    )  # fmt: skip
    store.save(conn, decided)
    if (
        decided.closing
        and pledge.state is PledgeState.OPEN
        and not store.count_closing(conn, pledge.tenant_id, pledge.id)
    ):
        pledges.save(conn, replace(pledge, state=PledgeState.CLOSED, closed_at=decided.decided_at))
    _tell(conn, decided, pledge)
    return decided


def reply(
    conn: Connection, viewer: Viewer, vault: Vault, appraisal_id: UUID, text: str, entry_reason: str = ""
) -> Appraisal:
    """Keep what the pledger says to the result, once. Raises `NotDecidedYet`, `RepliedAlready`, `EntryNeedsReason`."""
    appraisal, _, _, _ = access(conn, viewer, permissions.REPLY_APPRAISAL, appraisal_id, hold=True)
    _entry(viewer, appraisal, entry_reason)
    said = text.strip() if not entry_reason.strip() else f"{text.strip()}\n（代为记录：{entry_reason.strip()}）"
    replied = rules.reply(appraisal, vault.seal(said), viewer.id, clock.now())
    store.save(conn, replied)
    return replied


def _entry(viewer: Viewer, appraisal: Appraisal, entry_reason: str) -> None:
    if appraisal.person_id not in {None, viewer.id} and not entry_reason.strip():
        raise rules.EntryNeedsReason


def _sealed(vault: Vault, facts: object) -> bytes:
    return vault.seal(json.dumps(facts, ensure_ascii=False))


def _tell(conn: Connection, appraisal: Appraisal, pledge: Pledge) -> None:
    tell(
        conn, PledgeAppraised, tenant_id=appraisal.tenant_id, subject=pledge.id, appraisal_id=appraisal.id,
        pledge_id=pledge.id, organization_id=pledge.organization_id, person_id=appraisal.person_id, year=pledge.year,
        grade=appraisal.grade, done=appraisal.done, total=appraisal.total,
    )  # fmt: skip
