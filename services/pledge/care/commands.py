"""Noting who is cared for and what was done; reading it is noted."""

from datetime import date
from uuid import UUID, uuid4

from services.pledge import permissions
from services.pledge.care import rules, store
from services.pledge.care.domain import Care, Cared, Hardship
from shared import audit, clock
from shared.auth import Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import branches
from shared.directory import store as directory
from shared.directory.domain import Organization, Person


def access(conn: Connection, viewer: Viewer, person_id: UUID) -> tuple[Person, Organization]:
    """Open the door to a member's record, for the officers of the branch and above. Raises `NotAllowed`."""
    person = directory.get_person(conn, viewer.tenant_id, person_id)
    home = branches.of(conn, viewer.tenant_id, person.organization_id)
    return person, require(conn, viewer, permissions.RECORD_CARE, home.id)


def note(
    conn: Connection, viewer: Viewer, vault: Vault, person_id: UUID, circumstances: str, since_on: date | None = None
) -> Hardship:
    """Note that a member is to be cared for. Raises `NotAllowed`, `NotAMember`, `BadDay`."""
    person, organization = access(conn, viewer, person_id)
    rules.check_person(person)
    today = clock.today()
    since = rules.check_day(since_on or today, today)
    hardship = Hardship(
        viewer.tenant_id, person.id, organization.id, vault.seal(circumstances.strip()), since, None, viewer.id,
        clock.now(),
    )  # fmt: skip
    store.save(conn, hardship)
    return hardship


def end(conn: Connection, viewer: Viewer, person_id: UUID, on: date | None = None) -> Hardship:
    """Note that it is over. Raises `NotAllowed`, `NotCaredFor`, `BadDay`."""
    access(conn, viewer, person_id)
    hardship = store.find(conn, viewer.tenant_id, person_id)
    if hardship is None:
        raise rules.NotCaredFor
    today = clock.today()
    hardship = rules.end(hardship, on or today, today)
    store.save(conn, hardship)
    return hardship


def record(
    conn: Connection, viewer: Viewer, vault: Vault, person_id: UUID, text: str, given_on: date | None = None
) -> Care:
    """Record a visit or help. Raises `NotAllowed`, `NotCaredFor`, `BadDay`."""
    person, organization = access(conn, viewer, person_id)
    hardship = store.find(conn, viewer.tenant_id, person_id)
    if hardship is None:
        raise rules.NotCaredFor
    today = clock.today()
    care = Care(
        viewer.tenant_id, uuid4(), person.id, organization.id, vault.seal(text.strip()),
        rules.check_day(given_on or today, today), viewer.id, clock.now(),
    )  # fmt: skip
    store.add_care(conn, care)
    return care


def list_of(conn: Connection, viewer: Viewer, vault: Vault, organization_id: UUID) -> list[Cared]:
    """Give the members of an organisation who are cared for, in 姓氏笔画 order; that it was read is noted.

    Raises `NotAllowed`.
    """
    organization = require(conn, viewer, permissions.READ_CARE, organization_id)
    audit.note(
        conn, viewer.tenant_id, viewer.id, permissions.READ_CARE.name, subject=str(organization.id),
        organization_id=organization.id,
    )  # fmt: skip
    members = branches.list_members(conn, viewer.tenant_id, organization.id)
    ids = [person.id for person in members]
    found = {one.person_id: one for one in store.list_of(conn, viewer.tenant_id, ids)}
    given = store.list_care(conn, viewer.tenant_id, ids)
    return [
        Cared(
            person, found[person.id], vault.open(found[person.id].sealed),
            [(care, vault.open(care.sealed)) for care in given.get(person.id, [])],
        )
        for person in members
        if person.id in found
    ]  # fmt: skip
