"""Signing in and out, and setting passwords."""

import hmac
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from services.roster.session import passwords, rules, store
from services.roster.session.domain import Account, Limit, Office
from shared import audit, clock
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization, Person, Role
from shared.events.roster import PasswordReset, PersonChanged
from shared.messaging import tell

NOWHERE = UUID(int=0)
"""Addresses belong to no university."""


@dataclass(frozen=True)
class Attempt:
    """What somebody gives to sign in; `key` keys the hashes under which failures are counted."""

    number: str
    password: str
    university: str
    address: str
    key: str
    device: str = ""
    """What the device kept of an earlier sign-in."""


@dataclass(frozen=True)
class Counted:
    """Under what a try in vain is counted, and how many are free."""

    tenant_id: UUID
    subject: str
    limit: Limit


def sign_in(conn: Connection, attempt: Attempt) -> Person:
    """Give the person whose number and password these are.

    Whether the number is unknown or the password wrong, the answer and the time it takes are the same. The failure is
    counted in the caller's transaction, so the caller must let it commit although this raises `SignInFailed`. Also
    raises `TooManyTries`, `UniversityNeeded`.
    """
    moment = clock.real()
    tenant_id = university(conn, attempt.university).tenant_id
    number = rules.tidy(attempt.number)
    by_number = Counted(tenant_id, _subject(attempt.key, "number", number), rules.NUMBER)
    by_address = Counted(NOWHERE, _subject(attempt.key, "address", attempt.address), rules.ADDRESS)
    known = hmac.compare_digest(attempt.device.encode(), device(attempt.key, tenant_id, number).encode())
    rules.refuse_while_paused(
        [_pause(conn, each, moment) for each in ([by_number] if known else [by_number, by_address])]
    )
    person_id = store.find_person_id(conn, tenant_id, number)
    account = store.find_account(conn, tenant_id, person_id) if person_id else None
    if not passwords.matches(account.password_hash if account else None, attempt.password) or account is None:
        for each in (by_number, by_address):
            before = store.lock_failures(conn, each.tenant_id, each.subject)
            store.save_failures(conn, each.tenant_id, each.subject, rules.noted(before, each.limit, moment))
        raise rules.SignInFailed
    store.forget_failures(conn, by_number.tenant_id, by_number.subject)
    if passwords.outdated(account.password_hash):
        store.save_rehashed(conn, account, passwords.hashed(attempt.password))
    return _entered(conn, tenant_id, account.person_id)


def device(key: str, tenant_id: UUID, number: str) -> str:
    """Give what a device keeps of somebody's sign-in: it proves that it was there, and names nobody."""
    return _subject(key, "device", f"{tenant_id}:{number}")


def sign_in_from_campus(conn: Connection, number: str, code: str) -> Person:
    """Give the person whom the campus's own sign-in has proved to have this number. Raises `CampusUnknown`."""
    tenant_id = university(conn, code).tenant_id
    person_id = store.find_person_id(conn, tenant_id, rules.tidy(number))
    if person_id is None:
        raise rules.CampusUnknown
    return _entered(conn, tenant_id, person_id)


def university(conn: Connection, code: str) -> Organization:
    """Give the 党委 with a code; without a code the only one there is. Raises `UniversityNeeded`."""
    found = [top for top in directory.list_tops(conn) if not code or top.code == code]
    if len(found) != 1:
        raise rules.UniversityNeeded
    return found[0]


def _entered(conn: Connection, tenant_id: UUID, person_id: UUID) -> Person:
    audit.note(conn, tenant_id, person_id, "session.start", subject=str(person_id))
    return directory.get_person(conn, tenant_id, person_id)


def _pause(conn: Connection, counted: Counted, moment: datetime) -> timedelta:
    return rules.pause(store.find_failures(conn, counted.tenant_id, counted.subject), counted.limit, moment)


def _subject(key: str, kind: str, text: str) -> str:
    return hmac.new(key.encode(), f"{kind}:{text}".encode(), "sha256").hexdigest()


def set_password(
    conn: Connection, tenant_id: UUID, person_id: UUID, password: str, *, by: UUID | None = None
) -> Person:
    """Give a person a password, one's own or `by` somebody else; one who had another is signed out everywhere.

    Raises `PasswordWeak`, `PersonNotFound`.
    """
    person = directory.get_person(conn, tenant_id, person_id)
    rules.require_good(password, number=person.number, name=person.name)
    before = store.find_account(conn, tenant_id, person_id)
    moment = clock.real()
    account = Account(tenant_id, person_id, passwords.hashed(password), by is not None, moment, by, moment)
    if by is None:
        kept = (before.reset_by_id, before.reset_at) if before else (None, None)
        account = replace(account, reset_by_id=kept[0], reset_at=kept[1])
    store.save_account(conn, account)
    return sign_out_everywhere(conn, tenant_id, person_id) if before else person


def set_password_of(conn: Connection, viewer: Viewer, permission: Permission, person_id: UUID, password: str) -> None:
    """Let an administrator, or a clerk for the people below, set somebody's password; the person is told so.

    Until the person has made an own one, nothing else opens (decision 14). Raises `NotAllowed`, `HigherOffice`,
    `PasswordWeak`, `PersonNotFound`.
    """
    person = directory.get_person(conn, viewer.tenant_id, person_id)
    require(conn, viewer, permission, person.organization_id)
    require_lower(conn, viewer, permission, person)
    set_password(conn, viewer.tenant_id, person_id, password, by=viewer.id)
    _tell_reset(conn, viewer, person_id)


def set_first(conn: Connection, viewer: Viewer, person_id: UUID, password_hash: str, seen_at: datetime | None) -> bool:
    """Give somebody an initial password, already hashed, if the account is still the one that was `seen_at`.

    Nothing there means that there was no account. The person is told, and signed out of what the one before opened.
    Says whether the account was still so; else nothing is changed.
    """
    moment = clock.real()
    account = Account(viewer.tenant_id, person_id, password_hash, True, moment, viewer.id, moment)
    if not store.save_first(conn, account, seen_at):
        return False
    if seen_at is not None:
        sign_out_everywhere(conn, viewer.tenant_id, person_id)
    _tell_reset(conn, viewer, person_id)
    return True


def _tell_reset(conn: Connection, viewer: Viewer, person_id: UUID) -> None:
    facts = {"person_id": person_id, "by_id": viewer.id}
    tell(conn, PasswordReset, tenant_id=viewer.tenant_id, subject=person_id, **facts)


def require_lower(conn: Connection, viewer: Viewer, permission: Permission, person: Person) -> None:
    """Refuse to touch the sign-in of who holds an office not below the viewer's; an administrator may.

    Raises `HigherOffice`.
    """
    if Role.ADMINISTRATOR not in viewer.roles():
        rules.require_lower(viewer.places(permission), [office.path for office in offices(conn, person)])


def change_password(conn: Connection, viewer: Viewer, current: str, new: str) -> Person:
    """Change one's own password and end all sign-ins. Raises `PasswordWrong`, `PasswordWeak`."""
    account = store.find_account(conn, viewer.tenant_id, viewer.id)
    if not passwords.matches(account.password_hash if account else None, current):
        raise rules.PasswordWrong
    return set_password(conn, viewer.tenant_id, viewer.id, new)


def sign_out_everywhere(conn: Connection, tenant_id: UUID, person_id: UUID) -> Person:
    """Make every sign-in of a person void, and tell all services so; give the person as he or she is now."""
    store.advance_epoch(conn, tenant_id, person_id)
    person = directory.get_person(conn, tenant_id, person_id)
    facts = asdict(person)
    del facts["tenant_id"], facts["id"]
    tell(conn, PersonChanged, tenant_id=tenant_id, subject=person_id, person_id=person_id, **facts)
    return person


def account_of(conn: Connection, person: Person) -> Account | None:
    """Give a person's account, if there is one."""
    return store.find_account(conn, person.tenant_id, person.id)


def reset_of(conn: Connection, account: Account | None) -> tuple[str, datetime | None]:
    """Give the name of who last set a password for somebody, and when; an empty name where nobody did."""
    if account is None or account.reset_by_id is None:
        return "", None
    return directory.get_person(conn, account.tenant_id, account.reset_by_id).name, account.reset_at


def offices(conn: Connection, person: Person) -> Sequence[Office]:
    """Give the offices that a person holds or will hold."""
    return store.list_offices(conn, person.tenant_id, person.id, clock.today())


def forget_old_failures(conn: Connection, _now: datetime) -> int:
    """Forget sign-ins in vain of more than a day ago."""
    return store.forget_old_failures(conn, clock.real() - rules.FORGOTTEN)
