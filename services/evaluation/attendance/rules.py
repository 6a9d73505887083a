"""Rows of an uploaded table → attendance, or every fault of every row as a Chinese sentence (requirements 4.4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from shared.errors import Invalid
from shared.sheet import Row, Table

COLUMNS = ("日期", "会议", "学工号", "姓名", "是否出席", "是否有正当理由", "备注")
REQUIRED = COLUMNS[:5]
SYNONYMS = {
    "日期": ("会议日期", "时间", "会议时间", "召开日期"),
    "会议": ("会议名称", "活动", "活动名称", "组织生活", "组织生活名称"),
    "学工号": ("学号", "工号", "职工号", "学号/工号", "学号工号"),
    "姓名": ("党员姓名", "党员"),
    "是否出席": ("出席", "出席情况", "是否到会", "到会"),
    "是否有正当理由": ("正当理由", "有无正当理由", "正当理由成立"),
    "备注": ("说明", "原因"),
}
_YES = {"是", "有", "√", "✓", "1", "true", "出席", "到会", "参加", "已到"}
_NO = {"否", "无", "没有", "×", "0", "false", "缺席", "未到", "未参加", "请假", "事假", "病假", "公假", "不是"}
_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_EPOCH = date(1899, 12, 30)
"""Excel counts days from here."""


class BadTable(Invalid):
    """表格中有错误，一行都没有导入；请改正后重新上传。"""


class MissingColumns(Invalid):
    """表格缺少必要的列。"""


@dataclass(frozen=True)
class Known:
    """A person whom the table may name."""

    person_id: UUID
    number: str
    name: str
    allowed: bool
    """a member of a branch for which the importer may import"""


@dataclass(frozen=True)
class Line:
    """One row, understood."""

    row: int
    person_id: UUID
    name: str
    held_on: date
    title: str
    present: bool
    excused: bool
    note: str


def columns(table: Table) -> Mapping[str, str]:
    """Give which heading of the file stands for which column. Raises `MissingColumns`."""
    found = {}
    for column in COLUMNS:
        names = (column, *SYNONYMS[column])
        heading = next((one for one in table.headings if "".join(one.split()) in names), None)
        if heading is not None:
            found[column] = heading
    if missing := [column for column in REQUIRED if column not in found]:
        raise MissingColumns(details=[f"缺少“{column}”列。" for column in missing])
    return found


def numbers(table: Table) -> list[str]:
    """Give every 学工号 that the table names."""
    heading = columns(table)["学工号"]
    return sorted({_text(row.cells.get(heading)) for row in table.rows})


def understand(table: Table, people: Mapping[str, Known], today: date) -> tuple[list[Line], list[str]]:
    """Give the rows that are good and every fault. Raises `MissingColumns`."""
    headings = columns(table)
    lines: list[Line] = []
    faults: list[str] = []
    seen: dict[tuple[UUID, date, str], int] = {}
    for row in table.rows:
        line, wrong = _line(row, headings, people, today)
        if line is not None:
            key = (line.person_id, line.held_on, line.title)
            if key in seen:
                wrong.append(f"与第{seen[key]}行重复。")
            seen.setdefault(key, row.number)
        faults += [f"第{row.number}行：{text}" for text in wrong]
        if line is not None and not wrong:
            lines.append(line)
    return lines, faults


def _line(
    row: Row, headings: Mapping[str, str], people: Mapping[str, Known], today: date
) -> tuple[Line | None, list[str]]:
    cells = {column: row.cells.get(heading) for column, heading in headings.items()}
    wrong: list[str] = []
    person = _person(cells, people, wrong)
    held_on = _day(cells["日期"], today, wrong)
    title = _text(cells["会议"])
    if not 0 < len(title) <= 100:
        wrong.append("“会议”须填写，且不超过100字。")
    present = _flag("是否出席", cells["是否出席"], wrong)
    excused = _flag("是否有正当理由", cells.get("是否有正当理由") or "否", wrong)
    if present and excused:
        wrong.append("已出席的不应填写有正当理由。")
    if person is None or held_on is None or present is None or excused is None or wrong:
        return None, wrong
    note = _text(cells.get("备注"))[:200]
    return Line(row.number, person.person_id, person.name, held_on, title, present, excused, note), wrong


def _person(cells: Mapping[str, object], people: Mapping[str, Known], wrong: list[str]) -> Known | None:
    number, name = _text(cells["学工号"]), _text(cells["姓名"])
    person = people.get(number)
    if person is None:
        wrong.append(f"名册中没有学工号“{number}”。" if number else "“学工号”须填写。")
    elif "".join(name.split()) != "".join(person.name.split()):
        wrong.append(f"学工号“{number}”的姓名是“{person.name}”，表中是“{name}”。")
    elif not person.allowed:
        wrong.append(f"“{person.name}”不是您可以导入的支部的党员。")
    return person


def _day(cell: object, today: date, wrong: list[str]) -> date | None:
    found = _parse(cell)
    if found is None:
        wrong.append(f"“日期”应写成 2013-04-01 或 2013年4月1日，表中是“{_text(cell)}”。")
    elif found > today:
        wrong.append("“日期”不能晚于今天。")
    return found


def _parse(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    match = _DAY.match(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
        if text.isdigit() and len(text) == 8:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        if text.isdigit() and len(text) == 5:
            return _EPOCH + timedelta(days=int(text))
    except ValueError:
        return None
    return None


def _flag(column: str, cell: object, wrong: list[str]) -> bool | None:
    text = "".join(_text(cell).split()).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    wrong.append(f"“{column}”应填“是”或“否”，表中是“{_text(cell)}”。")
    return None


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip().removeprefix("'")
