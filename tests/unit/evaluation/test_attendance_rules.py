"""Rows of an attendance table: every row is understood or has a fault, whatever stands in its cells."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.attendance import rules
from services.evaluation.attendance.rules import COLUMNS, Known
from shared.sheet import Row, Table

TODAY = date(2026, 11, 22)
PEOPLE = {
    "T003": Known(UUID(int=1), "T003", "尤文静", allowed=True),
    "0042": Known(UUID(int=2), "0042", "王  伟", allowed=True),
}
GOOD = {"日期": "2026-10-10", "会议": "党课", "学工号": "T003", "姓名": "尤文静", "是否出席": "是"}

cells = st.one_of(
    st.none(), st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(),
    st.sampled_from(["是", "否", "T003", "尤文静", "2026-10-10", "45000", "²", "99999999"]),
)  # fmt: skip


def table(*rows: Mapping[str, object]) -> Table:
    return Table(COLUMNS, tuple(Row(number, dict(row)) for number, row in enumerate(rows, start=2)))


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), cells), max_size=6))
def test_every_row_is_understood_or_has_a_fault_with_its_number(rows: list[dict[str, object]]) -> None:
    """Requirements 4.4: nothing is dropped silently, nothing breaks."""
    lines, faults = rules.understand(table(*rows), PEOPLE, TODAY)
    good = {line.row for line in lines}
    for number in range(2, len(rows) + 2):
        assert (number in good) != any(fault.startswith(f"第{number}行：") for fault in faults)
    keys = [(line.person_id, line.held_on, line.title) for line in lines]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "cell",
    ["2026-10-10", "2026/10/10", "2026.10.10", "2026年10月10日", "20261010", datetime(2026, 10, 10), date(2026, 10, 10),  # noqa: DTZ001
     46305, "46305", 46305.0],
)  # fmt: skip
def test_a_day_is_read_however_excel_gives_it(cell: object) -> None:
    """Requirements 4.4."""
    lines, faults = rules.understand(table({**GOOD, "日期": cell}), PEOPLE, TODAY)
    assert faults == []
    assert lines[0].held_on == date(2026, 10, 10)


def test_eight_digits_are_year_month_and_day() -> None:
    row = {**GOOD, "日期": "20260911", "学工号": " T003 "}
    assert [line.held_on for line in rules.understand(table(row), PEOPLE, TODAY)[0]] == [date(2026, 9, 11)]


def test_a_number_keeps_its_zeros_and_a_name_may_be_padded() -> None:
    row = {**GOOD, "学工号": "0042", "姓名": "王\u3000伟"}
    lines, faults = rules.understand(table(row), PEOPLE, TODAY)
    assert faults == []
    assert lines[0].person_id == UUID(int=2)


def test_missing_columns_are_named_at_once() -> None:
    with pytest.raises(rules.MissingColumns) as refused:
        rules.columns(Table(("日期", "备注"), ()))
    assert refused.value.details == ["缺少“会议”列。", "缺少“学工号”列。", "缺少“姓名”列。", "缺少“是否出席”列。"]


def faults(**changes: object) -> list[str]:
    people = {**PEOPLE, "T009": Known(UUID(int=3), "T009", "外人", allowed=False)}
    return rules.understand(table({**GOOD, **changes}), people, TODAY)[1]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"会议": ""}, "“会议”须填写，且不超过100字。"),
        ({"会议": "党" * 101}, "“会议”须填写，且不超过100字。"),
        ({"是否有正当理由": "是"}, "已出席的不应填写有正当理由。"),
        ({"学工号": ""}, "“学工号”须填写。"),
        ({"学工号": "T777"}, "名册中没有学工号“T777”。"),
        ({"姓名": "尤静"}, "学工号“T003”的姓名是“尤文静”，表中是“尤静”。"),
        ({"学工号": "T009", "姓名": "外人"}, "“外人”不是您可以导入的支部的党员。"),
        ({"日期": "2026-11-23"}, "“日期”不能晚于今天。"),
        ({"日期": "2026-02-30"}, "“日期”应写成 2013-04-01 或 2013年4月1日，表中是“2026-02-30”。"),
        ({"日期": "+1234"}, "“日期”应写成 2013-04-01 或 2013年4月1日，表中是“+1234”。"),
        ({"日期": "123456"}, "“日期”应写成 2013-04-01 或 2013年4月1日，表中是“123456”。"),
        ({"是否出席": "也许"}, "“是否出席”应填“是”或“否”，表中是“也许”。"),
        ({"是否出席": "否", "是否有正当理由": "也许"}, "“是否有正当理由”应填“是”或“否”，表中是“也许”。"),
    ],
)
def test_every_fault_is_said_in_a_sentence(changes: dict[str, object], said: str) -> None:
    """Requirements 4.4."""
    assert faults(**changes) == [f"第2行：{said}"]


def test_all_faults_of_a_row_are_said_at_once() -> None:
    """Requirements 4.4."""
    assert len(faults(日期="明天", 会议="", 学工号="", 是否出席="", 是否有正当理由="?")) == 5


def test_today_and_a_title_of_a_hundred_characters_are_allowed() -> None:
    assert faults(日期=TODAY, 会议="党" * 100) == []


def test_a_row_that_says_what_another_said_is_a_fault_of_the_later_one() -> None:
    """Requirements 4.4: of one person, day and meeting."""
    other = {**GOOD, "学工号": "0042", "姓名": "王伟"}
    rows = [GOOD, other, {**GOOD, "会议": "支部大会"}, {**GOOD, "是否出席": "否"}, GOOD]
    lines, found = rules.understand(table(*rows), PEOPLE, TODAY)
    assert [line.row for line in lines] == [2, 3, 4]
    assert found == ["第5行：与第2行重复。", "第6行：与第2行重复。"]


@pytest.mark.parametrize(
    "word", ["是", "有", "√", "✓", 1, 1.0, True, "True", "出席", "到会", "参加", "已到", " 出 席 "]
)
def test_presence_is_said_in_many_words(word: object) -> None:
    [line], _ = rules.understand(table({**GOOD, "是否出席": word}), PEOPLE, TODAY)
    assert (line.present, line.excused) == (True, False)


@pytest.mark.parametrize(
    "word", ["否", "无", "没有", "×", 0, 0.0, False, "缺席", "未到", "未参加", "请假", "事假", "病假", "公假", "不是"]
)
def test_so_is_absence_and_its_reason_by_itself(word: object) -> None:
    [line], _ = rules.understand(table({**GOOD, "是否出席": word}), PEOPLE, TODAY)
    assert (line.present, line.excused) == (False, False)
    [line], _ = rules.understand(table({**GOOD, "是否出席": word, "是否有正当理由": "有"}), PEOPLE, TODAY)
    assert (line.present, line.excused) == (False, True)


CALLED = {
    "日期": "会议日期 时间 会议时间 召开日期",
    "会议": "会议名称 活动 活动名称 组织生活 组织生活名称",
    "学工号": "学号 工号 职工号 学号/工号 学号工号",
    "姓名": "党员姓名 党员",
    "是否出席": "出席 出席情况 是否到会 到会",
    "是否有正当理由": "正当理由 有无正当理由 正当理由成立",
    "备注": "说明 原因",
}


@pytest.mark.parametrize(
    ("column", "heading"), [(one, name) for one, names in CALLED.items() for name in names.split()]
)
def test_a_column_is_found_by_what_branches_call_it(column: str, heading: str) -> None:
    headings = tuple(f" {heading} " if one == column else one for one in COLUMNS)
    assert rules.columns(Table(headings, ()))[column] == f" {heading} "


def test_a_table_without_reasons_and_notes_is_read_and_a_long_note_is_cut() -> None:
    short = Table(rules.REQUIRED, (Row(2, GOOD),))
    assert rules.understand(short, PEOPLE, TODAY)[0][0].note == ""
    [line], _ = rules.understand(table({**GOOD, "备注": "病" * 201}), PEOPLE, TODAY)
    assert line.note == "病" * 200


def test_the_numbers_of_a_table_are_those_of_its_own_column() -> None:
    headings = tuple("工号" if one == "学工号" else one for one in COLUMNS)
    rows = tuple(Row(at, {"工号": number}) for at, number in enumerate(("T003", 42.0, "'0042", "T003"), start=2))
    assert rules.numbers(Table(headings, rows)) == ["0042", "42", "T003"]
