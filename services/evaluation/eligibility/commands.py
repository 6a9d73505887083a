"""Reviewing every member of a branch before the vote and winners after it, and deciding what the system proposed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.evaluation import permissions
from services.evaluation.attendance import store as attendance
from services.evaluation.election import store as elections
from services.evaluation.election.domain import ElectionState
from services.evaluation.eligibility import rules, store
from services.evaluation.eligibility.domain import Case, Decision, Reviewed
from services.evaluation.finding import commands as findings
from services.evaluation.meeting import store as meetings
from services.evaluation.meeting.domain import Attendee, Capacity, Meeting
from services.evaluation.register import store as registers
from shared import clock
from shared.auth import Permission, Viewer, require
from shared.db import Connection
from shared.directory import branches as branch
from shared.directory import store as directory
from shared.directory.domain import PARTY, Person
from shared.scheme import Scheme
from shared.scheme import store as schemes


def access(conn: Connection, viewer: Viewer, permission: Permission, meeting_id: UUID, *, lock: bool = True) -> Meeting:
    """Open the door to a meeting for what stands in this room; its observer's own matter is to read the vote.

    Raises `MeetingNotFound`, `NotAllowed`.
    """
    meeting = (meetings.get if lock else meetings.read)(conn, viewer.tenant_id, meeting_id)
    require(conn, viewer, permission, meeting.organization_id, person_id=meeting.observer_id)
    return meeting


def scheme_of(conn: Connection, meeting: Meeting) -> Scheme:
    """Give the scheme at the version under which a meeting runs."""
    return schemes.version(conn, meeting.tenant_id, meeting.scheme_id, meeting.scheme_version)


def judged_on(conn: Connection, meeting: Meeting) -> date:
    """Give the day on which members are judged: today, as long as the vote is not called; then the day of the call."""
    chain = elections.list_of_meeting(conn, meeting.tenant_id, meeting.id)
    called = chain and chain[-1].state is not ElectionState.ANNULLED
    return clock.day_of(chain[-1].called_at) if called else clock.today()


def review(conn: Connection, meeting: Meeting, scheme: Scheme) -> list[Reviewed]:
    """Review every member: those on the roll, or before it opens those of the branch, in 姓氏笔画 order.

    A ballot that is called late or repeated is judged by what holds then, not by the day of the meeting (R-134).
    """
    day = judged_on(conn, meeting)
    members = _members(conn, meeting)
    standing = findings.standing(conn, meeting.tenant_id, [one.id for one in members], day, meeting.period)
    return [
        Reviewed(case.person, tuple(rules.obstacles(case, scheme)))
        for case in _cases(conn, meeting, scheme, members, standing, day)
    ]


def review_again(
    conn: Connection, meeting: Meeting, scheme: Scheme, winners: list[Person], days: Sequence[date]
) -> list[Reviewed]:
    """Review winners after the count, by all conditions (R-134); a finding that holds on any of the days counts."""
    standing: dict[UUID, list[int]] = {}
    ids = [one.id for one in winners]
    for day in dict.fromkeys(days):
        for person_id, found in findings.standing(conn, meeting.tenant_id, ids, day, meeting.period).items():
            standing[person_id] = sorted({*standing.get(person_id, []), *found})
    return [
        Reviewed(case.person, tuple(rules.afterwards(case, scheme)))
        for case in _cases(conn, meeting, scheme, winners, standing, days[0])
    ]


def decide(conn: Connection, viewer: Viewer, meeting_id: UUID, decisions: list[dict[str, Any]]) -> Meeting:
    """Record what the branch committee decided on proposals; all of them or none.

    Raises `NothingChosen`, `VoteCalled`, `NothingProposed`, `DismissalNeedsReason`, `OwnProposal`.
    """
    meeting = access(conn, viewer, permissions.DECIDE_PROPOSAL, meeting_id)
    if not decisions:
        raise rules.NothingChosen
    reviewed = review(conn, meeting, scheme_of(conn, meeting))
    called = elections.state_of(conn, meeting.tenant_id, meeting.id) not in {None, "annulled"}
    record(conn, viewer, meeting, reviewed, decisions, called=called)
    return meeting


def record(
    conn: Connection,
    viewer: Viewer,
    meeting: Meeting,
    reviewed: Sequence[Reviewed],
    decisions: list[dict[str, Any]],
    *,
    called: bool = False,
) -> None:
    """Keep decisions on what was proposed about those reviewed. Raises what `rules.decide` raises."""
    obstacles = {one.person.id: one.obstacles for one in reviewed}
    for given in decisions:
        decision = Decision(
            meeting.tenant_id, meeting.id, given["person_id"], given["code"], given["confirmed"],
            given.get("reason", ""), viewer.id, clock.now(),
        )  # fmt: skip
        store.save_decision(conn, rules.decide(obstacles.get(decision.person_id, ()), decision, called=called))


def _members(conn: Connection, meeting: Meeting) -> list[Person]:
    roll = [one.person_id for one in _roll(conn, meeting)]
    here = {one.id: one for one in branch.list_members(conn, meeting.tenant_id, meeting.organization_id)}
    people = {**here, **directory.list_named(conn, meeting.tenant_id, roll)} if roll else here
    return sorted(
        (one for one in people.values() if one.standing in PARTY and (not roll or one.id in roll)),
        key=lambda one: (one.stroke_key, one.number),
    )


def _roll(conn: Connection, meeting: Meeting) -> list[Attendee]:
    attendees = meetings.list_attendees(conn, meeting.tenant_id, meeting.id)
    return [one for one in attendees if one.capacity is Capacity.MEMBER]


def _cases(
    conn: Connection,
    meeting: Meeting,
    scheme: Scheme,
    members: Sequence[Person],
    standing: Mapping[UUID, Sequence[int]],
    day: date,
) -> list[Case]:
    tenant_id, ids = meeting.tenant_id, [one.id for one in members]
    roll = {one.person_id: one for one in _roll(conn, meeting)}
    here = {one.id for one in branch.list_members(conn, tenant_id, meeting.organization_id)}
    deeds = Counter(deed.person_id for deed in registers.list_deeds(conn, tenant_id, ids, meeting.period))
    noted = registers.list_no_entry_reasons(conn, tenant_id, ids, meeting.period)
    reasons = {one.person_id: one.objective for one in noted}
    manners = {one.person_id: one.manner for one in meetings.list_presentations(conn, tenant_id, meeting.id)}
    past = _attendance(conn, tenant_id, ids, rules.reach(day, meeting.period, scheme.eligibility.window))
    decided = _decisions(conn, meeting)
    return [
        Case(
            one, one.id in here, day, roll.get(one.id), standing.get(one.id, ()), past.get(one.id, ()),
            deeds[one.id], reasons.get(one.id, False), manners.get(one.id), decided.get(one.id, {}),
            meeting.period,
        )
        for one in members
    ]  # fmt: skip


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
