"""What is done with objections: raised by anyone, entered from paper, heard, decided, answered."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.notify import permissions
from services.notify.award import commands as award_commands
from services.notify.award import store as awards
from services.notify.award.domain import Award, Cause
from services.notify.award.domain import State as AwardState
from services.notify.notice import commands as notices
from services.notify.notice import rules as notice_rules
from services.notify.notice import store as notice_store
from services.notify.objection import rules, store
from services.notify.objection.domain import Channel, Objection
from services.notify.reply import commands as replies
from shared import audit, clock
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Role
from shared.events.notify import ObjectionDecided, ObjectionRaised
from shared.messaging import tell

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
HEADS = [Role.SECRETARY, Role.DEPUTY_SECRETARY]


@dataclass(frozen=True)
class Said:
    """What somebody says against an award; without name and contact it is anonymous."""

    award_id: UUID
    text: str
    name: str = ""
    contact: str = ""


def access(
    conn: Connection, viewer: Viewer, permission: Permission, objection_id: UUID, *, change: bool = True
) -> Objection:
    """Give an objection to an impartial handler, and note the reading.

    Locks notice and objection when it is to change. Raises `ObjectionNotFound`, `NotAllowed`, `NotImpartial`.
    """
    objection = store.read(conn, viewer.tenant_id, objection_id)
    require(conn, viewer, permission, objection.organization_id)
    if change:
        notice_store.get(conn, viewer.tenant_id, objection.notice_id)
        objection = store.get(conn, viewer.tenant_id, objection_id)
    rules.check_impartial(viewer.id, awards.find(conn, objection.award_id), heads(conn, objection))
    audit.note(
        conn,
        viewer.tenant_id,
        viewer.id,
        permission.name,
        subject=str(objection_id),
        organization_id=objection.organization_id,
    )
    return objection


def heads(conn: Connection, objection: Objection) -> set[UUID]:
    """Give who leads the branch of the award: they must not handle the objection."""
    found = directory.list_holders(conn, objection.tenant_id, objection.organization_id, HEADS, clock.today())
    return {person.id for person in found}


def raise_objection(
    conn: Connection, notice_id: UUID, said: Said, vault: Vault, admit: Callable[[UUID, bool], None]
) -> tuple[Objection, str]:
    """Take an objection from anyone; give it and the code with which its author can ask for the answer.

    `admit` is told the notice and whether the objection is signed, once nothing is wrong with it, and refuses who comes
    too often. Raises `NoticeNotFound`, `NoticeOver`, `NoticeWithoutPeriod`, `NotOnNotice`, `ContactNeeded`,
    `TooManyObjections`.
    """
    notice = notice_store.find_locked(conn, notice_id)
    notice_rules.accept_objection(notice, clock.today())
    award = awards.get(conn, notice.tenant_id, said.award_id)
    signed = rules.check_raised(award, notice.id, Channel.PAGE, said.name, said.contact)
    admit(notice.id, signed)
    since = clock.now() - timedelta(hours=1)
    recent = store.count_since(conn, notice.tenant_id, notice.id, since, signed=signed)
    rules.check_flood(recent, signed=signed)
    return _enter(conn, notice_id, award, said, vault)


def enter_paper(
    conn: Connection,
    viewer: Viewer,
    permission: Permission,
    notice_id: UUID,
    said: Said,
    received_on: date,
    vault: Vault,
) -> tuple[Objection, str]:
    """Enter an objection that came on paper within the days of the notice, also after the awards were published.

    Raises `NotAllowed`, `NotReceivedYet`, `NotPostedYet`, `NoticeOver`, `NotOnNotice`, `ContactNeeded`.
    """
    notice = notice_store.get(conn, viewer.tenant_id, notice_id)
    require(conn, viewer, permission, notice.organization_id)
    rules.check_received(received_on, clock.day_of(notice.posted_at), clock.today())
    notice_rules.accept_objection(notice, received_on)
    award = awards.get(conn, notice.tenant_id, said.award_id)
    rules.check_raised(award, notice.id, Channel.PAPER, said.name, said.contact)
    return _enter(conn, notice_id, award, said, vault, viewer.id, received_on)


def _enter(
    conn: Connection,
    notice_id: UUID,
    award: Award,
    said: Said,
    vault: Vault,
    entered_by: UUID | None = None,
    received_on: date | None = None,
) -> tuple[Objection, str]:
    signed = bool(said.name)
    code = "".join(secrets.choice(LETTERS) for _ in range(12))
    objection = Objection(
        tenant_id=award.tenant_id,
        id=uuid4(),
        notice_id=notice_id,
        award_id=award.id,
        organization_id=award.organization_id,
        channel=Channel.PAPER if entered_by else Channel.PAGE,
        signed=signed,
        text=vault.seal(said.text),
        name=vault.seal(said.name) if signed else None,
        contact=vault.seal(said.contact) if signed else None,
        receipt=hashed(code),
        raised_at=clock.now(),
        received_on=received_on,
        entered_by=entered_by,
    )
    store.add(conn, objection)
    tell(conn, ObjectionRaised, **_facts(objection))
    return objection, code


def hear(conn: Connection, viewer: Viewer, objection: Objection, note: str, vault: Vault) -> Objection:
    """Note what the winner and the branch said to a locked objection."""
    heard = rules.hear(objection, vault.seal(note), viewer.id, clock.now())
    store.save(conn, heard)
    return heard


def decide(
    conn: Connection, viewer: Viewer, objection: Objection, upheld: bool, statement: str, vault: Vault
) -> Objection:
    """Decide a locked objection: upheld stops the award, or revokes it where it is published already, which only the
    department may; dismissed after the last day publishes it at once.

    Raises `ObjectionDecidedAlready`, `HearingNeeded`, `DepartmentRevokes`, `ReplyAwaited`.
    """
    now = clock.now()
    award = awards.get(conn, objection.tenant_id, objection.award_id)
    revoked = upheld and award.state is AwardState.PUBLISHED
    if revoked and not viewer.holds(permissions.REVOKE_AWARD):
        raise rules.DepartmentRevokes
    replies.check_heard(conn, objection)
    decided = rules.decide(objection, upheld, vault.seal(statement), viewer.id, now)
    store.save(conn, decided)
    tell(conn, ObjectionDecided, **_facts(decided), upheld=upheld, by_id=viewer.id)
    ended = revoked or (upheld and award.cause is None)
    if not ended:  # the end of the award is told to the winner, and once is enough
        replies.tell_outcome(conn, decided)
    notice = notice_store.get(conn, objection.tenant_id, objection.notice_id)
    if revoked:
        award_commands.revoke(conn, award, vault.seal(statement), clock.day_of(now), viewer.id)
    elif ended:
        award_commands.stop(conn, award, Cause.OBJECTION, clock.day_of(now), by_id=viewer.id)
    elif notice.concluded_at:
        notices.publish_unopposed(conn, notice, now)
    return decided


def hashed(code: str) -> bytes:
    """Give what is kept of a code; case and spaces do not matter."""
    return hashlib.sha256("".join(code.split()).upper().encode()).digest()


def _facts(objection: Objection) -> dict[str, Any]:
    return {
        "tenant_id": objection.tenant_id,
        "subject": objection.id,
        "objection_id": objection.id,
        "notice_id": objection.notice_id,
        "award_id": objection.award_id,
        "organization_id": objection.organization_id,
    }
