"""提诺: making a pledge, changing its text, handing it in, revising what was published, taking it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.author import store as together
from services.pledge.draft import store as drafts
from services.pledge.pledge import rules, store, window, wording
from services.pledge.pledge.domain import (
    Author,
    Form,
    Kind,
    Pledge,
    PledgeState,
    Version,
    VersionState,
)
from services.pledge.round import store as rounds
from shared import clock
from shared import scheme as schemes
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import Organization, Person
from shared.errors import NotAllowed, RuleBroken
from shared.events.pledge import PledgeSubmitted
from shared.messaging import tell
from shared.scheme import Scheme


class AlreadyPledged(RuleBroken):
    """本年度已经有一份这样的承诺，请修改那一份。"""


def access(
    conn: Connection, viewer: Viewer, permission: Permission, pledge_id: UUID, *, hold: bool = False
) -> tuple[Pledge, Organization]:
    """Open the door to a pledge; `hold` before a change. Raises `PledgeNotFound`, `NotAllowed`."""
    pledge = (store.get if hold else store.read)(conn, viewer.tenant_id, pledge_id)
    return pledge, require(conn, viewer, permission, pledge.organization_id, person_id=pledge.person_id)


def joined(
    conn: Connection, viewer: Viewer, permission: Permission, pledge_id: UUID, *, hold: bool = False
) -> tuple[Pledge, Organization, bool]:
    """Open the door to a pledge also for who makes it with the pledger; say whether the viewer is one of them (R-033).

    Raises `PledgeNotFound`, `NotAllowed`.
    """
    pledge = (store.get if hold else store.read)(conn, viewer.tenant_id, pledge_id)
    mine = together.is_named(conn, pledge, viewer.id)
    whose = viewer.id if mine else pledge.person_id
    return pledge, require(conn, viewer, permission, pledge.organization_id, person_id=whose), mine


def readable(conn: Connection, viewer: Viewer, pledge_id: UUID) -> tuple[Pledge, Organization, bool]:
    """Open a pledge to be read; say whether also what is not published may be shown. Raises `NotAllowed`."""
    pledge = store.read(conn, viewer.tenant_id, pledge_id)
    organization = directory.get_organization(conn, viewer.tenant_id, pledge.organization_id)
    mine = viewer.id == pledge.person_id or together.is_named(conn, pledge, viewer.id)
    whole = mine or viewer.may(permissions.READ_DRAFT, organization.path, person_id=pledge.person_id)
    if not whole and (pledge.published_version is None or not _reads(conn, viewer, pledge, organization)):
        raise NotAllowed
    return pledge, organization, whole


def _reads(conn: Connection, viewer: Viewer, pledge: Pledge, organization: Organization) -> bool:
    """Where it was made everybody of the branch reads it, where its pledger is now the officers (decision 0013)."""
    if viewer.may(permissions.READ_PLEDGE, organization.path):
        return True
    if pledge.person_id is None:
        return False
    person = directory.get_person(conn, pledge.tenant_id, pledge.person_id)
    now = branches.of(conn, pledge.tenant_id, person.organization_id)
    return person.active and viewer.may(permissions.READ_DRAFT, now.path)


def writing(conn: Connection, viewer: Viewer, pledge_id: UUID) -> tuple[Pledge, Version]:
    """Hold a pledge and its newest text for a change, for its pledger or who may write for that one."""
    pledge = store.get(conn, viewer.tenant_id, pledge_id)
    permission = writing_permission(pledge)
    require(conn, viewer, permission, pledge.organization_id, person_id=pledge.person_id)
    return pledge, store.get_version(conn, pledge, pledge.version)


def scheme_of(conn: Connection, pledge: Pledge) -> Scheme:
    """Give the scheme under which a pledge was made."""
    return schemes.version(conn, pledge.tenant_id, pledge.scheme_id, pledge.scheme_version)


def window_of(conn: Connection, organization: Organization, scheme: Scheme, year: int) -> window.Window:
    """Give the window of a year for an organisation."""
    paths = directory.lineage(organization.path)
    return window.of(year, scheme, rounds.find(conn, organization.tenant_id, paths, year))


def make(conn: Connection, viewer: Viewer, proposal: wording.Proposal) -> Pledge:
    """Begin a pledge as a draft, for oneself, for another with a reason, or for an organisation.

    Raises `NotAllowed`, `BadPledge`, `EntryNeedsReason`, `AlreadyPledged`, `NoScheme`.
    """
    person, organization = _pledger(conn, viewer, proposal)
    scheme = schemes.current(conn, organization)
    now = clock.now()
    oral = proposal.oral
    pledge = Pledge(
        viewer.tenant_id, uuid4(), organization.id, proposal.form, proposal.kind,
        proposal.year or clock.day_of(now).year, proposal.trigger, proposal.trigger_text.strip(),
        person.id if person else None, proposal.community.strip(), oral is not None,
        oral.recorded_by if oral else "", oral.recorded_on if oral else None, oral.recorded_place if oral else "",
        oral.witness if oral else "", PledgeState.OPEN, scheme.id, scheme.version, 1, None, viewer.id,
        proposal.entry_reason.strip(), now,
    )  # fmt: skip
    rules.begin(pledge, organization, scheme, person=person, today=clock.day_of(now))
    words = wording.version(pledge, proposal.text, viewer)
    draft = wording.checked(conn, pledge, organization, words, proposal.authors)
    if not store.add(conn, pledge):
        raise AlreadyPledged
    store.save_version(conn, pledge, draft)
    return pledge


def rewrite(
    conn: Connection, viewer: Viewer, pledge_id: UUID, text: wording.Text, authors: Sequence[Author] | None = None
) -> Pledge:
    """Change the newest text: a draft in place; what was returned, approved or published as the next version.

    Raises `PledgeClosed`, `VersionInReview`, `RevisionNeedsReason`, `BadPledge`.
    """
    pledge, newest = writing(conn, viewer, pledge_id)
    now = clock.now()
    fresh = wording.version(pledge, text, viewer, known={item.item_id for item in newest.items})
    organization = directory.get_organization(conn, pledge.tenant_id, pledge.organization_id)
    named = newest.companions if authors is None else authors
    fresh = wording.checked(conn, pledge, organization, fresh, named, newest)
    if rules.change(pledge, newest) is VersionState.DRAFT:
        written = replace(fresh, number=newest.number, reason=rules.reason_for(pledge, newest, fresh))
    else:
        last = store.last_number(conn, pledge)
        written = rules.revise(pledge, newest, fresh, last=last, by=viewer.id, at=now)
        if newest.state is VersionState.APPROVED:
            store.set_state(conn, pledge, newest.number, VersionState.SUPERSEDED)
        pledge = replace(pledge, version=written.number)
        store.save(conn, pledge)
    store.save_version(conn, pledge, written)
    return pledge


def submit(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Pledge:
    """Hand the newest text in for review; after the window it is taken and marked late. Raises `BadPledge`."""
    pledge, version = writing(conn, viewer, pledge_id)
    organization = directory.get_organization(conn, pledge.tenant_id, pledge.organization_id)
    scheme, now = scheme_of(conn, pledge), clock.now()
    handed = rules.submit(pledge, version, found=obstacles(conn, pledge, version, scheme, clock.day_of(now)), at=now)
    store.save_version(conn, pledge, handed)
    if pledge.submitted_at is None:
        due = window_of(conn, organization, scheme, pledge.year)
        late = pledge.kind is Kind.ANNUAL and due.is_late(clock.day_of(now))
        pledge = replace(pledge, submitted_at=now, late=late)
        store.save(conn, pledge)
    _tell(conn, pledge, handed)
    return pledge


def hand_in(conn: Connection, pledge: Pledge, version: Version) -> None:
    """Enter a whole new pledge that was checked already, as handed in. Raises `AlreadyPledged`."""
    if not store.add(conn, pledge):
        raise AlreadyPledged
    store.save_version(conn, pledge, replace(version, state=VersionState.DRAFT, submitted_at=None))
    store.save_version(conn, pledge, version)
    _tell(conn, pledge, version)


def _tell(conn: Connection, pledge: Pledge, handed: Version) -> None:
    tell(
        conn, PledgeSubmitted, tenant_id=pledge.tenant_id, subject=pledge.id, pledge_id=pledge.id,
        version=handed.number, organization_id=pledge.organization_id, person_id=pledge.person_id, form=pledge.form,
        kind=pledge.kind, year=pledge.year, late=pledge.late,
    )  # fmt: skip


def obstacles(conn: Connection, pledge: Pledge, version: Version, scheme: Scheme, today: date) -> list[str]:
    """List what keeps a text from being handed in."""
    person = directory.get_person(conn, pledge.tenant_id, pledge.person_id) if pledge.person_id else None
    return rules.obstacles(pledge, version, scheme, person=person, today=today)


def withdraw(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Pledge:
    """Take back what is not published. Raises `PledgeClosed`, `AlreadyPublished`."""
    pledge, version = writing(conn, viewer, pledge_id)
    pledge, gone = rules.withdraw(pledge, version)
    store.set_state(conn, pledge, gone.number, gone.state)
    store.save(conn, pledge)
    return pledge


def discard(conn: Connection, viewer: Viewer, pledge_id: UUID) -> Pledge:
    """Delete a draft that was never handed in; nothing of it is kept. Raises `PledgeClosed`, `AlreadySent`."""
    pledge, _ = writing(conn, viewer, pledge_id)
    rules.require_unsent(pledge)
    drafts.delete(conn, pledge)
    return pledge


def writing_permission(pledge: Pledge) -> Permission:
    """Give what somebody needs to change a pledge."""
    organization = pledge.form is Form.ORGANIZATION
    return permissions.WRITE_ORGANIZATION_PLEDGE if organization else permissions.WRITE_PLEDGE


def _pledger(conn: Connection, viewer: Viewer, proposal: wording.Proposal) -> tuple[Person | None, Organization]:
    if proposal.form is Form.ORGANIZATION:
        place = proposal.organization_id or viewer.organization.id
        return None, require(conn, viewer, permissions.WRITE_ORGANIZATION_PLEDGE, place)
    person = directory.get_person(conn, viewer.tenant_id, proposal.person_id) if proposal.person_id else viewer.person
    organization = branches.of(conn, viewer.tenant_id, person.organization_id)
    require(conn, viewer, permissions.WRITE_PLEDGE, organization.id, person_id=person.id)
    return person, organization
