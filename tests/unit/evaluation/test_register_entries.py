"""Entries of a register: each refusal by itself, what an addition and a confirmation leave (R-111, R-112, R-113)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.evaluation.meeting.domain import MeetingState
from services.evaluation.pledge.domain import Item
from services.evaluation.register import rules
from services.evaluation.register.domain import Deed, DeedState
from shared import clock
from tests.unit.evaluation.meetings import NOW, deed, make_scheme, meeting, person

TODAY = clock.day_of(NOW)
OTHER, NEW = UUID(int=8), UUID(int=20)


def enter(made: Deed, **changes: Any) -> Deed:
    given: dict[str, Any] = {"meeting": None, "scheme": make_scheme(), "today": TODAY, **changes}
    return rules.enter(made, person(), **given)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"aspects": ["带头服务群众", "带头说笑"]}, "“带头说笑”不在五带头之列。"),
        ({"aspects": []}, "请至少选择一项带头作用。"),
        ({"type": "想过的事"}, "类型应为：说过的话、做过的事、创新的工作举措、承担的重要任务。"),
        ({"field": "育人"}, "“育人”不在体现方面之列。"),
        ({"text": " \n"}, "请写明事迹，不超过2000字。"),
        ({"text": "好" * 2001}, "请写明事迹，不超过2000字。"),
        ({"declared": False}, "请确认所填内容属实。"),
        ({"period": "2026年"}, "季度的写法应如 2013Q1。"),
        ({"period": "2027Q1"}, "不能登记以后季度的事迹。"),
        ({"happened_on": TODAY + timedelta(days=1)}, "发生日期不能晚于今天。"),
        ({"happened_on": date(2026, 9, 30)}, "发生日期不在所填的季度内。"),
    ],
)
def test_every_fault_of_an_entry_is_said_in_a_sentence(changes: dict[str, Any], said: str) -> None:
    """R-111, R-112, R-114."""
    with pytest.raises(rules.BadEntry) as refused:
        enter(deed(**changes))
    assert refused.value.details == [said]


def test_an_entry_as_long_as_allowed_of_an_earlier_quarter_is_taken() -> None:
    for text in ("好", "好" * 2000):
        made = deed(text=text, period="2026Q3", happened_on=date(2026, 9, 30))
        assert enter(made) is made


def test_an_item_is_not_cited_in_words_that_were_revised_since() -> None:
    """R-139"""
    versions = [Item(OTHER, NEW, 1, 1, "旧", False), Item(OTHER, NEW, 2, 1, "新", True)]
    cited = [rules.cite(deed(pledge_item_id=NEW, pledge_version=one), versions) for one in (1, 2, None)]
    assert [one.pledge_version for one in cited] == [None, 2, 2]


def test_entries_from_paper_say_why_and_are_taken_while_the_meeting_lasts() -> None:
    """R-112"""
    paper, running = deed(entered_by=OTHER), meeting(state=MeetingState.OPEN)
    with pytest.raises(rules.EntryNeedsReason):
        enter(paper)
    told = replace(paper, entry_reason="本人口述")
    assert enter(told, meeting=running) is told
    for made, during in ((deed(), running), (told, meeting(state=MeetingState.CLOSED))):
        with pytest.raises(rules.EntriesClosed):
            enter(made, meeting=during)


def test_a_pledge_of_another_member_is_not_cited() -> None:
    """R-139"""
    with pytest.raises(rules.BadEntry) as refused:
        enter(deed(), own_pledge=False)
    assert refused.value.details == [rules.NOT_OWN]


@pytest.mark.parametrize("state", [DeedState.PRESENTED, DeedState.CONFIRMED])
def test_what_was_presented_is_only_added_to(state: DeedState) -> None:
    """R-113"""
    shown = deed(state=state, confirmed_by=OTHER, confirmed_at=NOW, entry_reason="本人口述")
    with pytest.raises(rules.Locked):
        rules.change(shown, by=shown.person_id)
    later = NOW + timedelta(days=1)
    added = rules.add(shown, NEW, " 补充 ", " 漏写 ", by=OTHER, now=later)
    assert (added.id, added.text, added.addition_of, added.addition_reason) == (NEW, "补充", shown.id, "漏写")
    assert (added.state, added.entered_by, added.entered_at) == (DeedState.PRESENTED, OTHER, later)
    assert (added.entry_reason, added.confirmed_by, added.confirmed_at) == ("", None, None)
    for text, reason in (("", "漏写"), ("补充", " ")):
        with pytest.raises(rules.AdditionNeedsReason):
            rules.add(shown, NEW, text, reason, by=OTHER, now=later)


def test_what_was_not_presented_is_changed_and_neither_added_to_nor_confirmed() -> None:
    """R-113, R-123."""
    with pytest.raises(rules.NotLocked):
        rules.add(deed(), NEW, "补充", "漏写", by=OTHER, now=NOW)
    with pytest.raises(rules.NotPresented):
        rules.confirm(deed(), by=OTHER, now=NOW)


def test_a_confirmation_counts_once() -> None:
    """R-123"""
    confirmed = rules.confirm(deed(state=DeedState.PRESENTED), by=OTHER, now=NOW)
    assert (confirmed.state, confirmed.confirmed_by, confirmed.confirmed_at) == (DeedState.CONFIRMED, OTHER, NOW)
    assert rules.confirm(confirmed, by=NEW, now=NOW + timedelta(days=1)) is confirmed
