"""What may be reported on a matter that was promised."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.pledge.domain import PledgeState
from services.pledge.progress import rules
from services.pledge.progress.domain import Entry, Matter, ProgressState, Table
from tests.unit.pledge.pledges import NOW, TODAY, item, pledge, who

PUBLIC = pledge(published_version=1)
STATES = st.sampled_from(list(ProgressState))


def entry(state: ProgressState = ProgressState.DONE, **changes: object) -> Entry:
    facts: dict[str, object] = {
        "tenant_id": who("tenant"), "id": uuid4(), "pledge_id": PUBLIC.id, "item_id": item().item_id, "position": 1,
        "state": state, "happened_on": TODAY, "note": "", "reason": "", "correction": "",
        "entered_by": PUBLIC.person_id, "entry_reason": "", "entered_at": NOW,
    }  # fmt: skip
    return Entry(**{**facts, **changes})  # type: ignore[arg-type]


def test_all_obstacles_are_shown_at_once() -> None:
    """R-077"""
    wrong = entry(ProgressState.UNDONE, happened_on=TODAY + timedelta(days=1), entered_by=who("T002"))
    assert rules.obstacles(PUBLIC, wrong, TODAY) == [
        "未完成、变更、取消的，须写明原因。",
        "日期不能晚于今天。",
        "代他人登记须写明原因，如据纸质履诺进度表录入。",
    ]


@given(STATES, STATES)
def test_a_result_gives_way_only_to_a_correction(first: ProgressState, second: ProgressState) -> None:
    """R-077: whatever the states, a final one is replaced with a reason and never silently."""
    matter = Matter(item(), [entry(first, reason="原因")])
    given_now = entry(second, reason="别的原因", note="新的情况")
    if first.final:
        with pytest.raises(rules.NeedsCorrection):
            rules.enter(PUBLIC, matter, given_now, TODAY)
    corrected = replace(given_now, correction="记错了")
    assert rules.enter(PUBLIC, matter, corrected, TODAY) is corrected


@given(STATES)
def test_the_same_report_again_is_the_one_that_counts(state: ProgressState) -> None:
    last = entry(state, reason="原因")
    again = entry(state, reason="原因")
    assert rules.enter(PUBLIC, Matter(item(), [last]), again, TODAY) is last


@given(st.lists(STATES, max_size=6))
def test_the_last_report_counts(states: list[ProgressState]) -> None:
    matter = Matter(item(), [entry(state) for state in states])
    assert matter.state == (states[-1] if states else None)
    assert matter.final == (bool(states) and states[-1] is not ProgressState.UNDERWAY)


@given(st.lists(st.none() | STATES, min_size=1, max_size=8))
def test_every_matter_is_either_open_or_has_a_result(states: list[ProgressState | None]) -> None:
    """R-077: 项项有着落、件件有结果"""
    table = Table(PUBLIC, "一句话", [Matter(item(), [entry(one)] if one else []) for one in states])
    cancelled = states.count(ProgressState.CANCELLED)
    assert table.total == len(states) - cancelled
    assert table.done <= table.total
    assert len(table.open) == sum(one is None or not one.final for one in states)
    assert table.unresolved(date(2013, 12, 31)) == []
    assert table.unresolved(date(2014, 1, 1)) == table.open


def test_a_matter_is_overdue_from_the_day_after_until_it_has_a_result() -> None:
    """R-041 R-073"""
    due = Matter(item(due_on=TODAY))
    assert not due.overdue(TODAY)
    assert due.overdue(TODAY + timedelta(days=1))
    assert not replace(due, entries=[entry(ProgressState.PARTIAL)]).overdue(TODAY + timedelta(days=1))
    assert not Matter(item()).overdue(TODAY)


def test_a_pledge_is_reported_on_once_it_is_public() -> None:
    with pytest.raises(rules.NotPublished):
        rules.published(pledge())
    with pytest.raises(rules.NotPublished):
        rules.published(pledge(published_version=1, state=PledgeState.WITHDRAWN))
    assert rules.published(PUBLIC) == 1


def test_an_organisation_s_officer_needs_no_reason() -> None:
    ours = pledge(published_version=1, person_id=None)
    assert rules.obstacles(ours, entry(entered_by=who("T001")), TODAY) == []


def test_a_matter_that_was_not_published_is_not_found() -> None:
    with pytest.raises(rules.MatterNotFound):
        rules.matter_of(Table(PUBLIC, "", [Matter(item())]), uuid4())


def test_after_the_end_only_a_missing_result_is_still_taken() -> None:
    """R-077: 补记"""
    ended = pledge(published_version=1, state=PledgeState.CLOSED)
    open_matter, settled = Matter(item()), Matter(item(), [entry()])
    result, underway = entry(note="补记"), entry(ProgressState.UNDERWAY)
    assert rules.enter(ended, open_matter, result, TODAY) is result
    for matter, given_now in ((open_matter, underway), (settled, replace(result, correction="记错了"))):
        with pytest.raises(rules.PledgeEnded):
            rules.enter(ended, matter, given_now, TODAY)
    assert rules.enter(PUBLIC, open_matter, underway, TODAY) is underway


def test_who_promised_too_enters_without_a_reason_but_not_what_is_wrong() -> None:
    """R-033 R-077"""
    colleague = entry(entered_by=who("T004"))
    assert rules.enter(PUBLIC, Matter(item()), colleague, TODAY, own=True) is colleague
    with pytest.raises(rules.BadProgress):
        rules.enter(PUBLIC, Matter(item()), colleague, TODAY)
    assert rules.obstacles(PUBLIC, replace(colleague, entry_reason="据纸质表"), TODAY) == []


def test_a_matter_is_found_by_its_id() -> None:
    first, second = Matter(item("甲")), Matter(item("乙"))
    assert rules.matter_of(Table(PUBLIC, "", [first, second]), second.item.item_id) is second
