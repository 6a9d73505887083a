"""Objections as their handlers read them, opened; and the answer that their author may know."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.notify.award import store as awards
from services.notify.award.domain import Award
from services.notify.award.domain import State as AwardState
from services.notify.objection import commands, store
from services.notify.objection.domain import UNDECIDED, Brief, Objection, State
from services.notify.reply import store as replies
from shared import clock
from shared.auth import Permission, Viewer
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory

PAGE = 50


@dataclass(frozen=True)
class Whole(Brief):
    """An objection with what people wrote."""

    text: str
    name: str
    contact: str
    question: str
    """what the winner was asked, in a handler's words"""
    reply_until_on: date | None
    reply: str
    hearing: str
    heard_by: str
    statement: str
    decided_by: str


@dataclass(frozen=True)
class Answered:
    """What whoever objected may know."""

    state: State
    answer: str
    decided_at: datetime | None


def page(conn: Connection, viewer: Viewer, permission: Permission, number: int) -> list[Brief]:
    """Give a page of the objections that somebody may handle; one with fewer than `PAGE` is the last."""
    return store.list_handled(conn, _handler(viewer, permission), limit=PAGE, offset=(number - 1) * PAGE)


def list_undecided(conn: Connection, viewer: Viewer, permission: Permission) -> list[Brief]:
    """Give all objections that wait for somebody to handle them, the oldest first."""
    return store.list_handled(conn, _handler(viewer, permission), undecided=True)


def _handler(viewer: Viewer, permission: Permission) -> store.Handler:
    return store.Handler(viewer.tenant_id, viewer.id, viewer.spans(permission), commands.HEADS, clock.today())


def whole(conn: Connection, objection: Objection, vault: Vault) -> Whole:
    """Open an objection for a handler; call it only behind `commands.access`, which notes the reading."""
    award = awards.find(conn, objection.award_id)
    organization = directory.get_organization(conn, objection.tenant_id, objection.organization_id)
    reply = replies.find(conn, objection.tenant_id, objection.id)
    ids = [person_id for person_id in (objection.heard_by, objection.decided_by) if person_id]
    people = {
        person_id: person.name for person_id, person in directory.list_named(conn, objection.tenant_id, ids).items()
    }

    def opened(sealed: bytes | None) -> str:
        return vault.open(sealed) if sealed else ""

    return Whole(
        **_brief(objection, award),
        organization=organization.name,
        text=opened(objection.text),
        name=opened(objection.name),
        contact=opened(objection.contact),
        question=opened(reply.facts if reply else None),
        reply_until_on=reply.reply_until_on if reply else None,
        reply=opened(reply.text if reply else None),
        hearing=opened(objection.hearing),
        heard_by=people.get(objection.heard_by, "") if objection.heard_by else "",
        statement=opened(objection.statement),
        decided_by=people.get(objection.decided_by, "") if objection.decided_by else "",
    )


def answer(conn: Connection, code: str, vault: Vault) -> Answered:
    """Give the answer to who knows the code. Raises `ReceiptUnknown`."""
    objection = store.find_by_receipt(conn, commands.hashed(code))
    # Whether somebody was heard meanwhile is between the handlers and the winner.
    state = State.RAISED if objection.state in UNDECIDED else objection.state
    return Answered(state, vault.open(objection.statement) if objection.statement else "", objection.decided_at)


def _brief(objection: Objection, award: Award) -> dict[str, Any]:
    names = ("id", "notice_id", "award_id", "organization_id", "channel", "signed", "state", "raised_at", "received_on")
    published = award.state in {AwardState.PUBLISHED, AwardState.REVOKED}
    return {name: getattr(objection, name) for name in names} | {"award_name": award.name, "published": published}
