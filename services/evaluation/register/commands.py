"""Entering deeds, changing and taking them back, adding to them, confirming them; why there is no entry."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from services.evaluation import permissions
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Meeting
from services.evaluation.pledge import store as pledges
from services.evaluation.pledge.domain import Cited
from services.evaluation.register import citing, rules, store
from services.evaluation.register.domain import Deed, DeedState, NoEntry
from shared import clock, period, scheme
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.directory.domain import Organization, Person
from shared.events.evaluation import DeedConfirmed
from shared.messaging import tell
from shared.scheme import Scheme


@dataclass(frozen=True)
class Entry:
    """What is written into a register."""

    aspects: list[str]
    type: str
    text: str
    declared: bool = False
    field: str | None = None
    happened_on: date | None = None
    place: str = ""
    witness: str = ""
    pledge_id: UUID | None = None
    period: str = ""
    person_id: UUID | None = None
    entry_reason: str = ""
    pledge_item_id: UUID | None = None
    pledge_version: int | None = None
    """in which words the item is meant; none keeps those of the entry, or takes the newest"""


def access(conn: Connection, viewer: Viewer, permission: Permission, deed_id: UUID) -> Deed:
    """Open a deed for who may, locked for a change. Raises `DeedNotFound`, `NotAllowed`."""
    deed = store.get(conn, viewer.tenant_id, deed_id)
    require(conn, viewer, permission, deed.organization_id, person_id=deed.person_id)
    return deed


def holder(
    conn: Connection, viewer: Viewer, permission: Permission, person_id: UUID | None
) -> tuple[Person, Organization]:
    """Give the person whose register is meant (the viewer when none is named) and the branch, for who may."""
    person = directory.get_person(conn, viewer.tenant_id, person_id) if person_id else viewer.person
    organization = branch.of(conn, viewer.tenant_id, person.organization_id)
    require(conn, viewer, permission, organization.id, person_id=person.id)
    return person, organization


def enter(conn: Connection, viewer: Viewer, entry: Entry) -> Deed:
    """Enter a deed for oneself, or with a reason for a member of the own branch. Raises what `rules.enter` raises."""
    person, organization = holder(conn, viewer, permissions.WRITE_DEED, entry.person_id)
    now = clock.now()
    deed = Deed(
        viewer.tenant_id, uuid4(), person.id, organization.id, entry.period or period.of(clock.day_of(now)),
        list(dict.fromkeys(entry.aspects)), entry.type, entry.field or None, entry.text.strip(), entry.happened_on,
        entry.place, entry.witness, entry.pledge_id, entry.declared, DeedState.ENTERED, None, "", viewer.id, now,
        entry.entry_reason, pledge_item_id=entry.pledge_item_id, pledge_version=entry.pledge_version,
    )  # fmt: skip
    return _judge_and_save(conn, deed, person, organization)


def change(conn: Connection, viewer: Viewer, deed_id: UUID, entry: Entry) -> Deed:
    """Change an entry that was not yet presented: who changes it answers for it, an officer with a reason (R-272).

    Raises `Locked`, `NotYourEntry` and what `rules.enter` raises.
    """
    before = rules.change(access(conn, viewer, permissions.WRITE_DEED, deed_id), by=viewer.id)
    person, organization = holder(conn, viewer, permissions.WRITE_DEED, before.person_id)
    deed = replace(
        before, aspects=list(dict.fromkeys(entry.aspects)), type=entry.type, field=entry.field or None,
        text=entry.text.strip(), happened_on=entry.happened_on, place=entry.place, witness=entry.witness,
        pledge_id=entry.pledge_id, pledge_item_id=entry.pledge_item_id, pledge_version=entry.pledge_version,
        declared=entry.declared, entered_by=viewer.id,
        entry_reason="" if viewer.id == before.person_id else entry.entry_reason,
    )  # fmt: skip
    return _judge_and_save(conn, deed, person, organization, before)


def _judge_and_save(
    conn: Connection, deed: Deed, person: Person, organization: Organization, before: Deed | None = None
) -> Deed:
    meeting = meetings.find_current(conn, deed.tenant_id, organization.id, deed.period)
    followed = scheme_of(conn, organization, meeting)
    item_id = deed.pledge_item_id
    deed = rules.cite(deed, pledges.list_versions(conn, deed.tenant_id, item_id) if item_id else [], before)
    own = deed.pledge_id is None or pledges.is_own(conn, deed.tenant_id, deed.pledge_id, person.id)
    deed = rules.enter(deed, person, meeting=meeting, scheme=followed, today=clock.today(), own_pledge=own)
    store.save(conn, deed)
    return deed


def scheme_of(conn: Connection, organization: Organization, meeting: Meeting | None) -> Scheme:
    """Give the scheme by which a quarter's entries are judged: the version under which its meeting was announced."""
    if meeting is None:
        return scheme.current(conn, organization)
    return scheme.version(conn, meeting.tenant_id, meeting.scheme_id, meeting.scheme_version)


def take_back(conn: Connection, viewer: Viewer, deed_id: UUID) -> Deed:
    """Take back an entry before it is presented. Raises `Locked`, `NotYourEntry`, `EntriesClosed`."""
    deed = rules.change(access(conn, viewer, permissions.WRITE_DEED, deed_id), by=viewer.id)
    meeting = meetings.find_current(conn, deed.tenant_id, deed.organization_id, deed.period)
    if not rules.is_open(meeting, for_another=viewer.id != deed.person_id):
        raise rules.EntriesClosed
    store.remove(conn, deed.tenant_id, deed.id)
    return deed


def add(conn: Connection, viewer: Viewer, deed_id: UUID, text: str, reason: str) -> Deed:
    """Add to a deed that was presented (R-113). Raises `NotLocked`, `AdditionNeedsReason`."""
    deed = access(conn, viewer, permissions.WRITE_DEED, deed_id)
    addition = rules.add(deed, uuid4(), text, reason, by=viewer.id, now=clock.now())
    store.save(conn, addition)
    return addition


def confirm(conn: Connection, viewer: Viewer, deed_id: UUID) -> Deed:
    """Confirm a deed (R-123); of one that refers to a pledge that is told once. Raises `NotPresented`."""
    before = access(conn, viewer, permissions.CONFIRM_DEED, deed_id)
    deed = rules.confirm(before, by=viewer.id, now=clock.now())
    if deed != before:
        store.save(conn, deed)
        _tell_confirmed(conn, deed)
    return deed


def _tell_confirmed(conn: Connection, deed: Deed) -> None:
    # An addition is no other deed: the one to which it belongs is told.
    if deed.pledge_id and deed.addition_of is None:
        tell(
            conn, DeedConfirmed, tenant_id=deed.tenant_id, subject=deed.id, deed_id=deed.id, person_id=deed.person_id,
            organization_id=deed.organization_id, period=deed.period, pledge_id=deed.pledge_id,
            pledge_item_id=deed.pledge_item_id,
        )  # fmt: skip


def note_no_entry(
    conn: Connection, viewer: Viewer, person_id: UUID, quarter: str, *, objective: bool, reason: str
) -> NoEntry:
    """Note why a member of the branch has no entry in a quarter (R-159). Raises `NoRegister`."""
    person, _ = holder(conn, viewer, permissions.CONFIRM_DEED, person_id)
    if not person.is_member:
        raise rules.NoRegister
    noted = NoEntry(viewer.tenant_id, person.id, quarter, objective, reason, viewer.id, clock.now())
    store.save_no_entry(conn, noted)
    return noted


def list_readable(conn: Connection, viewer: Viewer, person_id: UUID | None, quarter: str) -> list[Deed]:
    """Give the deeds of a person in a quarter (all quarters when empty) that the viewer may read."""
    person = directory.get_person(conn, viewer.tenant_id, person_id) if person_id else viewer.person
    organization = branch.of(conn, viewer.tenant_id, person.organization_id)
    if person.id != viewer.id:
        require(conn, viewer, permissions.READ_DEEDS, organization.id)
    deeds = store.list_history(conn, viewer.tenant_id, person.id)
    return rules.visible(
        [deed for deed in deeds if quarter in {"", deed.period}],
        viewer.id,
        runs_branch=viewer.may(permissions.CONFIRM_DEED, organization.path),
        in_branch=viewer.organization.path.startswith(organization.path),
    )


def list_pledges(conn: Connection, viewer: Viewer, person_id: UUID | None) -> list[Cited]:
    """Give a member's published pledges, to one of which a deed may refer (R-139), to who reads the register."""
    person, _ = holder(conn, viewer, permissions.READ_REGISTER, person_id)
    return citing.choices(conn, viewer.tenant_id, person.id)


@dataclass(frozen=True)
class Line:
    """A member of a branch in a quarter: who has entered and who has not; never a rank (R-137)."""

    person: Person
    deeds: list[Deed]
    last_period: str
    """the newest quarter with an entry, or empty"""
    no_entry: NoEntry | None


def overview(conn: Connection, viewer: Viewer, organization_id: UUID, quarter: str) -> list[Line]:
    """Give every member of a branch with the entries of a quarter, in 姓氏笔画 order."""
    require(conn, viewer, permissions.READ_OVERVIEW, organization_id)
    people = branch.list_members(conn, viewer.tenant_id, organization_id)
    ids = [person.id for person in people]
    deeds = store.list_deeds(conn, viewer.tenant_id, ids, quarter)
    last = store.list_last_periods(conn, viewer.tenant_id, ids)
    reasons = {noted.person_id: noted for noted in store.list_no_entry_reasons(conn, viewer.tenant_id, ids, quarter)}
    return [
        Line(
            person,
            [deed for deed in deeds if deed.person_id == person.id],
            last.get(person.id, ""),
            reasons.get(person.id),
        )
        for person in people
    ]
