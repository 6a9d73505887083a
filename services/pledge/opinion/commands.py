"""What is done with opinions: given by anyone, entered from the 意见箱, read, answered."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.author import store as together
from services.pledge.opinion import rules, store
from services.pledge.opinion.domain import Channel, Opinion, Said
from services.pledge.pledge import commands as pledges
from services.pledge.pledge import store as pledge_store
from services.pledge.wall import view as wall
from shared import audit, clock
from shared import scheme as schemes
from shared.auth import Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.errors import Refusal

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def access(conn: Connection, viewer: Viewer, opinion_id: UUID, *, change: bool = True) -> Opinion:
    """Give an opinion to an impartial officer, and note the reading. Raises `OpinionNotFound`, `ConcernsYou`."""
    opinion = (store.get if change else store.read)(conn, viewer.tenant_id, opinion_id)
    require(conn, viewer, permissions.HANDLE_OPINION, opinion.organization_id)
    rules.check_impartial(viewer.id, pledgers(conn, opinion))
    audit.note(
        conn,
        viewer.tenant_id,
        viewer.id,
        permissions.HANDLE_OPINION.name,
        subject=str(opinion_id),
        organization_id=opinion.organization_id,
    )
    return opinion


def pledgers(conn: Connection, opinion: Opinion) -> set[UUID]:
    """Give who made the pledge that an opinion is about."""
    if opinion.pledge_id is None:
        return set()
    pledge = pledge_store.read(conn, opinion.tenant_id, opinion.pledge_id)
    people = {one.person_id for one in together.list_authors(conn, opinion.tenant_id, pledge.id)}
    return {person_id for person_id in {*people, pledge.person_id} if person_id}


def give(
    conn: Connection, viewer: Viewer | None, said: Said, vault: Vault, admit: Callable[[UUID, bool], None]
) -> tuple[Opinion, str]:
    """Take an opinion from anyone; give it and the code with which its author can ask for the answer.

    `viewer` only opens what hangs for the school; nothing of it is kept. `admit` is told the organisation and
    whether the opinion is signed, and refuses who comes too often. Raises `SubjectNeeded`, `NotOnWall`,
    `SignatureNeeded`, `ContactNeeded`, `TooManyOpinions`.
    """
    if said.pledge_id is not None:
        single = wall.single(conn, viewer, said.pledge_id)
        organization, signed_only = single.organization, single.signed
    elif said.organization_id is not None:
        organization = directory.find_organization(conn, said.organization_id)
        signed_only = _signed_only(conn, organization)
    else:
        raise rules.SubjectNeeded
    signed = rules.check_said(said, signed_only=signed_only)
    admit(organization.id, signed)
    store.lock(conn, organization.id)
    since = clock.now() - timedelta(hours=1)
    recent = store.count_since(conn, organization.tenant_id, organization.id, since, signed=signed)
    rules.check_flood(recent, signed=signed)
    return _enter(conn, organization, said, vault)


def enter_paper(conn: Connection, viewer: Viewer, said: Said, received_on: date, vault: Vault) -> tuple[Opinion, str]:
    """Enter an opinion out of the 意见箱. Raises `NotAllowed`, `SubjectNeeded`, `NotReceivedYet`, `ContactNeeded`."""
    if said.pledge_id is not None:
        _, organization = pledges.access(conn, viewer, permissions.ENTER_OPINION, said.pledge_id)
    elif said.organization_id is not None:
        organization = require(conn, viewer, permissions.ENTER_OPINION, said.organization_id)
    else:
        raise rules.SubjectNeeded
    rules.check_received(received_on, clock.today())
    # What lies in the box is taken as it is: also unsigned where the page asks for a name, and with a name alone.
    return _enter(conn, organization, said, vault, received_on=received_on, entered_by=viewer.id)


def _enter(
    conn: Connection,
    organization: Organization,
    said: Said,
    vault: Vault,
    *,
    received_on: date | None = None,
    entered_by: UUID | None = None,
) -> tuple[Opinion, str]:
    code = "".join(secrets.choice(LETTERS) for _ in range(12))
    opinion = Opinion(
        tenant_id=organization.tenant_id,
        id=uuid4(),
        organization_id=organization.id,
        pledge_id=said.pledge_id,
        channel=Channel.BOX if entered_by else Channel.PAGE,
        signed=bool(said.name),
        text=vault.seal(said.text),
        name=vault.seal(said.name) if said.name else None,
        contact=vault.seal(said.contact) if said.contact else None,
        receipt=hashed(code),
        received_on=received_on or clock.today(),
        given_at=clock.now(),
        entered_by=entered_by,
    )
    store.add(conn, opinion)
    return opinion, code


def answer(conn: Connection, viewer: Viewer, opinion_id: UUID, text: str, vault: Vault) -> Opinion:
    """Answer an opinion, once. Raises `NotAllowed`, `ConcernsYou`, `AnsweredAlready`."""
    opinion = access(conn, viewer, opinion_id)
    answered = rules.answer(opinion, vault.seal(text.strip()), viewer.id, clock.now())
    store.save(conn, answered)
    return answered


def hashed(code: str) -> bytes:
    """Give what is kept of a code; case and spaces do not matter."""
    return hashlib.sha256("".join(code.split()).upper().encode()).digest()


def _signed_only(conn: Connection, organization: Organization) -> bool:
    try:
        return schemes.current(conn, organization).pledge.opinions_signed
    except Refusal:
        return False
