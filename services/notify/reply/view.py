"""A reply as the winner sees it: the handler's question, the own answer, the outcome; nothing of the objection."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.notify.award import store as awards
from services.notify.objection import store as objections
from services.notify.objection.domain import UNDECIDED, State
from services.notify.reply import store
from services.notify.reply.domain import Reply
from shared.auth import Viewer
from shared.crypto import Vault
from shared.db import Connection

OUTCOMES = {State.UPHELD: "upheld", State.DISMISSED: "dismissed"}


@dataclass(frozen=True)
class Brief:
    """Something that the viewer was asked, in a list."""

    objection_id: UUID
    asked_at: datetime
    reply_until_on: date
    replied_at: datetime | None
    outcome: str
    """upheld, dismissed, or empty while nothing is decided"""


@dataclass(frozen=True)
class Shown(Brief):
    """The same with what was written."""

    notice_id: UUID
    award: str
    period: str
    facts: str
    text: str
    open: bool
    """whether an answer is still taken"""


def brief(conn: Connection, reply: Reply) -> Brief:
    """Give a line of the list."""
    state = objections.read(conn, reply.tenant_id, reply.objection_id).state
    return Brief(reply.objection_id, reply.asked_at, reply.reply_until_on, reply.replied_at, OUTCOMES.get(state, ""))


def list_own(conn: Connection, viewer: Viewer) -> list[Brief]:
    """Give everything that the viewer was asked."""
    return [brief(conn, reply) for reply in store.list_of(conn, viewer.tenant_id, viewer.id)]


def shown(conn: Connection, reply: Reply, vault: Vault) -> Shown:
    """Open a reply for its winner; call it only behind `commands.access`."""
    objection = objections.read(conn, reply.tenant_id, reply.objection_id)
    award = awards.find(conn, objection.award_id)
    return Shown(
        objection_id=reply.objection_id,
        asked_at=reply.asked_at,
        reply_until_on=reply.reply_until_on,
        replied_at=reply.replied_at,
        outcome=OUTCOMES.get(objection.state, ""),
        notice_id=objection.notice_id,
        award=award.star_title,
        period=award.period,
        facts=vault.open(reply.facts),
        text=vault.open(reply.text) if reply.text else "",
        open=reply.text is None and objection.state in UNDECIDED,
    )
