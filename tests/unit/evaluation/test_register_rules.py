"""Rules of a register: what an entry needs, when it is locked, who sees it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.meeting.domain import MeetingState
from services.evaluation.register import documents, rules
from services.evaluation.register.domain import DeedState
from shared import clock
from shared.directory.domain import Standing
from tests.unit.evaluation.meetings import NOW, deed, make_scheme, meeting, person

TODAY = clock.day_of(NOW)
OTHER = UUID(int=8)


def test_a_good_entry_has_no_obstacles() -> None:
    """R-111, R-112."""
    assert rules.obstacles(deed(), make_scheme(), TODAY) == []
    assert rules.obstacles(deed(happened_on=TODAY), make_scheme(), TODAY) == []


def test_aspects_types_and_fields_are_the_scheme_s() -> None:
    """R-036, R-111, R-114."""
    scheme = make_scheme(register__aspects=["带头创新"], register__types=["话"], register__fields=["育人"])
    assert len(rules.obstacles(deed(field="别的"), scheme, TODAY)) == 3
    assert rules.obstacles(deed(aspects=["带头创新"], type="话", field="育人"), scheme, TODAY) == []


def test_an_entry_that_is_not_declared_true_is_refused() -> None:
    """R-112 如实."""
    assert rules.obstacles(deed(declared=False), make_scheme(), TODAY) == ["请确认所填内容属实。"]


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY.replace(month=9)])
def test_a_deed_happened_in_its_quarter_and_not_tomorrow(day: object) -> None:
    """R-112."""
    assert len(rules.obstacles(deed(happened_on=day), make_scheme(), TODAY)) == 1


@pytest.mark.parametrize("standing", [Standing.ACTIVIST, Standing.NONPARTY])
def test_only_members_have_a_register(standing: Standing) -> None:
    """R-110."""
    with pytest.raises(rules.NoRegister):
        rules.enter(deed(), person(standing=standing), meeting=None, scheme=make_scheme(), today=TODAY)


@pytest.mark.parametrize(
    ("state", "own", "paper"),
    [
        (MeetingState.ANNOUNCED, True, True),
        (MeetingState.OPEN, False, True),
        (MeetingState.CLOSED, False, False),
    ],
)
def test_entries_close_with_the_meeting_and_paper_with_its_minutes(
    state: MeetingState, *, own: bool, paper: bool
) -> None:
    """R-112."""
    assert rules.is_open(meeting(state=state), for_another=False) is own
    assert rules.is_open(meeting(state=state), for_another=True) is paper
    assert rules.is_open(None, for_another=False)


def test_an_addition_stands_beside_the_original_even_when_added_to_an_addition() -> None:
    """R-113."""
    original = deed(state=DeedState.PRESENTED)
    first = rules.add(original, UUID(int=20), "补一", "漏写", by=OTHER, now=NOW)
    second = rules.add(first, UUID(int=21), "补二", "又漏", by=OTHER, now=NOW)
    assert first.addition_of == second.addition_of == original.id
    assert documents.quarters([original, first, second]) == [("2026Q4", [(original, [first, second])])]


def test_nobody_else_touches_what_a_member_wrote() -> None:
    """R-272."""
    own, paper = deed(), deed(entered_by=OTHER, entry_reason="本人口述")
    assert rules.change(own, by=own.person_id) is own
    with pytest.raises(rules.NotYourEntry):
        rules.change(own, by=OTHER)
    assert rules.change(paper, by=OTHER) is rules.change(paper, by=paper.person_id) is paper


@given(st.lists(st.sampled_from(["change", "present", "confirm", "add"]), max_size=8))
def test_the_text_that_was_presented_never_changes(steps: list[str]) -> None:
    """R-113."""
    one, locked = deed(), ""
    for number, step in enumerate(steps):
        try:
            match step:
                case "change":
                    one = replace(rules.change(one, by=one.person_id), text=f"改 {number}")
                case "present":
                    one = replace(one, state=DeedState.PRESENTED) if one.state is DeedState.ENTERED else one
                case "confirm":
                    one = rules.confirm(one, by=OTHER, now=NOW)
                case _:
                    rules.add(one, UUID(int=30 + number), "补", "漏", by=OTHER, now=NOW)
        except (rules.Locked, rules.NotPresented, rules.NotLocked):
            assert (one.state is DeedState.ENTERED) == (step != "change")
        if one.state is not DeedState.ENTERED:
            locked = locked or one.text
            assert one.text == locked


def test_outside_the_branch_only_confirmed_deeds_are_seen() -> None:
    """R-123."""
    deeds = [replace(deed(), id=UUID(int=40 + n), state=state) for n, state in enumerate(DeedState)]

    def seen(*, runs: bool, inside: bool, who: UUID = OTHER) -> int:
        return len(rules.visible(deeds, who, runs_branch=runs, in_branch=inside))

    assert (seen(runs=True, inside=True), seen(runs=False, inside=True), seen(runs=False, inside=False)) == (3, 2, 1)
    assert seen(runs=False, inside=False, who=deed().person_id) == 3
