"""What follows a poor appraisal: proposed, the member heard, decided by another; every reading is noted."""

import json
from dataclasses import asdict, replace
from datetime import date
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.appraisal import commands as appraisals
from services.pledge.appraisal import store as appraisal_store
from services.pledge.appraisal.rules import EntryNeedsReason
from services.pledge.consequence import rules, store
from services.pledge.consequence.domain import Consequence, ConsequenceState, Step, Words
from services.pledge.supervision import reach
from shared import audit, clock
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory.domain import Organization
from shared.errors import NotAllowed


def access(
    conn: Connection, viewer: Viewer, permission: Permission, consequence_id: UUID, *, hold: bool = False
) -> tuple[Consequence, Organization]:
    """Open the door: to the member, and to those who appraise that member. Raises `NotAllowed`."""
    found = (store.get if hold else store.read)(conn, viewer.tenant_id, consequence_id)
    organization = require(conn, viewer, permission, found.organization_id, person_id=found.person_id)
    appraisal = appraisal_store.read(conn, viewer.tenant_id, found.appraisal_id)
    scheme = appraisals.access(conn, viewer, permissions.READ_APPRAISAL, appraisal.id)[3]
    judging = permissions.DECIDE_APPRAISAL
    if viewer.id != found.person_id and not appraisals.judges(conn, viewer, judging, appraisal, organization, scheme):
        raise NotAllowed
    return found, organization


def propose(
    conn: Connection, viewer: Viewer, vault: Vault, appraisal_id: UUID, *, step: Step, facts: str, reply_by_on: date
) -> Consequence:
    """Propose a step with the facts, which the member is shown.

    Raises `NotAllowed`, `OwnPledge`, `NotProposable`, `TooShortToReply`.
    """
    appraisal, _, _, _ = appraisals.judging(conn, viewer, permissions.PROPOSE_CONSEQUENCE, appraisal_id)
    earlier = store.list_of(conn, viewer.tenant_id, appraisal.id)
    member = rules.check_proposed(appraisal, step, earlier, reply_by_on=reply_by_on, today=clock.today())
    made = Consequence(
        appraisal.tenant_id, uuid4(), appraisal.id, appraisal.organization_id, member, step,
        ConsequenceState.PROPOSED, _sealed(vault, Words(facts.strip())), viewer.id, clock.now(), reply_by_on,
    )  # fmt: skip
    store.add(conn, made)
    return made


def hear(
    conn: Connection, viewer: Viewer, vault: Vault, consequence_id: UUID, text: str, entry_reason: str = ""
) -> Consequence:
    """Keep the member's reply, or what an officer heard from the member.

    Raises `NotAllowed`, `HeardAlready`, `EntryNeedsReason`.
    """
    found, _ = access(conn, viewer, permissions.HEAR_CONSEQUENCE, consequence_id, hold=True)
    if viewer.id != found.person_id and not entry_reason.strip():
        raise EntryNeedsReason
    note = f"\n（代为记录：{entry_reason.strip()}）" if entry_reason.strip() else ""
    words = replace(opened(found, vault), reply=text.strip() + note)
    heard = rules.hear(found, _sealed(vault, words), viewer.id, clock.now())
    store.save(conn, heard)
    return heard


def decide(
    conn: Connection, viewer: Viewer, vault: Vault, consequence_id: UUID, *, carried: bool, decision: str
) -> Consequence:
    """Decide, or let it rest.

    Raises `NotAllowed`, `DecidedAlready`, `AnotherDecides`, `HandledFromAbove`, `NotHeardYet`.
    """
    permission = permissions.DECIDE_CONSEQUENCE
    found, organization = access(conn, viewer, permission, consequence_id, hold=True)
    words = replace(opened(found, vault), decision=decision.strip())
    decided = rules.decide(
        found, _sealed(vault, words), carried=carried, above=reach.is_above(viewer, permission, organization),
        by=viewer.id, at=clock.now(), today=clock.today(),
    )  # fmt: skip
    store.save(conn, decided)
    return decided


def read(conn: Connection, viewer: Viewer, vault: Vault, consequence_id: UUID) -> tuple[Consequence, Words]:
    """Open one with its words; a reading by others than the member is noted. Raises `NotAllowed`."""
    permission = permissions.READ_CONSEQUENCE
    found, organization = access(conn, viewer, permission, consequence_id)
    if viewer.id != found.person_id:
        audit.note(
            conn, viewer.tenant_id, viewer.id, permission.name, subject=str(found.id), organization_id=organization.id
        )
    return found, opened(found, vault)


def opened(consequence: Consequence, vault: Vault) -> Words:
    """Decrypt the words."""
    return Words(**json.loads(vault.open(consequence.sealed)))


def _sealed(vault: Vault, words: Words) -> bytes:
    return vault.seal(json.dumps(asdict(words), ensure_ascii=False))
