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
        assert (number in good) != any(fault.startswith(f"第 {number} 行：") for fault in faults)
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


def test_a_number_keeps_its_zeros_and_a_name_may_be_padded() -> None:
    row = {**GOOD, "学工号": "0042", "姓名": "王\u3000伟"}
    lines, faults = rules.understand(table(row), PEOPLE, TODAY)
    assert faults == []
    assert lines[0].person_id == UUID(int=2)


def test_missing_columns_are_named_at_once() -> None:
    with pytest.raises(rules.MissingColumns) as refused:
        rules.columns(Table(("日期", "备注"), ()))
    assert refused.value.details == ["缺少“会议”列。", "缺少“学工号”列。", "缺少“姓名”列。", "缺少“是否出席”列。"]
