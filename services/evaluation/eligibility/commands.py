"""Reviewing every member of a branch before the vote, and deciding what the system proposed."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.attendance import store as attendance
from services.evaluation.election import store as elections
from services.evaluation.eligibility import rules, store
from services.evaluation.eligibility.domain import Case, Decision, Reviewed
from services.evaluation.finding import commands as findings
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Capacity, Meeting
from services.evaluation.register import store as registers
from shared import clock
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.directory.domain import PARTY
from shared.scheme import Scheme
from shared.scheme import store as schemes


def access(conn: Connection, viewer: Viewer, permission: Permission, meeting_id: UUID, *, lock: bool = True) -> Meeting:
    """Open the door to a meeting for what stands in this room. Raises `MeetingNotFound`, `NotAllowed`."""
    meeting = (meetings.get if lock else meetings.read)(conn, viewer.tenant_id, meeting_id)
    require(conn, viewer, permission, meeting.organization_id)
    return meeting


def scheme_of(conn: Connection, meeting: Meeting) -> Scheme:
    """Give the scheme at the version under which a meeting runs."""
    return schemes.version(conn, meeting.tenant_id, meeting.scheme_id, meeting.scheme_version)


def review(conn: Connection, meeting: Meeting, scheme: Scheme) -> list[Reviewed]:
    """Review every member: those on the roll, or before it opens those of the branch, in 姓氏笔画 order."""
    return [
        Reviewed(case.person, tuple(rules.obstacles(case, scheme))) for case in _cases(conn, meeting, scheme).values()
    ]


def decide(conn: Connection, viewer: Viewer, meeting_id: UUID, decisions: list[dict[str, Any]]) -> Meeting:
    """Record what the branch committee decided on proposals; all of them or none.

    Raises `VoteCalled`, `NothingProposed`, `DismissalNeedsReason`, `OwnProposal`.
    """
    meeting = access(conn, viewer, permissions.DECIDE_PROPOSAL, meeting_id)
    scheme = scheme_of(conn, meeting)
    reviewed = {one.person.id: one.obstacles for one in review(conn, meeting, scheme)}
    called = elections.state_of(conn, meeting.tenant_id, meeting.id) not in {None, "annulled"}
    for given in decisions:
        decision = Decision(
            meeting.tenant_id, meeting.id, given["person_id"], given["code"], given["confirmed"],
            given.get("reason", ""), viewer.id, clock.now(),
        )  # fmt: skip
        store.save_decision(conn, rules.decide(reviewed.get(decision.person_id, ()), decision, called=called))
    return meeting


def _cases(conn: Connection, meeting: Meeting, scheme: Scheme) -> dict[UUID, Case]:
    tenant_id, day = meeting.tenant_id, meeting.held_on
    attendees = meetings.list_attendees(conn, tenant_id, meeting.id)
    roll = {one.person_id: one for one in attendees if one.capacity is Capacity.MEMBER}
    here = {one.id: one for one in branch.list_members(conn, tenant_id, meeting.organization_id)}
    people = {**here, **directory.list_named(conn, tenant_id, [*roll])} if roll else here
    members = sorted(
        (one for one in people.values() if one.standing in PARTY and (not roll or one.id in roll)),
        key=lambda one: (one.stroke_key, one.number),
    )
    ids = [one.id for one in members]
    deeds = Counter(deed.person_id for deed in registers.list_deeds(conn, tenant_id, ids, meeting.period))
    reasons = {one.person_id: one.objective for one in registers.list_no_entry_reasons(
        conn, tenant_id, ids, meeting.period)}  # fmt: skip
    manners = {one.person_id: one.manner for one in meetings.list_presentations(conn, tenant_id, meeting.id)}
    past = _attendance(conn, tenant_id, ids, rules.window(day, scheme.eligibility.window))
    standing = findings.standing(conn, tenant_id, ids, day)
    decided = _decisions(conn, meeting)
    return {
        one.id: Case(
            one, one.id in here, day, roll.get(one.id), standing.get(one.id, ()), past.get(one.id, ()),
            deeds[one.id], reasons.get(one.id, False), manners.get(one.id), decided.get(one.id, {}),
        )
        for one in members
    }  # fmt: skip


def _attendance(conn: Connection, tenant_id: UUID, ids: list[UUID], since: date) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for one in attendance.list_attendance(conn, tenant_id, ids, since):
        found.setdefault(one.person_id, []).append(one)
    return found


def _decisions(conn: Connection, meeting: Meeting) -> dict[UUID, dict[str, Decision]]:
    found: dict[UUID, dict[str, Decision]] = {}
    for one in store.list_decisions(conn, meeting.tenant_id, meeting.id):
        found.setdefault(one.person_id, {})[one.code] = one
    return found
