"""The roll line by line: leave asked and decided, marks, guests, what is missing, changes after the call (R-124)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.evaluation.meeting.domain import Attendee, Capacity, Leave, MeetingState, NoteKind, Presence
from services.evaluation.meeting.rules import NoReason, NotAnnounced, NotOpen
from services.evaluation.sitting import roll
from tests.unit.evaluation.meetings import NOW, attendee, meeting, person

BY = UUID(int=7)
LATER = NOW + timedelta(hours=2)
OPEN = meeting(state=MeetingState.OPEN, opened_at=NOW)
ASKED = Leave(OPEN.tenant_id, OPEN.id, person().id, b"sealed", NOW)


def mark(one: Attendee, presence: Presence, **changes: Any) -> Attendee:
    given: dict[str, Any] = {"excused": None, "reason": None, "channel": "", "by": BY, "now": LATER, **changes}
    return roll.mark(one, presence, **given)


@pytest.mark.parametrize("granted", [True, False])
def test_a_decided_leave_is_marked_when_the_roll_is_made(granted: bool) -> None:
    leave = roll.decide_leave(ASKED, granted=granted, note="可", by=BY, now=NOW)
    assert (leave.granted, leave.note, leave.decided_by, leave.decided_at) == (granted, "可", BY, NOW)
    one = roll.snapshot(OPEN, person(), leave, LATER)
    assert (one.presence, one.excused, one.waits) == (Presence.EXCUSED_ABSENT, granted, False)
    assert (one.reason, one.marked_by, one.marked_at) == (b"sealed", BY, LATER)


def test_leave_is_asked_before_the_meeting_and_not_again_after_the_answer() -> None:
    asked = roll.ask_leave(meeting(), None, person(), b"one", NOW)
    assert (asked.person_id, asked.reason, asked.granted) == (person().id, b"one", None)
    assert roll.ask_leave(meeting(), asked, person(), b"two", LATER).reason == b"two"
    refused = roll.decide_leave(asked, granted=False, note="", by=BY, now=NOW)
    with pytest.raises(roll.LeaveDecided):
        roll.ask_leave(meeting(), refused, person(), b"three", LATER)
    for state in (MeetingState.OPEN, MeetingState.CLOSED, MeetingState.CANCELLED):
        with pytest.raises(NotAnnounced):
            roll.ask_leave(meeting(state=state), None, person(), b"late", NOW)
    with pytest.raises(roll.LeaveNotAsked):
        roll.decide_leave(None, granted=True, note="", by=BY, now=NOW)


def test_a_guest_is_present_outside_the_count_and_named() -> None:
    """R-018"""
    one = roll.guest(OPEN, BY, "张三", Capacity.OBSERVER, by=BY, now=LATER)
    assert (one.presence, one.marked_by, one.marked_at) == (Presence.PRESENT, BY, LATER)
    assert (one.leader, one.exempt, one.counted, one.floating) == (False, False, False, False)
    with pytest.raises(roll.WrongCapacity):
        roll.guest(OPEN, BY, "张三", Capacity.MEMBER, by=BY, now=NOW)
    with pytest.raises(roll.GuestUnnamed):
        roll.guest(OPEN, BY, "", Capacity.GUEST, by=BY, now=NOW)
    with pytest.raises(NotOpen):
        roll.guest(meeting(), BY, "张三", Capacity.GUEST, by=BY, now=NOW)


@pytest.mark.parametrize("presence", list(Presence))
def test_only_leave_without_a_word_waits_and_only_presence_has_a_channel(presence: Presence) -> None:
    one = mark(attendee(), presence, channel="视频", reason=b"r")
    assert one.undecided is (presence is Presence.EXCUSED_ABSENT)
    assert one.channel == ("视频" if presence is Presence.PRESENT else "")
    assert one.reason == (b"r" if presence in {Presence.EXCUSED_ABSENT, Presence.ABSENT} else None)
    assert (one.presence, one.excused, one.marked_by, one.marked_at) == (presence, False, BY, LATER)


def test_a_good_reason_is_written_once() -> None:
    with pytest.raises(NoReason):
        mark(attendee(), Presence.ABSENT, excused=True)
    given = mark(attendee(), Presence.ABSENT, excused=True, reason=b"one")
    assert given.reason == b"one"
    assert mark(given, Presence.EXCUSED_ABSENT, excused=True, reason=b"two").reason == b"two"
    assert not mark(attendee(), Presence.ABSENT, excused=False).waits


def test_everybody_who_is_missing_from_the_roll_is_named() -> None:
    """R-014, R-018: guests and the exempt may stay unmarked, also while their leave waits."""
    away: dict[str, Any] = {"presence": Presence.EXCUSED_ABSENT, "undecided": True}
    people = [
        attendee(name="甲"),
        attendee(name="乙", exempt=True),
        attendee(name="丙", capacity=Capacity.ACTIVIST),
        attendee(name="丁", presence=Presence.PRESENT),
        attendee(name="戊", **away),
        attendee(name="己", exempt=True, **away),
        attendee(name="庚", capacity=Capacity.ACTIVIST, **away),
    ]
    assert [one.name for one in roll.unmarked(people)] == ["甲"]
    assert roll.gaps(people) == ["出席情况未登记：甲。", "请假的正当理由还没有认定：戊。"]
    assert roll.gaps(people[1:4]) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "未登记"),
        ({"presence": Presence.PRESENT}, "出席"),
        ({"presence": Presence.PRESENT, "channel": "电话"}, "出席（电话）"),
        ({"presence": Presence.ABSENT}, "缺席（无正当理由）"),
        ({"presence": Presence.EXCUSED_ABSENT, "excused": True}, "请假（有正当理由）"),
    ],
)
def test_minutes_say_how_somebody_attended(changes: dict[str, Any], said: str) -> None:
    assert roll.words(attendee(**changes)) == said


def test_the_roll_is_fixed_while_a_ballot_stands_on_it() -> None:
    assert not any(roll.fixed(ballot) for ballot in (None, "annulled", "no_election"))
    assert all(roll.fixed(ballot) for ballot in ("called", "opened", "closed", "counted"))


def test_a_change_after_the_call_is_noted_with_its_reason() -> None:
    """R-124: for the minutes."""
    note = roll.changed(["甲：缺席", "乙：出席"], " 补登 ", by=BY, meeting=OPEN, note_id=UUID(int=9), now=LATER)
    assert note is not None
    assert (note.kind, note.by, note.at, note.id) == (NoteKind.CORRECTION, BY, LATER, UUID(int=9))
    assert note.text == "投票发起以后更改：甲：缺席；乙：出席。原因：补登。已发起的投票不受影响。"
    assert roll.changed([], "", by=BY, meeting=OPEN, note_id=UUID(int=9), now=LATER) is None
    with pytest.raises(roll.ChangeNeedsReason):
        roll.changed(["甲：缺席"], "  ", by=BY, meeting=OPEN, note_id=UUID(int=9), now=LATER)


def test_only_who_is_on_leave_and_was_not_excused_waits() -> None:
    undecided = attendee(presence=Presence.EXCUSED_ABSENT, undecided=True)
    assert undecided.waits
    for changes in ({"presence": Presence.ABSENT}, {"excused": True}, {"undecided": False}):
        assert not replace(undecided, **changes).waits
