"""Whatever file is uploaded where a table is asked for: it is read, or refused with a Chinese sentence; no error."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from io import BytesIO
from itertools import chain
from typing import Any

import pytest

from services.evaluation.attendance.rules import COLUMNS as ATTENDANCE
from services.pledge.imports.columns import COLUMNS as PLEDGES
from shared import sheet
from tests import broken_files
from tests.services import Service
from tests.university import uid


@dataclass(frozen=True)
class Reader:
    """A place where somebody may upload a table."""

    service: str
    path: str
    who: str
    columns: tuple[str, ...]
    row: tuple[Any, ...]
    form: tuple[tuple[str, str], ...] = (("dry_run", "true"),)


READERS = [
    Reader("roster", "/roster/api/imports", "T053", ("组织编号", "组织全称", "组织类别", "上级组织"),
           ("kj", "会计学院二支部", "党支部", "zjy/kuai"), (("kind", "organizations"), ("dry_run", "true"))),
    Reader("roster", "/roster/api/imports", "T053", ("学工号", "姓名", "所在党组织", "人员类别", "身份", "入党时间"),
           ("T900", "章小新", "zjy/kuai/jg", "正式党员", "教师", 2013.4), (("kind", "people"), ("dry_run", "true"))),
    Reader("evaluation", "/evaluation/api/attendance/imports", "T001", ATTENDANCE[:6],
           (date(2013, 3, 1), "学习会", "T003", "尤文静", "是", "否")),
    Reader("pledge", "/pledge/api/imports", "T051", tuple(column.heading for column in PLEDGES[:4]),
           ("T003", "尤文静", 2013, "为群众办实事")),
    Reader("notify", "/notify/calendar/", "T051", ("日期", "安排", "说明"), (date(2027, 1, 1), "放假", 1.5), ()),
]  # fmt: skip
CELLS = [
    float("nan"), True, time(8, 30), date(9999, 12, 31), -1, 0, 10**20, 1e300, 0.1, "９９９", "²³¹²³", "1e5", "'",
    "=1+1", "\t", "\u202e", "#N/A", "99999999", "\U0002c34e" * 300, "2013-02-30",
]  # fmt: skip


def files(reader: Reader) -> Iterator[bytes]:
    whole = broken_files.workbook(list(reader.columns), list(reader.row))
    yield whole
    yield from broken_files.flipped(whole, 15)
    yield from broken_files.damaged_inside(whole, 14)
    yield from broken_files.cut(whole, 4)
    yield broken_files.bomb(sheet.MOST_UNPACKED + 1)
    yield b"\xd0\xcf\x11\xe0 old"
    yield ",".join(reader.columns).encode() + b'\n"'
    for cell in CELLS:
        yield broken_files.workbook(list(reader.columns), [cell] * len(reader.columns))
    for place in range(len(reader.columns)):
        yield broken_files.workbook(
            list(reader.columns), *([*reader.row[:place], cell, *reader.row[place + 1 :]] for cell in CELLS)
        )


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.path} {reader.columns[0]}")
def test_every_file_is_read_or_refused_in_chinese(reader: Reader, standing: Callable[[str], Service]) -> None:
    """Requirements 4.4; R-173 for the calendar."""
    client = standing(reader.service).client(uid(reader.who))
    wrong, refused = [], 0
    for number, content in enumerate(files(reader)):
        data = {**dict(reader.form), "file": (BytesIO(content), "表.xlsx")}
        answer = client.post(reader.path, data=data, content_type="multipart/form-data")
        good = answer.status_code in ({200} if reader.form else {200, 303})
        refused += not good
        if number == 0 and not good:
            wrong.append(f"the sound file: {answer.text}")
        if answer.status_code >= 500 or not (good or re.search("[一-鿿]{4}", _said(answer))):
            wrong.append(f"{number}: {answer.status_code}")
    assert wrong == []
    assert refused > 20


def _said(answer: Any) -> str:
    found = answer.get_json(silent=True) or {}
    return "".join(chain([str(found.get("title", ""))], map(str, found.get("details", [])))) or str(answer.text)
