"""The pages: the filing desk, notices with their form, objections, the board."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.notify.desk import DEPARTMENT, FILER, HANDLER, MONDAY, Desk
from tests.university import uid

SATURDAY = MONDAY + timedelta(days=5)


def page(desk: Desk, path: str, name: str = "", *, status: int = 200) -> str:
    """Read a page."""
    answer = desk.client(name).get(path)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def send(desk: Desk, path: str, by: str = "", /, *, status: int = 303, **form: Any) -> str:
    """Post a form and follow to the page that it leads to."""
    client = desk.client(by)
    answer = client.post(path, data=form)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return client.get(answer.location).get_data(as_text=True) if status == 303 else answer.get_data(as_text=True)


def test_the_department_acknowledges_on_the_page(desk: Desk) -> None:
    """R-170."""
    desk.verify()
    filing = desk.filing()
    path = f"/notify/filings/{filing['id']}"
    assert filing["id"] in page(desk, "/notify/filings/", DEPARTMENT)
    shown = page(desk, path, DEPARTMENT)
    assert "同意备案" in shown
    assert "备案后不能撤回，名单将自动公示" in shown
    form: dict[str, Any] = {"number": "组备〔2013〕1号", "acknowledged_on": "2013-04-08", "revision": "1"}
    after = send(desk, f"{path}/acknowledge", DEPARTMENT, **form)
    assert "已备案，备案号：组备〔2013〕1号。公示已自动发出。" in after
    assert "同意备案" not in after
    assert "查看公示" in after


def test_a_filing_goes_back_and_comes_again_on_the_pages(desk: Desk) -> None:
    """R-170, R-172."""
    award_id = desk.verify()
    path = f"/notify/filings/{desk.filing()['id']}"
    assert "同意备案" not in page(desk, path, FILER)
    send(desk, f"{path}/return", DEPARTMENT, reasons="身份有误。", revision="1")
    assert "身份有误。" in page(desk, path, FILER)
    after = send(desk, f"{path}/lines/{award_id}/correct", FILER, name="毛建国", identity="离退休同志")
    assert "党员身份由“教师”改为“离退休同志”" in after
    assert "已重新报送党委组织部。" in send(desk, f"{path}/submit", FILER)
    assert desk.filing()["revision"] == 2


def test_a_line_is_withdrawn_on_the_page(desk: Desk) -> None:
    """R-170."""
    award_id = desk.verify()
    path = f"/notify/filings/{desk.filing()['id']}"
    send(desk, f"{path}/return", DEPARTMENT, reasons="请核对。", revision="1")
    assert "不递补" in send(desk, f"{path}/lines/{award_id}/withdraw", FILER, reason="本人申请。")
    assert desk.states() == {"毛建国": "stopped"}


def test_a_refusal_is_a_page_that_says_why(desk: Desk) -> None:
    """R-170."""
    desk.verify()
    path = f"/notify/filings/{desk.filing()['id']}"
    shown = send(desk, f"{path}/acknowledge", DEPARTMENT, status=409, number="1号", revision="7")
    assert 'data-code="filing_changed"' in shown
    assert "没有作任何改动" in shown
    assert "备案号：须填写，且不超过60字。" in send(
        desk, f"{path}/acknowledge", DEPARTMENT, status=422, number="长" * 61, revision="1"
    )


def test_an_empty_desk_quotes_the_rule(desk: Desk) -> None:
    """R-170."""
    assert "请各党总支（直属党支部）及时报党委组织部备案" in page(desk, "/notify/filings/", DEPARTMENT)


def test_anyone_objects_on_the_page_and_asks_for_the_answer(desk: Desk) -> None:
    """R-173, requirements 2.4."""
    notice_id, [award_id] = desk.posted()
    assert "提出异议" in page(desk, f"/notify/notices/{notice_id}")
    after = send(desk, f"/notify/notices/{notice_id}/objections", award_id=award_id, text="与事实不符。")
    found = re.search(r"查询码：((?:[0-9A-Z]{4} ?){3})", after)
    assert found
    answer = desk.client().post("/notify/objections/answer", data={"code": found[1]})
    assert "您的异议已收到，正在核实" in answer.get_data(as_text=True)


def test_a_handler_hears_and_decides_on_the_pages(desk: Desk) -> None:
    """Requirements 2.4."""
    notice_id, [award_id] = desk.posted()
    path = f"/notify/objections/{desk.object(notice_id, award_id)['id']}"
    assert "对毛建国的异议" in page(desk, "/notify/objections/", HANDLER)
    assert "作出决定</h2>" not in page(desk, path, HANDLER)
    send(desk, f"{path}/hearing", HANDLER, note="本人作了说明。")
    assert "异议是否成立：此项必填。" in send(desk, f"{path}/decision", HANDLER, status=422, statement="不成立。")
    after = send(desk, f"{path}/decision", HANDLER, decision="upheld", statement="情况属实。")
    assert "异议成立" in after
    assert desk.states() == {"毛建国": "stopped"}


def test_a_clerk_enters_paper_on_the_page(desk: Desk) -> None:
    """Requirements 2.4."""
    notice_id, [award_id] = desk.posted()
    path = f"/notify/notices/{notice_id}/objections/paper"
    assert "登记书面异议" in page(desk, path, FILER)
    page(desk, path, "蒋总会", status=403)
    send(desk, path, FILER, award_id=award_id, text="来信。", received_on="2013-04-08")
    assert desk.get("/objections", HANDLER)[0]["channel"] == "paper"


def test_the_board_shows_running_notices_and_winners_by_quarter_and_organisation(desk: Desk) -> None:
    """R-173."""
    notice_id, _ = desk.posted("方佳", "毛建国")
    assert notice_id in page(desk, "/notify/board/")
    desk.run_deadlines(SATURDAY)
    shown = page(desk, "/notify/board/?period=2013Q1")
    assert shown.index("毛建国") < shown.index("方　佳")
    assert "连续三个周末为学生补课。" in shown
    assert notice_id not in shown
    assert "毛建国" in page(desk, f"/notify/board/{uid('zjy/jin')}")
    assert "毛建国" not in page(desk, f"/notify/board/{uid('zjy/kuai')}")
    assert "适时公布" in page(desk, f"/notify/board/{uid('zjy/kuai')}")
    assert "毛建国\u3000金融学院教工党支部" in shown  # the text to copy
    assert "毛建国" in page(desk, f"/notify/board/{uid('zjy')}/screen")
    poster = desk.client().get(f"/notify/board/{uid('zjy')}/poster.pdf")
    assert poster.data.startswith(b"%PDF")


def test_a_revoked_award_keeps_its_page_without_a_name(desk: Desk) -> None:
    """R-173."""
    _, [award_id] = desk.posted()
    path = f"/notify/awards/{award_id}"
    page(desk, path, status=404)
    desk.run_deadlines(SATURDAY)
    assert "撤销荣誉" in page(desk, path, DEPARTMENT)
    assert "撤销荣誉" not in page(desk, path, HANDLER)
    assert "撤销荣誉" not in page(desk, path)
    send(desk, f"{path}/revoke", DEPARTMENT, reason="事迹不实。")
    shown = page(desk, path)
    assert "已撤销" in shown
    assert "毛建国" not in shown
    assert "事迹不实" not in shown


def test_public_pages_say_nothing_personal_but_name_branch_and_deed(desk: Desk) -> None:
    """Requirements 2.10: no number, no address, nobody who objected, nothing of what was said."""
    notice_id, [award_id, other] = desk.posted("毛建国", "方佳")
    desk.object(notice_id, award_id, text="此人虚报。", name="邻居甲", contact="13800000000")
    publics = ["/notify/board/", f"/notify/board/{uid('zjy')}/screen", f"/notify/notices/{notice_id}"]
    during = [page(desk, path) for path in publics]
    desk.run_deadlines(SATURDAY)
    after = [page(desk, path) for path in [*publics, f"/notify/awards/{other}"]]
    for shown in [*during, *after]:
        for secret in ("此人虚报", "邻居甲", "13800000000", "T004", "@example.edu.cn", str(uid("T004"))):
            assert secret not in shown
    assert "毛建国" not in page(desk, "/notify/board/")  # waits for the decision


def test_the_calendar_is_loaded_from_a_file_and_told(desk: Desk) -> None:
    """R-173."""
    content = "日期,安排,说明\n2027-01-01,放假,元旦\n2027-02-06,上班,春节调休\n".encode("gbk")
    client = desk.client(DEPARTMENT)
    assert client.post("/notify/calendar/", data={"file": (io.BytesIO(content), "2027.csv")}).status_code == 303
    assert "2027年2月6日" in page(desk, "/notify/calendar/", "毛建国")
    assert [day["working"] for day in desk.told("calendar.changed")[0]["days"]] == [False, True]
    assert desk.client(FILER).post("/notify/calendar/", data={}).status_code == 403
    broken = client.post("/notify/calendar/", data={"file": (io.BytesIO(b"x,y"), "a.csv")})
    assert broken.status_code == 422
    assert len(desk.told("calendar.changed")) == 1
    days = [{"day": "2027-01-02", "working": True, "note": ""}]
    assert len(desk.post("/calendar", DEPARTMENT, days=days)) == 3


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        (DEPARTMENT, ["公示异议待处理", "金融学院党总支报送备案"]),
        (HANDLER, ["公示异议待处理"]),
        ("毛建国", []),
        ("蒋总会", []),
    ],
)
def test_the_workbench_asks_those_who_can_act(desk: Desk, name: str, titles: list[str]) -> None:
    """R-170, requirements 4.2."""
    notice_id, [award_id] = desk.posted()
    desk.object(notice_id, award_id)
    desk.verify("方佳")
    assert sorted(task["title"] for task in desk.get("/tasks", name)) == titles


def test_a_returned_filing_is_a_task_of_who_filed_it(desk: Desk) -> None:
    """R-170."""
    desk.verify()
    desk.post(f"/filings/{desk.filing()['id']}/return", DEPARTMENT, reasons="请核对。", revision=1)
    [task] = desk.get("/tasks", FILER)
    assert (task["title"], task["due_on"]) == ("金融学院党总支备案被退回", "2013-04-15")
    desk.at(MONDAY + timedelta(days=30))
    assert desk.get("/tasks", FILER)[0]["group"] == "overdue"


def test_every_route_names_its_permission(desk: Desk) -> None:
    """DESIGN 8."""
    rules = [rule for rule in desk.service.app.url_map.iter_rules() if rule.rule.startswith("/notify/")]
    silent = [
        rule.rule
        for rule in rules
        if not hasattr(desk.service.app.view_functions[rule.endpoint], "permission") and "openapi" not in rule.rule
    ]
    assert len(rules) > 40
    assert silent == []


def test_the_openapi_document_lists_every_command(desk: Desk) -> None:
    """DESIGN 9."""
    paths = desk.get("/openapi.json")["paths"]
    for path in ("filings/{filing_id}/acknowledge", "objections/{objection_id}/decision", "calendar"):
        assert "post" in paths[f"/notify/api/{path}"]
