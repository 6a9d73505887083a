"""Rules of a register: what an entry needs, when it is locked, who sees it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.meeting.domain import MeetingState
from services.evaluation.pledge.domain import Item
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


PLEDGE, ITEM = UUID(int=11), UUID(int=12)


def item(version: int = 1, *, pledge_id: UUID = PLEDGE, current: bool = True) -> Item:
    return Item(pledge_id, ITEM, version, 1, "每周答疑2次", current)


def test_an_item_implies_its_pledge_and_is_cited_in_the_newest_words() -> None:
    """R-139."""
    versions = [item(1, current=False), item(2)]
    for entry in (deed(pledge_item_id=ITEM), deed(pledge_id=PLEDGE, pledge_item_id=ITEM)):
        cited = rules.cite(entry, versions)
        assert (cited.pledge_id, cited.pledge_item_id, cited.pledge_version) == (PLEDGE, ITEM, 2)


def test_a_whole_pledge_has_no_version() -> None:
    """R-139: who drops the item from an entry cites the pledge as it stands."""
    before = deed(pledge_id=PLEDGE, pledge_item_id=ITEM, pledge_version=1)
    assert rules.cite(replace(before, pledge_item_id=None), [], before).pledge_version is None


@given(
    st.lists(st.tuples(st.sampled_from([PLEDGE, OTHER]), st.booleans()), max_size=5),
    st.sampled_from([None, PLEDGE, OTHER]),
    st.none() | st.integers(1, 9),
)
def test_an_entry_cites_a_current_item_of_its_pledge_or_what_it_cited_before(
    known: list[tuple[UUID, bool]], pledge_id: UUID | None, before: int | None
) -> None:
    """R-139: anything else is refused with the rest."""
    versions = [item(number, pledge_id=whose, current=current) for number, (whose, current) in enumerate(known, 10)]
    old = deed(pledge_id=PLEDGE, pledge_item_id=ITEM, pledge_version=before) if before else None
    cited = rules.cite(deed(pledge_id=pledge_id, pledge_item_id=ITEM), versions, old)
    fits = {one.version for one in versions if one.current and one.pledge_id == cited.pledge_id}
    if old and cited.pledge_id == PLEDGE:
        assert cited.pledge_version == before
    else:
        assert cited.pledge_version in fits if fits else cited.pledge_version is None
    if cited.pledge_version is None:
        with pytest.raises(rules.BadEntry) as refused:
            rules.enter(
                replace(cited, declared=False), person(), meeting=None, scheme=make_scheme(), today=TODAY,
                own_pledge=False,
            )  # fmt: skip
        assert refused.value.details == ["请确认所填内容属实。", rules.NOT_OWN, rules.NOT_ITEM]


def test_an_addition_refers_to_what_its_deed_refers_to() -> None:
    """R-113, R-139."""
    shown = deed(state=DeedState.CONFIRMED, pledge_id=PLEDGE, pledge_item_id=ITEM, pledge_version=2)
    added = rules.add(shown, UUID(int=9), "又及。", "补充", by=shown.person_id, now=NOW)
    assert (added.pledge_id, added.pledge_item_id, added.pledge_version) == (PLEDGE, ITEM, 2)
