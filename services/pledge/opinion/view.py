"""Opinions as their handlers read them, opened; and the answer that their author may know."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.pledge import permissions
from services.pledge.opinion import commands, store
from services.pledge.opinion.domain import Channel, Listed, Opinion
from services.pledge.pledge import store as pledges
from shared.auth import Viewer
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory

MOST = 200


@dataclass(frozen=True)
class Brief:
    """An opinion in a list: nothing of what people wrote."""

    id: UUID
    organization_id: UUID
    organization: str
    pledge_id: UUID | None
    about: str
    channel: Channel
    signed: bool
    received_on: date
    answered_at: datetime | None


@dataclass(frozen=True)
class Whole(Brief):
    """An opinion with what people wrote."""

    text: str
    name: str
    contact: str
    answer: str
    answered_by: str


@dataclass(frozen=True)
class Answered:
    """What the author may know."""

    answer: str
    answered_at: datetime | None


def list_handled(conn: Connection, viewer: Viewer, *, unanswered: bool = False) -> list[Listed]:
    """Give the opinions that somebody may handle, `MOST` of them; those on one's own pledge are left out."""
    spans = viewer.spans(permissions.HANDLE_OPINION)
    if not any(spans):
        return []
    return store.list_handled(conn, viewer.tenant_id, spans, viewer.id, unanswered=unanswered, most=MOST)


def brief(conn: Connection, opinion: Opinion) -> Brief:
    """Give an opinion as a list shows it."""
    organization = directory.get_organization(conn, opinion.tenant_id, opinion.organization_id)
    about = f"{organization.name}的承诺"
    if opinion.pledge_id is not None:
        pledge = pledges.read(conn, opinion.tenant_id, opinion.pledge_id)
        if pledge.person_id is not None:
            about = f"{directory.get_person(conn, opinion.tenant_id, pledge.person_id).name}的承诺"
    return Brief(
        opinion.id, organization.id, organization.name, opinion.pledge_id, about, opinion.channel, opinion.signed,
        opinion.received_on, opinion.answered_at,
    )  # fmt: skip


def whole(conn: Connection, opinion: Opinion, vault: Vault) -> Whole:
    """Open an opinion for a handler; call it only behind `commands.access`, which notes the reading."""
    ids = [opinion.answered_by] if opinion.answered_by else []
    named = directory.list_named(conn, opinion.tenant_id, ids)

    def opened(sealed: bytes | None) -> str:
        return vault.open(sealed) if sealed else ""

    return Whole(
        **vars(brief(conn, opinion)),
        text=opened(opinion.text),
        name=opened(opinion.name),
        contact=opened(opinion.contact),
        answer=opened(opinion.answer),
        answered_by=named[opinion.answered_by].name if opinion.answered_by in named else "",
    )


def answer(conn: Connection, code: str, vault: Vault) -> Answered:
    """Give the answer to who knows the code. Raises `ReceiptUnknown`."""
    opinion = store.find_by_receipt(conn, commands.hashed(code))
    return Answered(vault.open(opinion.answer) if opinion.answer else "", opinion.answered_at)
