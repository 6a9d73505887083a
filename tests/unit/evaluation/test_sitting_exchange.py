"""Presenting and commenting: each refusal, what is recorded, and who is still missing (R-118, R-119, R-133)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.evaluation.meeting.domain import (
    Attendee,
    Capacity,
    Comment,
    CommentKind,
    Manner,
    MeetingState,
    Presence,
    Presentation,
)
from services.evaluation.meeting.rules import NoReason, NotOpen
from services.evaluation.sitting import exchange
from tests.unit.evaluation.meetings import NOW, attendee, make_scheme, meeting

BY = UUID(int=7)
OPEN = meeting(state=MeetingState.OPEN)
HERE, AWAY = attendee(presence=Presence.PRESENT, name="甲"), attendee(presence=Presence.ABSENT, name="乙")
GUEST = attendee(presence=Presence.PRESENT, name="丙", capacity=Capacity.ACTIVIST)
EVERYBODY = [HERE, AWAY, GUEST]


def present(one: Attendee = HERE, manner: Manner = Manner.SPOKEN, **changes: Any) -> Presentation:
    given = {"meeting": OPEN, "reason": "", "text": "事迹", **changes}
    return exchange.present(given["meeting"], one, manner, given["reason"], given["text"], by=BY, now=NOW)


def comment(one: Attendee = HERE, text: str = " 好 ", **changes: Any) -> Comment:
    return exchange.comment(changes.get("meeting", OPEN), one, text, CommentKind.REMIND, by=BY, now=NOW)


@pytest.mark.parametrize("state", [MeetingState.ANNOUNCED, MeetingState.CLOSED, MeetingState.CANCELLED])
def test_one_presents_and_comments_while_the_meeting_lasts(state: MeetingState) -> None:
    for act in (present, comment):
        with pytest.raises(NotOpen):
            act(meeting=replace(OPEN, state=state))


def test_who_speaks_is_there_and_who_does_not_present_says_why() -> None:
    """R-118"""
    with pytest.raises(exchange.NotPresentToSpeak):
        present(AWAY)
    with pytest.raises(NoReason):
        present(AWAY, Manner.NONE)
    assert present(AWAY, Manner.NONE, reason="生病").reason == "生病"
    assert present(AWAY, Manner.WRITTEN).person_id == AWAY.person_id
    assert present(AWAY, Manner.READ_BY_OTHER).manner is Manner.READ_BY_OTHER


def test_what_was_said_is_kept_with_who_recorded_it() -> None:
    shown, said = present(), comment()
    assert (shown.person_id, shown.manner, shown.text, shown.entered_by, shown.entered_at) == (
        HERE.person_id, Manner.SPOKEN, "事迹", BY, NOW,
    )  # fmt: skip
    assert (said.person_id, said.text, said.kind, said.by, said.at) == (
        HERE.person_id, "好", CommentKind.REMIND, BY, NOW,
    )  # fmt: skip


def test_members_who_came_are_missed_and_guests_and_the_absent_are_not() -> None:
    """R-118, R-119."""
    assert exchange.here(EVERYBODY) == [HERE]
    assert exchange.awaiting_presentation(EVERYBODY, []) == [HERE]
    assert exchange.awaiting_comment(EVERYBODY, [], []) == [HERE]
    assert exchange.gaps(EVERYBODY, [], [], make_scheme()) == ["介绍交流未登记：甲。", "尚未点评：甲。"]
    assert exchange.gaps(EVERYBODY, [present()], [comment()], make_scheme()) == []
    assert exchange.without_comment(EVERYBODY, [comment()]) == [AWAY]


def test_who_presented_in_writing_is_commented_and_who_did_not_present_is_not_waited_for() -> None:
    """R-119"""
    assert exchange.awaiting_comment([AWAY], [present(AWAY, Manner.WRITTEN)], []) == [AWAY]
    assert exchange.awaiting_comment([AWAY], [present(AWAY, Manner.NONE, reason="生病")], []) == []
    assert exchange.awaiting_comment([AWAY], [present(AWAY, Manner.WRITTEN)], [comment(AWAY)]) == []


def test_a_scheme_without_comments_still_asks_who_presented() -> None:
    """R-133"""
    quiet = make_scheme(meeting__comment_everyone=False)
    assert exchange.gaps(EVERYBODY, [], [], quiet) == ["介绍交流未登记：甲。"]
