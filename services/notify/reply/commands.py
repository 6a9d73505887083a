"""What is done with replies: the handler asks, the winner answers, the winner learns what came of it."""

from uuid import UUID

from services.notify.award import store as awards
from services.notify.message import commands as messages
from services.notify.message.domain import Kind
from services.notify.objection import store as objections
from services.notify.objection.domain import Objection
from services.notify.reply import rules, store
from services.notify.reply.domain import Reply
from shared import clock, scheme, workdays
from shared.auth import Viewer
from shared.crypto import Vault
from shared.db import Connection


def ask(conn: Connection, viewer: Viewer, objection: Objection, facts: str, vault: Vault) -> Reply:
    """Ask the winner about a locked objection, in the handler's words, with the scheme's days to answer.

    The winner is told that something waits. Raises `ObjectionDecidedAlready`, `AskedAlready`.
    """
    rules.ask(objection, store.find(conn, objection.tenant_id, objection.id))
    award = awards.find(conn, objection.award_id)
    followed = scheme.version(conn, award.tenant_id, award.scheme_id, award.scheme_version)
    until = workdays.after(conn, award.tenant_id, clock.today(), followed.eligibility.reply_days)
    reply = Reply(
        objection.tenant_id, objection.id, award.person_id, vault.seal(facts), viewer.id, clock.now(), until, None, None
    )
    store.add(conn, reply)
    _tell(conn, reply, Kind.HEARING_OPENED)
    return reply


def access(conn: Connection, viewer: Viewer, objection_id: UUID) -> Reply:
    """Give what the viewer was asked. Raises `ReplyNotFound`, `NotYourReply`."""
    reply = store.read(conn, viewer.tenant_id, objection_id)
    rules.check_own(reply, viewer.id)
    return reply


def answer(conn: Connection, viewer: Viewer, objection_id: UUID, text: str, vault: Vault) -> Reply:
    """Take the winner's answer. Raises `ReplyNotFound`, `NotYourReply`, `ObjectionDecidedAlready`, `RepliedAlready`."""
    access(conn, viewer, objection_id)
    objection = objections.get(conn, viewer.tenant_id, objection_id)
    reply = rules.answer(access(conn, viewer, objection_id), objection, vault.seal(text), clock.now())
    store.save(conn, reply)
    return reply


def check_heard(conn: Connection, objection: Objection) -> None:
    """Refuse to decide a locked objection while its winner still has time to answer. Raises `ReplyAwaited`."""
    rules.check_heard(store.find(conn, objection.tenant_id, objection.id), clock.today())


def tell_outcome(conn: Connection, objection: Objection) -> None:
    """Tell a winner who was asked that it is decided."""
    reply = store.find(conn, objection.tenant_id, objection.id)
    if reply is not None:
        _tell(conn, reply, Kind.FINDING_CONCLUDED)


def _tell(conn: Connection, reply: Reply, kind: Kind) -> None:
    href = f"/notify/replies/{reply.objection_id}"
    cause = f"reply {kind} {reply.objection_id}"
    messages.send(conn, reply.tenant_id, [reply.person_id], kind, href, clock.now(), cause=cause)
