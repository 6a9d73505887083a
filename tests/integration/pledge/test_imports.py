"""Importing pledges: template, preview, all or nothing, once."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from openpyxl import Workbook, load_workbook

from shared import clock
from tests.client import Answer
from tests.integration.pledge.showing import decide, show, verdict
from tests.integration.pledge.writing import YEAR, submitted, text
from tests.services import Service
from tests.university import University, uid

LINES = (
    "学工号,姓名,年度,一句话承诺,承诺事项,完成时限",
    f"T003,尤文静,{YEAR},每月走访学生寝室2次,每周答疑1次,{YEAR}-12-31",
    f"T003,尤文静,{YEAR},每月走访学生寝室2次,资助2名学生,",
    f"T004,毛建国,{YEAR},全年义务劳动10次,,",
)
CSV = "\n".join(LINES) + "\n"


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def send(pledge: Service, by: UUID, content: str | bytes, *, path: str = "/pledge/api/imports", **form: str) -> Answer:
    data = content.encode() if isinstance(content, str) else content
    file = (io.BytesIO(data), "纸质台账.csv")
    return pledge.client(by).post(path, data={"file": file, **form}, content_type="multipart/form-data")


def test_a_table_is_previewed_then_entered_once(pledge: Service, university: University) -> None:
    officer = university.people["王一鸣"]
    dry = send(pledge, officer, CSV, dry_run="true").json
    assert (dry["created"], dry["errors"], [one["items"] for one in dry["entries"]]) == (2, [], [2, 0])
    assert pledge.told("pledge.submitted") == []
    done = send(pledge, officer, CSV).json
    assert (done["created"], done["unchanged"]) == (2, 0)
    again = send(pledge, officer, CSV).json
    assert (again["created"], again["unchanged"]) == (0, 2)
    assert len(pledge.told("pledge.submitted")) == 2
    (mine,) = pledge.client(university.people["尤文静"]).get("/pledge/api/pledges").json
    assert (mine["by_another"], mine["entry_reason"]) == (True, "据“纸质台账.csv”导入")


def test_one_fault_keeps_the_whole_table_out(pledge: Service, university: University) -> None:
    wrong = CSV + f"T021,李会计,{YEAR},全年记账,,\nT999,谁,{YEAR},什么,,\n"
    refused = send(pledge, university.people["王一鸣"], wrong)
    assert (refused.status_code, refused.json["code"]) == (422, "table_faulty")
    assert refused.json["details"] == [
        "第5行“学工号”：李会计不属于您可以办理的组织。",
        "第6行“学工号”：名册中没有“T999”。",
    ]
    assert pledge.client(university.people["尤文静"]).get("/pledge/api/pledges").json == []
    assert send(pledge, university.people["尤文静"], CSV).status_code == 403


def test_on_the_page_what_was_previewed_is_what_is_entered(pledge: Service, university: University) -> None:
    officer = pledge.client(university.people["王一鸣"])
    place = send(pledge, university.people["王一鸣"], CSV, path="/pledge/imports/").headers["Location"]
    page = officer.get(place).text
    assert "新增2份" in page
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found is not None
    assert send(pledge, university.people["王一鸣"], CSV.split("T004")[0]).status_code == 200
    assert officer.post(f"{place}/enter", data={"digest": found[1]}).status_code == 409
    found = re.search(r'name="digest" value="(\w+)"', officer.get(place).text)
    assert found is not None
    assert officer.post(f"{place}/enter", data={"digest": found[1]}).status_code == 303
    assert officer.post(f"{place}/enter", data={"digest": found[1]}).status_code == 409
    assert "新增1份，原有1份" in officer.get("/pledge/imports/").text
    assert pledge.client(university.people["李会计"]).get(place).status_code == 403


def test_our_own_template_and_workbooks_come_back(pledge: Service, university: University) -> None:
    given = pledge.client(university.people["王一鸣"]).get("/pledge/imports/template.xlsx").data
    sheet = load_workbook(io.BytesIO(given)).active
    assert sheet is not None
    headings = [cell.value for cell in sheet[1]]
    book = Workbook()
    values = {
        "学工号": "T005",
        "年度": str(YEAR),
        "一句话承诺": "每周讲校史1次",
        "记录人": "区小宁",
        "记录日期": f"{YEAR}-01-10",
    }
    book.worksheets[0].append(headings)
    book.worksheets[0].append([values.get(str(heading)) for heading in headings])
    out = io.BytesIO()
    book.save(out)
    assert send(pledge, university.people["王一鸣"], out.getvalue()).json["created"] == 1
    (oral,) = pledge.client(uid("T005")).get("/pledge/api/pledges").json
    assert oral["oral"] is True


def test_uploads_that_nobody_entered_go_after_a_day(pledge: Service, university: University) -> None:
    place = send(pledge, university.people["王一鸣"], CSV, path="/pledge/imports/").headers["Location"]
    pledge.due(clock.now() + timedelta(hours=25))
    assert pledge.client(university.people["王一鸣"]).get(place).status_code == 404


def test_what_is_no_table_is_refused(pledge: Service, university: University) -> None:
    officer = university.people["王一鸣"]
    assert send(pledge, officer, b"\x00\xff\x00").status_code == 422
    assert pledge.client(officer).post("/pledge/imports/", data={}).status_code == 422
    assert send(pledge, officer, "星座,血型\nx,y\n").json["details"][0].startswith("第1行：不认识列名")


def test_an_exported_ledger_of_a_year_fills_an_empty_system(pledge: Service, university: University) -> None:
    """R-033 R-040 R-046 R-047: every form with its items, ties, authors and consultation comes back as it went."""
    people = university.people
    asked = {"method": "座谈会", "dates": "1月", "number": 30, "opinions": "延长开馆", "use": "列入"}
    body = {"form": "organization", "organization_id": str(uid("zjy/jin/jg"))}
    theirs = submitted(pledge, people["王一鸣"], **body, text=text(
        "为学生办好实事", goals="先进支部", consultation=asked, items=[{"content": "延长开馆至22时"}]))  # fmt: skip
    assert decide(pledge, people["郑总"], theirs, **verdict(step="superior")).status_code == 201
    assert show(pledge, people["王一鸣"], theirs).status_code == 201
    shown = pledge.client(people["王一鸣"]).get(f"/pledge/api/pledges/{theirs}").json
    tied = shown["versions"][0]["items"][0]["item_id"]
    rich = [{"content": "每周值班1次", "measure": "=排班", "due_on": f"{YEAR}-06-30", "responsible": "尤文静",
             "beneficiaries": "读者", "aspect": "带头服务群众", "origin": "突出问题", "tags": ["窗口", "品牌"],
             "linked_item_id": tied}, {"content": "每月荐书1次"}]  # fmt: skip
    submitted(pledge, people["尤文静"], text=text("读者之友", items=rich, duty="借阅岗", ability="编目"))
    together = [{"person_id": str(people["毛建国"]), "name": "毛建国"}, {"name": "大三班学生", "headcount": 30}]
    submitted(pledge, people["仇大海"], form="joint", text=text("共建书香校园", items=[], authors=together))
    submitted(pledge, people["文思远"], kind="instant", trigger="emergency", trigger_text="台风", text=text("值守"))
    oral = {"recorded_by": "区小宁", "recorded_on": f"{YEAR}-01-10", "recorded_place": "家中", "witness": "方佳"}
    submitted(pledge, people["区小宁"], person_id=str(people["毛建国"]), entry_reason="口述", oral=oral)
    query = {"organization_id": str(uid("zjy/jin/jg")), "year": YEAR}
    book = pledge.client(people["王一鸣"]).get("/pledge/pledges/ledger.xlsx", query_string=query).data
    before = written(pledge)
    with pledge.connect() as conn:
        conn.execute("SET LOCAL session_replication_role = replica")
        conn.execute("TRUNCATE pledge CASCADE")
    done = send(pledge, people["王一鸣"], book).json
    assert done["errors"] == []
    assert done["created"] == 5
    assert written(pledge) == before
    assert send(pledge, people["王一鸣"], book).json["unchanged"] == 5


def written(pledge: Service) -> list[tuple[object, ...]]:
    """Give all that the pledges say, without ids and without who entered them when."""
    with pledge.connect() as conn:
        return conn.execute(
            """
            SELECT p.organization_id, p.form, p.kind, p.year, p.trigger, p.trigger_text, p.person_id, p.community,
                   p.oral, p.recorded_by, p.recorded_on, p.recorded_place, p.witness, v.headline, v.ability, v.duty,
                   v.goals, v.consultation,
                   (SELECT array_agg((a.person_id, a.name, a.headcount)::text ORDER BY a.position)
                    FROM pledge_author a WHERE a.pledge_id = p.id AND a.version = v.number),
                   (SELECT array_agg((i.content, i.measure, i.due_on, i.responsible, i.beneficiaries, i.aspect,
                                      i.origin, i.tags, l.content)::text ORDER BY i.position)
                    FROM pledge_item i LEFT JOIN pledge_item l ON l.item_id = i.linked_item_id
                    WHERE i.pledge_id = p.id AND i.version = v.number)
            FROM pledge p JOIN pledge_version v ON v.pledge_id = p.id AND v.number = p.version
            ORDER BY v.headline
            """
        ).fetchall()
