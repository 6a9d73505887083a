"""The pages of 评诺: from the list to the thanks for a form, sheets on paper, tasks, messages."""

import io
import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from shared.events.evaluation import MeetingAttended
from shared.events.pledge import PledgeAppraised
from tests.integration.pledge import appraising
from tests.integration.pledge.appraising import BRANCH
from tests.integration.pledge.writing import YEAR
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def text_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")


def test_people_go_through_the_year_by_pages(pledge: Service, university: University) -> None:
    """R-090 R-094 R-095 R-097 R-098 R-101 R-102: one screen per member, and the same on paper."""
    who = university.people
    secretary, member, peer = (pledge.client(who[name]) for name in ("王一鸣", "尤文静", "毛建国"))
    pledge_id = appraising.with_pledge(pledge, university)
    appraising.finish(pledge, who["尤文静"], pledge_id)
    assert "综合评议" in member.get("/pledge/assessments/").text
    opening = {"organization_id": BRANCH, "kind": "yearly", "year": str(YEAR), "invited": "5"}
    opened = secretary.post("/pledge/assessments/", data=opening)
    place = opened.headers["Location"]
    assessment_id = place.rpartition("/")[2]
    assert "互评表" in peer.get(place).text
    titles = [task["title"] for task in member.get("/pledge/api/tasks").json]
    assert any("个人自评" in title for title in titles)
    assert any("填写党员互评表" in title for title in titles)
    form = peer.post(f"/pledge/forms/{assessment_id}/take").text
    token = re.search(r'name="token" value="([^"]+)"', form)
    line = re.search(r'name="(c-[^"]+)" value="好"', form)
    assert token
    assert line
    assert "尤文静" in form
    answer = {"source": "peer", "token": token[1], line[1]: "好", "text": "答疑很有帮助"}
    assert "评议表已收到" in pledge.client().post(f"/pledge/forms/{assessment_id}/answers", data=answer).text
    assert "群众测评表" in pledge.client().get(f"/pledge/forms/{assessment_id}").text
    (row,) = appraising.rows(pledge, who["王一鸣"], assessment_id)
    page = f"/pledge/appraisals/{row['id']}"
    (item_id,) = appraising.items(pledge, who["尤文静"], pledge_id)
    assert member.post(f"{page}/self", data={f"m-{item_id}": "共36次", "grade": "好"}).status_code == 303
    totals = {
        "source": "mass",
        "papers": "5",
        "tellers": "钱多、孙丽",
        f"n|{row['id']}|好": "4",
        f"n|{row['id']}|一般": "1",
    }
    papers = f"/pledge/forms/{assessment_id}/papers"
    assert secretary.post(papers, data=totals).status_code == 303
    confirm = re.search(r"/pledge/forms/papers/[^/]+/confirm", pledge.client(who["区小宁"]).get(papers).text)
    assert confirm
    assert pledge.client(who["区小宁"]).post(confirm[0]).status_code == 303
    assert secretary.post(f"{page}/comment", data=appraising.COMMENT).status_code == 303
    assert "评议表还在收取" in secretary.get(page).text
    assert "答疑坚持全年" not in member.get(page).text
    assert secretary.post(f"{place}/close-forms").status_code == 303
    strongly = secretary.post(f"{page}/decide", data={"grade": "差"})
    assert "相差较大" in strongly.text
    assert secretary.post(f"{page}/decide", data={"grade": "好", "reason": "说到做到"}).status_code == 303
    seen = member.get(page).text
    assert "答疑坚持全年" in seen
    assert "说到做到" in seen
    assert member.post(f"{page}/reply", data={"text": "感谢大家"}).status_code == 303
    assert secretary.post(f"{place}/publish", data={"scope": "branch"}).status_code == 303
    assert "按姓氏笔画排列" in peer.get(f"{place}/results").text
    assert pledge.client().get(f"{place}/results").status_code == 404
    printed = text_of(member.get(f"{page}/sheet.pdf").data)
    assert "共36次" in printed
    assert "参加5人" in printed
    assert "示例党〔2013〕1号" in printed  # R-282
    written = docx.Document(io.BytesIO(member.get(f"{page}/sheet.docx").data))
    cells = "".join(cell.text for table in written.tables for line in table.rows for cell in line.cells)
    assert "努力方向：多听学生意见" in cells
    assert "感谢大家" in cells
    book = load_workbook(io.BytesIO(secretary.get(f"{place}/results.xlsx").data))
    assert [book.worksheets[0][3][column].value for column in (0, 5)] == ["尤文静", "好"]
    assert member.get(f"{place}/results.xlsx").status_code == 403
    assert "尤文静" in text_of(secretary.get(f"/pledge/forms/{assessment_id}/peer.pdf").data)
    assert page in member.get(f"/pledge/pledges/{pledge_id}").text


def test_the_paper_of_the_masses_carries_the_code_of_the_page(pledge: Service, university: University) -> None:
    """R-095 R-097"""
    who = university.people
    appraising.with_pledge(pledge, university)
    assessment_id = appraising.open_(pledge, who["王一鸣"], invited=30, coded=False)
    paper = text_of(pledge.client(who["王一鸣"]).get(f"/pledge/forms/{assessment_id}/mass.pdf").data)
    assert "扫码" in paper
    assert "尤文静" in paper


def test_a_colleague_opens_no_appraisal_but_the_own(pledge: Service, university: University) -> None:
    who = university.people
    _, assessment_id, appraisal_id = appraising.decidable(pledge, university)
    for name in ("毛建国", "李会计", "韩群众"):
        assert pledge.client(who[name]).get(f"/pledge/appraisals/{appraisal_id}").status_code == 403
        assert pledge.client(who[name]).get(f"/pledge/appraisals/{appraisal_id}/sheet.pdf").status_code == 403
    page = pledge.client(who["毛建国"]).get(f"/pledge/assessments/{assessment_id}").text
    assert appraisal_id not in page


def test_the_member_is_told_without_the_result(service: Callable[[str], Service], university: University) -> None:
    """R-099: the message names neither person nor grade."""
    notify, member = service("notify"), university.people["尤文静"]
    appraisal_id: UUID = uid("appraisal")
    notify.hear(
        PledgeAppraised, appraisal_id=appraisal_id, pledge_id=uid("pledge"), organization_id=uid("zjy/jin/jg"),
        person_id=member, year=YEAR, grade="较好", done=1, total=1,
    )  # fmt: skip
    (message,) = notify.client(member).get("/notify/api/messages").json
    assert message["href"] == f"/pledge/appraisals/{appraisal_id}"
    assert "较好" not in message["text"]


def test_attendance_stands_beside_what_was_done(pledge: Service, university: University) -> None:
    """R-098: 定量考核与定性分析、平时考核与年终考核; each meeting of the year counts once."""
    who = university.people
    _, _, appraisal_id = appraising.decidable(pledge, university)
    came = {"尤文静": "present", "毛建国": "absent"}
    for number, (year, presence) in enumerate([(YEAR, "present"), (YEAR, "excused"), (YEAR - 1, "absent")], 1):
        people = [{"person_id": who[name], "presence": each} for name, each in {**came, "尤文静": presence}.items()]
        for _ in range(2):
            pledge.hear(
                MeetingAttended, meeting_id=uid(f"meeting {number}"), organization_id=uid("zjy/jin/jg"),
                period=f"{year}Q{number}", held_on=date(year, 3 * number, 20), people=people,
            )  # fmt: skip
    seen = pledge.client(who["尤文静"]).get(f"/pledge/api/appraisals/{appraisal_id}").json
    assert seen["attendance"] == {"meetings": 2, "present": 1, "excused": 1, "absent": 0}
    assert "应到2次，出席1次，请假1次" in pledge.client(who["王一鸣"]).get(f"/pledge/appraisals/{appraisal_id}").text
    printed = text_of(pledge.client(who["尤文静"]).get(f"/pledge/appraisals/{appraisal_id}/sheet.pdf").data)
    assert "出席1次" in printed


@pytest.mark.parametrize("state", ["done", "partial", "undone", "changed", "cancelled"])
def test_the_annual_sheet_leaves_no_matter_out(pledge: Service, university: University, state: str) -> None:
    """R-077 R-101: 变更 and 取消 end a matter too; what is cancelled is no longer promised."""
    who = university.people
    pledge_id = appraising.with_pledge(pledge, university)
    appraising.finish(pledge, who["尤文静"], pledge_id, state=state)
    assessment_id = appraising.open_(pledge, who["王一鸣"])
    (row,) = appraising.rows(pledge, who["王一鸣"], assessment_id)
    given = pledge.client(who["王一鸣"]).get(f"/pledge/appraisals/{row['id']}/sheet.docx").data
    tables = docx.Document(io.BytesIO(given)).tables
    cells = [cell.text for table in tables for line in table.rows for cell in line.cells]
    (counted,) = {text for text in cells if text.startswith("共")}
    total, *parts, cancelled = map(int, re.findall(r"(?<!按时)(\d+)项", counted))
    assert total == sum(parts)
    assert total + cancelled == 1
    assert cancelled == (state == "cancelled")
