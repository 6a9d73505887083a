"""Rules of attendance, presenting and commenting."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.meeting.domain import (
    Attendee,
    Capacity,
    Comment,
    CommentKind,
    Leave,
    Manner,
    MeetingState,
    Presence,
)
from services.evaluation.sitting import exchange, roll
from shared.directory.domain import Standing
from tests.unit.evaluation.meetings import NOW, attendee, make_scheme, meeting, person

BY = UUID(int=7)
OPEN = meeting(state=MeetingState.OPEN, opened_at=NOW)


def marked(one: Attendee, presence: Presence, *, excused: bool | None = False, reason: bytes | None = None) -> Attendee:
    return roll.mark(one, presence, excused=excused, reason=reason, channel="", by=BY, now=NOW)


def test_the_roll_takes_everybody_in_the_own_capacity() -> None:
    """R-018."""
    assert roll.snapshot(OPEN, person(), None, NOW).capacity is Capacity.MEMBER
    assert roll.snapshot(OPEN, person(standing=Standing.ACTIVIST), None, NOW).capacity is Capacity.ACTIVIST


def test_an_undecided_leave_leaves_the_mark_open() -> None:
    """R-124: people decide whether a reason is good."""
    leave = Leave(OPEN.tenant_id, OPEN.id, person().id, b"x", NOW)
    assert roll.snapshot(OPEN, person(), leave, NOW).presence is Presence.NOT_MARKED


def test_a_reason_given_once_is_kept_when_the_decision_changes() -> None:
    """R-124."""
    away = marked(attendee(), Presence.EXCUSED_ABSENT, reason=b"sealed")
    assert marked(away, Presence.ABSENT, excused=True).reason == b"sealed"
    assert marked(away, Presence.PRESENT).reason is None


def test_leave_without_a_word_waits_and_an_absence_without_one_does_not() -> None:
    """R-124: nothing is found of anybody unasked; whoever waits is missing from the roll until somebody decides."""
    waiting = marked(attendee(), Presence.EXCUSED_ABSENT, excused=None)
    assert (waiting.waits, waiting.excused, roll.words(waiting)) == (True, False, "请假（理由待定）")
    assert roll.gaps([waiting]) == [f"请假的正当理由还没有认定：{waiting.name}。"]
    for decided in (marked(waiting, Presence.EXCUSED_ABSENT), marked(waiting, Presence.ABSENT, excused=None)):
        assert not decided.waits
        assert roll.gaps([decided]) == []


@given(st.lists(st.tuples(st.sampled_from(list(Presence)), st.booleans()), min_size=1, max_size=8))
def test_nobody_is_ever_both_present_and_excused(steps: list[tuple[Presence, bool]]) -> None:
    """R-124."""
    one = attendee()
    for presence, excused in steps:
        try:
            one = marked(one, presence, excused=excused, reason=b"r" if excused else None)
        except roll.ExcusedPresence:
            assert presence not in {Presence.ABSENT, Presence.EXCUSED_ABSENT}
        assert not (one.excused and one.presence in {Presence.PRESENT, Presence.NOT_MARKED})


def test_minutes_say_whether_a_reason_was_good_and_never_which() -> None:
    """R-124, requirements 2.10."""
    assert roll.words(marked(attendee(), Presence.ABSENT, excused=True, reason=b"r")) == "缺席（有正当理由）"
    assert roll.words(marked(attendee(), Presence.EXCUSED_ABSENT)) == "请假（无正当理由）"


@given(st.lists(st.tuples(st.sampled_from(list(Presence)), st.booleans(), st.booleans()), max_size=12))
def test_nobody_who_came_is_skipped_silently(given_: list[tuple[Presence, bool, bool]]) -> None:
    """R-119: whoever came is either commented or named as missing."""
    people = [attendee(presence=presence) for presence, _, _ in given_]
    comments = [
        Comment(OPEN.tenant_id, OPEN.id, one.person_id, "好", CommentKind.PRAISE, BY, NOW)
        for one, (_, commented, _) in zip(people, given_, strict=True)
        if commented
    ]
    presentations = [
        exchange.present(OPEN, one, Manner.WRITTEN, "", "", by=BY, now=NOW)
        for one, (_, _, presented) in zip(people, given_, strict=True)
        if presented
    ]
    missing = {one.person_id for one in exchange.awaiting_comment(people, presentations, comments)}
    for one, (presence, commented, presented) in zip(people, given_, strict=True):
        assert (one.person_id in missing) == (not commented and (presented or presence is Presence.PRESENT))
        assert (one in exchange.without_comment(people, comments)) == (not commented)


def test_a_scheme_may_do_without_comments_on_everybody() -> None:
    """R-133 is a setting."""
    people = [attendee(presence=Presence.PRESENT)]
    shown = [exchange.present(OPEN, people[0], Manner.SPOKEN, "", "", by=BY, now=NOW)]
    assert exchange.gaps(people, shown, [], make_scheme())
    assert exchange.gaps(people, shown, [], make_scheme(meeting__comment_everyone=False)) == []


def test_only_members_present_and_are_commented() -> None:
    """R-118."""
    guest = roll.guest(OPEN, uuid4(), "张三", Capacity.GUEST, by=BY, now=NOW)
    with pytest.raises(exchange.NotAMember):
        exchange.present(OPEN, guest, Manner.SPOKEN, "", "", by=BY, now=NOW)
    with pytest.raises(exchange.NotAMember):
        exchange.comment(OPEN, guest, "好", CommentKind.PRAISE, by=BY, now=NOW)
    with pytest.raises(exchange.NothingSaid):
        exchange.comment(OPEN, attendee(), "  ", CommentKind.PRAISE, by=BY, now=NOW)
