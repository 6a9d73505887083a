"""What is done with findings, and the one door through which their texts are read."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.finding import rules, store, votes
from services.evaluation.finding.domain import Finding, FindingState, Text
from shared import audit, clock, workdays
from shared.auth import Permission, Viewer, require
from shared.crypto import Vault
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.errors import NotAllowed
from shared.events.evaluation import FindingDecided, FindingReviewed, FindingWithdrawn, HearingOpened
from shared.messaging import tell
from shared.scheme import store as schemes

BATCH = 100
PAGE = 50


def access(conn: Connection, viewer: Viewer, permission: Permission, finding_id: UUID, *, lock: bool = True) -> Finding:
    """Open the door to a finding: permission in its branch; for a sensitive condition also the need to know.

    The member concerned sees it only once told. Raises `FindingNotFound`, `NotAllowed`.
    """
    finding = (store.get if lock else store.read)(conn, viewer.tenant_id, finding_id)
    if finding.person_id == viewer.id and not finding.told:
        raise store.FindingNotFound
    require(conn, viewer, permission, finding.organization_id, person_id=finding.person_id)
    if finding.sensitive:
        needed = permissions.READ_SENSITIVE_FINDING
        require(conn, viewer, needed, finding.organization_id, person_id=finding.person_id)
    return finding


def open_text(conn: Connection, viewer: Viewer, finding: Finding, vault: Vault) -> Text:
    """Decrypt what people wrote; that it was read, and by whom, is noted (requirements 2.10)."""
    audit.note(
        conn, viewer.tenant_id, viewer.id, "finding.read", subject=str(finding.id),
        organization_id=finding.organization_id,
    )  # fmt: skip
    return _text(finding, vault)


def propose(conn: Connection, viewer: Viewer, vault: Vault, data: dict[str, Any]) -> Finding:
    """Propose a finding about a member of a branch; the member is not told yet.

    Raises `NotAllowed`, `PersonNotFound`, `UnknownCondition`, `NotAMember`, `OwnFinding`.
    """
    person = directory.get_person(conn, viewer.tenant_id, data["person_id"])
    home = branch.of(conn, viewer.tenant_id, person.organization_id)
    organization = require(conn, viewer, permissions.PROPOSE_FINDING, home.id)
    scheme = schemes.current(conn, organization)
    condition = rules.condition_of(scheme.eligibility.conditions, data["condition"])
    rules.check_subject(person, viewer.id)
    if condition.sensitive and not viewer.may(permissions.READ_SENSITIVE_FINDING, organization.path):
        raise NotAllowed
    text = Text(facts=data["facts"], evidence=data.get("evidence", ""))
    finding = Finding(
        viewer.tenant_id, uuid.uuid4(), person.id, organization.id, data.get("meeting_id"), condition.number,
        condition.sensitive, FindingState.PROPOSED, _seal(text, vault), scheme.id, scheme.version, viewer.id,
        clock.now(),
    )  # fmt: skip
    store.save(conn, finding)
    return finding


def hear(conn: Connection, viewer: Viewer, finding_id: UUID) -> Finding:
    """Tell the member with the facts and begin the period for a reply; the message names neither."""
    finding = access(conn, viewer, permissions.DECIDE_FINDING, finding_id)
    scheme = schemes.version(conn, finding.tenant_id, finding.scheme_id, finding.scheme_version)
    until = workdays.after(conn, finding.tenant_id, clock.today(), scheme.eligibility.reply_days)
    finding = rules.hear(finding, until, by=viewer.id, now=clock.now())
    store.save(conn, finding)
    tell(
        conn, HearingOpened, tenant_id=finding.tenant_id, subject=finding.id, finding_id=finding.id,
        organization_id=finding.organization_id, person_id=finding.person_id, reply_until_on=until,
    )  # fmt: skip
    return finding


def reply(conn: Connection, viewer: Viewer, vault: Vault, finding_id: UUID, text: str, *, waived: bool) -> Finding:
    """Take the member's reply, or the waiver."""
    finding = access(conn, viewer, permissions.REPLY_FINDING, finding_id)
    finding = rules.reply(finding, by=viewer.id, waived=waived, now=clock.now())
    return _write(conn, finding, vault, reply=text)


def decide(conn: Connection, viewer: Viewer, vault: Vault, finding_id: UUID, data: dict[str, Any]) -> Finding:
    """Record what the branch committee decided; with neither days nor quarters it is about the vote that comes next."""
    finding = access(conn, viewer, permissions.DECIDE_FINDING, finding_id)
    valid = (data["valid_from_on"], data["valid_until_on"])
    finding = rules.decide(
        finding,
        established=data["established"],
        participants=_names(conn, viewer.tenant_id, data["participants"]),
        member=directory.get_person(conn, viewer.tenant_id, finding.person_id).name,
        valid=valid,
        periods=data["periods"] or ([] if any(valid) else [votes.next_of(conn, finding)]),
        by=viewer.id,
        now=clock.now(),
        today=clock.today(),
    )
    tell(conn, FindingDecided, **_named(finding))
    return _write(conn, _concluded(conn, finding), vault, statement=data["statement"])


def review(
    conn: Connection, viewer: Viewer, vault: Vault, finding_id: UUID, *, upheld: bool, statement: str
) -> Finding:
    """Record what the general branch decided on review."""
    finding = access(conn, viewer, permissions.REVIEW_FINDING, finding_id)
    finding = rules.review(finding, upheld=upheld, by=viewer.id, now=clock.now())
    tell(conn, FindingReviewed, **_named(finding))
    return _write(conn, _concluded(conn, finding), vault, review_statement=statement)


def withdraw(conn: Connection, viewer: Viewer, vault: Vault, finding_id: UUID, reason: str) -> Finding:
    """Take a finding back."""
    finding = access(conn, viewer, permissions.DECIDE_FINDING, finding_id)
    finding = rules.withdraw(finding, by=viewer.id, now=clock.now())
    if finding.told:
        tell(conn, FindingWithdrawn, **_named(finding))
    return _write(conn, _concluded(conn, finding), vault, withdraw_reason=reason)


def erase(conn: Connection, now: datetime) -> int:
    """Erase the texts of findings that were kept for the time of their scheme; give how many."""
    due = store.list_to_erase(conn, clock.day_of(now), BATCH)
    for finding in due:
        store.save(conn, rules.erase(finding, now))
    return len(due)


def list_visible(conn: Connection, viewer: Viewer, organization_id: UUID, number: int) -> list[Finding]:
    """Give a page of the findings of a branch that the viewer may read, those about the viewer once told.

    Raises `NotAllowed`, `OrganizationNotFound`.
    """
    organization = require(conn, viewer, permissions.READ_FINDING, organization_id)
    return _page(conn, viewer, [organization], number, own=True)


def page(conn: Connection, viewer: Viewer, branches: Sequence[Organization], number: int) -> list[Finding]:
    """Give a page of the findings about others that the viewer may read in several branches."""
    read = [one for one in branches if viewer.may(permissions.READ_FINDING, one.path)]
    return _page(conn, viewer, read, number, own=False)


def _page(
    conn: Connection, viewer: Viewer, branches: Sequence[Organization], number: int, *, own: bool
) -> list[Finding]:  # fmt: skip
    """Give a page, the newest findings first, sensitive ones only where there is a need to know.

    A page with fewer than `PAGE` is the last.
    """
    whole = [one.id for one in branches if viewer.may(permissions.READ_SENSITIVE_FINDING, one.path)]
    return store.list_some(
        conn, viewer.tenant_id, viewer.id, [one.id for one in branches], whole, own=own, limit=PAGE,
        offset=(number - 1) * PAGE,
    )  # fmt: skip


def standing(
    conn: Connection, tenant_id: UUID, person_ids: list[UUID], day: date, quarter: str
) -> dict[UUID, list[int]]:
    """Give the conditions that keep people from standing in a quarter's vote judged on a day; never their texts."""
    found: dict[UUID, list[int]] = {}
    for finding in store.list_standing(conn, tenant_id, person_ids, day, quarter):
        found.setdefault(finding.person_id, []).append(finding.condition)
    return found


def _named(finding: Finding) -> dict[str, UUID]:
    """Give what is told of a finding: whose it is, and nothing of it."""
    return {
        "tenant_id": finding.tenant_id,
        "subject": finding.id,
        "finding_id": finding.id,
        "organization_id": finding.organization_id,
        "person_id": finding.person_id,
    }


def _concluded(conn: Connection, finding: Finding) -> Finding:
    scheme = schemes.version(conn, finding.tenant_id, finding.scheme_id, finding.scheme_version)
    return rules.conclude(finding, scheme.eligibility.retention_months)


def _write(conn: Connection, finding: Finding, vault: Vault, **changes: str) -> Finding:
    finding = replace(finding, sealed=_seal(replace(_text(finding, vault), **changes), vault))
    store.save(conn, finding)
    return finding


def _seal(text: Text, vault: Vault) -> bytes:
    return vault.seal(json.dumps(asdict(text), ensure_ascii=False))


def _text(finding: Finding, vault: Vault) -> Text:
    return Text(**json.loads(vault.open(finding.sealed))) if finding.sealed else Text(facts="")


def _names(conn: Connection, tenant_id: UUID, participants: Sequence[str]) -> list[str]:
    """Give the names of participants who were named by their ids; other entries are names already."""
    ids = {text: found for text in participants if (found := _uuid(text))}
    people = directory.list_named(conn, tenant_id, list(ids.values()))
    return [people[ids[text]].name if text in ids and ids[text] in people else text for text in participants]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
