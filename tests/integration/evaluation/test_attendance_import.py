"""Importing attendance of other meetings: dry run, all or nothing, once, with Chinese errors by row (R-158, 4.4)."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from tests.integration.evaluation.branch import Branch
from tests.services import Service
from tests.university import uid

HEADINGS = ["日期", "会议", "学工号", "姓名", "是否出席", "是否有正当理由", "备注"]
GOOD = ["2026-10-10", "十月支部党员大会", "T003", "尤文静", "否", "否", ""]
ALSO = ["2026年10月11日", "党课", "T004", "毛建国", "是", "", ""]


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Branch:
    return Branch(service("evaluation"))


def sheet(rows: list[list[Any]], headings: list[str] | None = None) -> bytes:
    book = Workbook()
    for row in [headings or HEADINGS, *rows]:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def comma(rows: list[list[Any]], encoding: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([HEADINGS, *rows])
    return stream.getvalue().encode(encoding)


def send(branch: Branch, content: bytes, *, who: str = "T001", dry: bool = False, name: str = "a.xlsx") -> Any:
    url = "/evaluation/api/attendance/imports" + ("?dry_run=true" if dry else "")
    return branch.service.client(uid(who)).post(url, data={"file": (io.BytesIO(content), name)})


def kept(branch: Branch, who: str = "T003") -> list[Any]:
    answer = branch.get("T001", f"attendance?person_id={uid(who)}&since=2026-01-01")
    found: list[Any] = answer.json
    return found


def test_a_dry_run_says_what_would_change_and_changes_nothing(branch: Branch) -> None:
    answer = send(branch, sheet([GOOD, ALSO]), dry=True)
    assert answer.status_code == 200, answer.text
    assert (len(answer.json["new"]), answer.json["done"]) == (2, False)
    assert kept(branch) == []


def test_the_same_table_twice_is_imported_once(branch: Branch) -> None:
    """R-158."""
    assert len(send(branch, sheet([GOOD, ALSO])).json["new"]) == 2
    again = send(branch, sheet([GOOD, ALSO])).json
    assert (again["new"], again["changed"], again["same"]) == ([], [], 2)
    assert [(one["title"], one["present"], one["source"]) for one in kept(branch)] == [
        ("十月支部党员大会", False, "导入")
    ]


def test_a_corrected_row_takes_the_place_of_the_earlier_one(branch: Branch) -> None:
    send(branch, sheet([GOOD]))
    corrected = [*GOOD[:5], "是", "出差"]
    assert len(send(branch, sheet([corrected])).json["changed"]) == 1
    assert [(one["excused"], one["note"]) for one in kept(branch)] == [(True, "出差")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gbk"])
def test_csv_is_read_in_the_encodings_that_excel_writes(branch: Branch, encoding: str) -> None:
    assert send(branch, comma([GOOD], encoding), name="a.csv").status_code == 200
    assert len(kept(branch)) == 1


def test_headings_have_synonyms_and_cells_may_be_real_dates(branch: Branch) -> None:
    headings = ["会议日期", "活动名称", "工号", "党员姓名", "是否到会"]
    answer = send(branch, sheet([[date(2026, 10, 12), "主题党日", "T003", "尤 文静", "√"]], headings))
    assert answer.status_code == 200, answer.text
    assert kept(branch)[0]["held_on"] == "2026-10-12"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["不知道", *GOOD[1:]], "日期"),
        (["2999-01-01", *GOOD[1:]], "晚于今天"),
        (["2026-02-30", *GOOD[1:]], "日期"),
        ([GOOD[0], "", *GOOD[2:]], "会议"),
        ([*GOOD[:2], "X9", *GOOD[3:]], "名册中没有"),
        ([*GOOD[:3], "毛建国", *GOOD[4:]], "姓名是"),
        ([*GOOD[:4], "也许", *GOOD[5:]], "是否出席"),
        ([*GOOD[:4], "是", "是", ""], "已出席"),
        ([*GOOD[:2], "S001", "赵晓明", *GOOD[4:]], "不是您可以导入"),
        ([*GOOD[:2], "T061", "韩群众", *GOOD[4:]], "不是您可以导入"),
        (ALSO, "重复"),
    ],
)
def test_one_bad_row_refuses_the_whole_table_by_its_number(branch: Branch, row: list[Any], says: str) -> None:
    answer = send(branch, sheet([ALSO, row]))
    assert (answer.status_code, answer.json["code"]) == (422, "bad_table")
    assert len(answer.json["details"]) == 1
    assert answer.json["details"][0].startswith("第3行：")
    assert says in answer.json["details"][0]
    assert kept(branch, "T004") == []


@pytest.mark.parametrize("content", [b"", b"PK broken", b"\xd0\xcf\x11\xe0old", "日期,会议\n2026,课".encode()])
def test_what_is_no_such_table_is_refused(branch: Branch, content: bytes) -> None:
    assert send(branch, content).status_code == 422


def test_the_general_branch_imports_for_its_branches_only(branch: Branch) -> None:
    assert send(branch, sheet([GOOD]), who="T042").status_code == 200
    assert send(branch, sheet([GOOD]), who="T054").json["code"] == "bad_table"
    assert send(branch, sheet([GOOD]), who="T003").status_code == 403


def test_an_import_does_not_overwrite_a_meeting_of_this_system(branch: Branch) -> None:
    """R-158."""
    branch.announce()
    branch.open()
    branch.mark("T003", "absent")
    mine = kept(branch)[0]
    row = [mine["held_on"], mine["title"], "T003", "尤文静", "是", "", ""]
    assert send(branch, sheet([row])).json["same"] == 1
    assert kept(branch)[0]["present"] is False


def test_a_member_sees_the_own_attendance_and_nobody_elses(branch: Branch) -> None:
    send(branch, sheet([GOOD]))
    assert len(branch.get("T003", "attendance").json) == 1
    assert branch.get("T004", f"attendance?person_id={uid('T003')}").status_code == 403


def removal(branch: Branch, who: str, **changes: Any) -> Any:
    given = {"person_id": str(uid("T003")), "held_on": "2026-10-10", "title": "十月支部党员大会", "reason": "日期有误"}
    return branch.post(who, "attendance/removals", {**given, **changes})


def test_a_row_that_was_imported_wrongly_is_taken_out_with_a_reason_and_stays_readable(branch: Branch) -> None:
    """R-158: what is not so must not count."""
    send(branch, sheet([GOOD, ["2026-10-10", "十月支部党员大会", "T001", "王一鸣", "否", "", ""]]))
    assert removal(branch, "T003").status_code == 403
    assert removal(branch, "S001").status_code == 403
    assert removal(branch, "T001", person_id=str(uid("T001"))).json["code"] == "own_attendance"
    assert removal(branch, "T001", reason="").status_code == 422
    assert removal(branch, "T001", title="党课").json["code"] == "attendance_not_found"
    assert len(kept(branch)) == 1
    page = branch.service.client(uid("T001")).get(f"/evaluation/attendance/{uid('T003')}")
    assert "导入有误，删除" in page.get_data(as_text=True)
    form = {"held_on": "2026-10-10", "title": "十月支部党员大会", "reason": "日期有误"}
    url = f"/evaluation/attendance/{uid('T003')}/removals"
    assert branch.service.client(uid("T001")).post(url, data=form).status_code == 303
    assert kept(branch) == []
    own = branch.service.client(uid("T003")).get("/evaluation/attendance/").get_data(as_text=True)
    assert "十月支部党员大会（缺席）：日期有误" in own


def test_what_a_quarterly_meeting_recorded_follows_its_roll(branch: Branch) -> None:
    """R-124, R-158."""
    branch.announce()
    branch.open()
    branch.mark("T003", "absent")
    row = kept(branch)[0]
    refused = removal(branch, "T001", held_on=row["held_on"], title=row["title"])
    assert refused.json["code"] == "kept_by_meeting"
