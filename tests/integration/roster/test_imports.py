"""Imports through the API and the pages: 3,400 people, all or nothing, once, two at a time (requirements 4.4)."""

import io
import threading
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from shared import clock
from tests.broken_files import workbook as book
from tests.services import Service
from tests.university import uid

PATH = "/roster/api/imports"
ORGANIZATIONS = ["组织编号", "组织全称", "组织类别", "上级组织"]
PEOPLE = ["学工号", "党员姓名", "支部名称", "人员类别", "党员类别", "入党日期", "支部职务"]


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    return service("roster")


@pytest.fixture
def admin(roster: Service) -> Any:
    return roster.client(uid("T053"))


def send(client: Any, kind: str, content: bytes, *, name: str = "表.xlsx", path: str = PATH, **form: str) -> Any:
    data = {"kind": kind, "file": (io.BytesIO(content), name), **form}
    return client.post(path, data=data, content_type="multipart/form-data")


def member(number: str, name: str, *, branch: str = "金融学院教工党支部", office: str | None = None) -> list[Any]:
    return [number, name, branch, "正式党员", "在岗教职工", 2013.4, office]


def test_a_whole_university_is_imported_and_a_second_time_changes_nothing(roster: Service, admin: Any) -> None:
    branches = [[f"b{index}", f"第{index}党支部", "党支部", f"g{index % 10}"] for index in range(99)]
    general = [[f"g{index}", f"第{index}党总支", "党总支", "zjy"] for index in range(10)]
    tree = book(ORGANIZATIONS, *branches, *general)
    assert send(admin, "organizations", tree).json["created"] == 109
    random = Random(1)
    people = book(
        PEOPLE,
        *(
            member(
                f"P{index:05}",
                "".join(random.choice(part) for part in ("王李张曾单仇", "伟芳娜", "敏静磊")),
                branch=f"b{index % 99}",
                office="书记" if index < 99 else None,
            )
            for index in range(3400)
        ),
    )
    trial = send(admin, "people", people, dry_run="true").json
    assert (trial["created"], len(trial["changes"]), trial["errors"]) == (3400, 200, [])
    assert roster.told("person.changed") == []
    assert send(admin, "people", people).json["created"] == 3400
    assert len(roster.told("person.changed")) == 3400
    assert len(roster.told("position.changed")) == 99
    again = send(admin, "people", people).json
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 3400)
    assert len(roster.told("person.changed")) == 3400


def test_a_gbk_csv_of_excel_is_understood(admin: Any) -> None:
    text = ",".join(PEOPLE) + "\nT900,单雄信,金融学院教工党支部,党员,教师,2013年4月,\n"
    answer = send(admin, "people", text.encode("gb18030"), name="表.csv")
    assert answer.json["created"] == 1
    found = admin.get("/roster/api/people", query_string={"q": "sxx"}).json["people"]
    assert [each["name"] for each in found] == ["单雄信"]


def test_one_fault_keeps_the_whole_table_out(roster: Service, admin: Any) -> None:
    rows = [member("T900", "单雄信"), member("3.30E+17", "秦琼"), member("T902", "程咬金", branch="瓦岗")]
    answer = send(admin, "people", book(PEOPLE, *rows))
    assert (answer.status_code, answer.json["code"]) == (422, "table_faulty")
    assert answer.json["details"] == [
        "第3行“学工号”：“3.30E+17”已被 Excel 改成科学记数，请把单元格设为文本格式后重新填写。",
        "第4行“支部名称”：没有“瓦岗”这个组织，请先登记或核对名称。",
    ]
    assert roster.told() == []
    trial = send(admin, "people", book(PEOPLE, *rows), dry_run="1")
    assert (trial.status_code, len(trial.json["errors"])) == (200, 2)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 broken", "not_a_table"),
        (b"\xd0\xcf\x11\xe0 old", "old_excel"),
        ("星座,血型\n白羊,A\n".encode(), "table_faulty"),
        (b"", "empty_table"),
    ],
)
def test_files_that_are_no_table_are_refused(admin: Any, content: bytes, code: str) -> None:
    answer = send(admin, "people", content)
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_a_table_of_organisations_sent_as_people_is_known(admin: Any) -> None:
    found = send(admin, "people", book(ORGANIZATIONS, ["b1", "第一党支部", "党支部", "zjy"]), dry_run="1").json[
        "errors"
    ]
    assert found == ["第1行：这是组织表，请返回重新上传，“表的种类”选“组织”。"]


def test_a_text_that_is_named_like_a_workbook_is_called_no_workbook(admin: Any) -> None:
    answer = send(admin, "people", "会议记录".encode())
    assert "不是 Excel 工作簿" in "".join(answer.json["details"])


def test_a_file_too_large_is_refused(admin: Any) -> None:
    answer = admin.post(PATH, data=b"x" * (11 * 2**20), content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413


def test_two_imports_at_once_have_one_effect_each(roster: Service) -> None:
    content = book(PEOPLE, *(member(f"T9{index:02}", f"张{index}") for index in range(60)))
    answers: list[Any] = []
    threads = [
        threading.Thread(target=lambda: answers.append(send(roster.client(uid("T053")), "people", content)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.json["created"] for answer in answers) == [0, 60]
    assert len(roster.told("person.changed")) == 60


def test_only_the_department_and_the_administrator_import(roster: Service) -> None:
    for number, status in (("T051", 200), ("T042", 403), ("T001", 403), ("T003", 403)):
        content = book(PEOPLE, member("T900", "单雄信"))
        assert send(roster.client(uid(number)), "people", content).status_code == status


def test_the_department_makes_no_administrator_by_a_table(roster: Service) -> None:
    content = book([*PEOPLE, "任职组织"], [*member("T900", "单雄信", office="系统管理员"), "zjy"])
    answer = send(roster.client(uid("T051")), "people", content)
    assert answer.json["details"] == ["第2行“党内职务”：您不能任命系统管理员。"]


def test_the_template_is_given_and_unknown_ones_are_not(admin: Any) -> None:
    answer = admin.get(f"{PATH}/template/people.xlsx")
    assert load_workbook(io.BytesIO(answer.data)).worksheets[0]["A1"].value == "学工号"
    assert admin.get(f"{PATH}/template/everything.xlsx").status_code == 404


def test_a_table_is_uploaded_previewed_and_entered_on_the_pages(roster: Service, admin: Any) -> None:
    assert "下载模板填写" in admin.get("/roster/imports/").get_data(as_text=True)
    content = book(PEOPLE, member("T900", "单雄信"), member("T003", "尤文静"))
    uploaded = send(admin, "people", content, path="/roster/imports/")
    assert uploaded.status_code == 303
    page = admin.get(uploaded.location).get_data(as_text=True)
    assert "单雄信（T900）" in page
    assert roster.told() == []
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    assert admin.post(uploaded.location + "/enter", data={"digest": digest}).status_code == 303
    assert admin.get("/roster/api/people", query_string={"q": "T900"}).json["total"] == 1
    assert "新增 1" in admin.get("/roster/imports/").get_data(as_text=True)
    again = admin.post(uploaded.location + "/enter", data={"digest": digest})
    assert again.status_code == 409
    with roster.connect() as conn:
        assert conn.execute("SELECT content FROM import_run").fetchall() == [(None,)]


def test_what_was_previewed_is_what_is_entered(roster: Service, admin: Any) -> None:
    uploaded = send(admin, "people", book(PEOPLE, member("T900", "单雄信")), path="/roster/imports/")
    page = admin.get(uploaded.location).get_data(as_text=True)
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    send(admin, "people", book(PEOPLE, member("T900", "单雄飞")))
    refused = admin.post(uploaded.location + "/enter", data={"digest": digest})
    assert refused.status_code == 409
    assert "名册在预览之后有变动" in refused.get_data(as_text=True)


def test_the_whole_table_is_given_back_with_what_is_wrong(admin: Any) -> None:
    content = book(PEOPLE, member("T900", "单雄信"), member("T901", "秦琼", branch="瓦岗"))
    uploaded = send(admin, "people", content, path="/roster/imports/")
    assert "有1处错误" in admin.get(uploaded.location).get_data(as_text=True)
    sheet = load_workbook(io.BytesIO(admin.get(uploaded.location + "/faults.xlsx").data)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[0][-1], [row[1] for row in rows[1:]]) == ("问题说明", ["单雄信", "秦琼"])
    assert rows[1][-1] is None
    assert "瓦岗" in str(rows[2][-1])


def test_the_table_mended_as_it_came_back_enters_everybody(admin: Any) -> None:
    """Also as a complete roster, which lets leave whoever it does not name."""
    content = book(PEOPLE, member("T900", "单雄信"), member("T901", "秦琼", branch="瓦岗"))
    uploaded = send(admin, "people", content, path="/roster/imports/", whole="1")
    mended = load_workbook(io.BytesIO(admin.get(uploaded.location + "/faults.xlsx").data))
    mended.worksheets[0].cell(3, 3).value = mended.worksheets[0].cell(2, 3).value
    again = io.BytesIO()
    mended.save(again)
    plan = send(admin, "people", again.getvalue(), whole="1", dry_run="1").json
    assert (plan["created"], plan["errors"]) == (2, [])


def test_an_upload_that_nobody_enters_is_forgotten_after_a_day(roster: Service, admin: Any) -> None:
    uploaded = send(admin, "people", book(PEOPLE, member("T900", "单雄信")), path="/roster/imports/")
    assert roster.due(clock.now() + timedelta(hours=23)) == 0
    assert roster.due(clock.now() + timedelta(hours=25)) == 1
    assert admin.get(uploaded.location).status_code == 404


def test_a_whole_roster_lets_the_missing_leave(roster: Service, admin: Any) -> None:
    rows = [["T021", "李会计", "zjy/kuai/jg"]]
    headings = ["学工号", "姓名", "所在党支部"]
    partly = send(admin, "people", book(headings, *rows), dry_run="1").json
    assert sorted(partly["absent"]) == ["周账清（T022）", "蒋总会（T054）"]
    assert send(admin, "people", book(headings, *rows), whole="1").json["gone"] == 2
    assert roster.client(uid("T022")).get("/roster/api/people").status_code == 401
