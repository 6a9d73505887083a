"""Who has pledged, who need not, who is missing; the ledger on pages and in files."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from shared.directory import store as directory
from tests.integration.pledge.writing import HEADLINE, YEAR, make, submitted, text
from tests.services import Service
from tests.university import TENANT, University, organization, person, uid

U = University()
BRANCH, TOP = str(uid("zjy/jin/jg")), str(uid("zjy"))
EXEMPTING = {**U.settings, "pledge.treatments": ["oral", "encouraged", "exempt"]}
KEYS = ("members", "pledged", "oral", "encouraged", "exempt", "missing")


@pytest.fixture(scope="module")
def pledge(standing: Callable[[str], Service]) -> Service:
    """A branch where one pledged, one spoke, one joined another's, one is encouraged, one only began."""
    made = standing("pledge")
    with made.connect() as conn:
        directory.save_organization(conn, TENANT, organization("zjy/jin/jg/1", "group", "第一党小组", ""))
        directory.save_person(conn, TENANT, person("韦小组", "T009", "zjy/jin/jg/1", 50))
    joint = text(authors=[{"person_id": str(uid("T008")), "name": "尹志强"}, {"name": "大三班学生", "headcount": 30}])
    submitted(made, U.people["尤文静"], form="group", text=joint)
    oral = {"recorded_by": "区小宁", "recorded_on": f"{YEAR}-01-10"}
    submitted(made, U.people["区小宁"], person_id=str(uid("T004")), entry_reason="口述", oral=oral)
    submitted(made, uid("T009"), text=text("=1+1，每周1次"))
    make(made, U.people["方佳"])
    submitted(made, U.people["王一鸣"], text=text("全年联系3个班级"))
    submitted(made, U.people["王一鸣"], community="文鼎苑社区党支部")
    submitted(made, U.people["毛建国"], kind="instant", trigger="emergency", trigger_text="防台")
    consultation = {"method": "座谈会", "dates": "1月", "number": 30}
    submitted(
        made,
        U.people["王一鸣"],
        form="organization",
        organization_id=BRANCH,
        text=text("三件实事", consultation=consultation),
    )
    body = {"person_id": str(uid("T005")), "year": YEAR, "kind": "encouraged", "reason": "年迈", "work": "讲校史"}
    assert made.client(U.people["王一鸣"]).post("/pledge/api/treatments", json=body).status_code == 201
    with made.connect() as conn:
        directory.save_adoption(conn, TENANT, {**U.adoption(version=2), "settings": EXEMPTING})
    return made


def covered(pledge: Service, name: str, **query: object) -> Any:
    answer = pledge.client(U.people[name]).get("/pledge/api/coverage", query_string={"year": YEAR, **query})
    assert answer.status_code == 200, answer.json
    return answer.json


def test_every_member_pledges_speaks_or_need_not(pledge: Service) -> None:
    """R-012 R-013 R-033 R-042: list who has none"""
    view = covered(pledge, "王一鸣")
    # 郑总 is exempt by the roster, 韦小组 counts to the branch of the 党小组.
    assert [view["total"][key] for key in KEYS] == [10, 4, 1, 1, 1, 3]
    assert (view["total"]["asked"], view["total"]["covered"]) == (9, 6), "the exempt leave the denominators"
    missing = [one["name"] for one in view["people"] if one["status"] == "missing" and one["party"]]
    assert missing == ["区小宁", "文思远", "方佳"]
    assert view["people"][0]["secretary"] is True
    page = pledge.client(U.people["王一鸣"]).get(f"/pledge/coverage/?year={YEAR}").text
    assert "还没有承诺的党员（3人）" in page
    assert "<span>6／9</span>" in page
    assert "免予参加的1人不计算在内" in page
    assert "已有草稿" in page
    assert "代为录入" in page


def test_the_levels_add_up_and_leave_nobody_out(pledge: Service) -> None:
    """R-043: 全面覆盖,不留空白点; for members and for organizations"""
    top = covered(pledge, "陈部长")
    assert [row["name"] for row in top["rows"]] == [
        "中共浙江示例学院委员会", "金融学院党总支", "会计学院党总支", "图书馆直属党支部",
    ]  # fmt: skip
    assert (top["total"]["organizations"], top["total"]["organizations_pledged"]) == (7, 1)
    for key in KEYS:
        assert top["total"][key] == sum(row[key] for row in top["rows"])
    assert top["total"]["members"] == sum(top["total"][key] for key in KEYS[1:])
    below = covered(pledge, "陈部长", organization_id=str(uid("zjy/jin")))
    (jin,) = [row for row in top["rows"] if row["name"] == "金融学院党总支"]
    assert {key: below["total"][key] for key in KEYS} == {key: jin[key] for key in KEYS}
    assert covered(pledge, "陈部长", year=YEAR - 1)["total"]["pledged"] == 0


def test_coverage_stops_at_one_s_own_reach(pledge: Service) -> None:
    client = pledge.client(U.people["李会计"])
    assert client.get("/pledge/api/coverage", query_string={"organization_id": BRANCH}).status_code == 403
    assert pledge.client(U.people["毛建国"]).get("/pledge/api/coverage").status_code == 403
    assert covered(pledge, "李会计")["organization_id"] == str(uid("zjy/kuai/jg"))


def test_the_ledger_lists_the_organisation_then_secretaries_then_members(pledge: Service) -> None:
    """R-009: 书记带头 R-010 R-193"""
    answer = pledge.client(U.people["郑总"]).get("/pledge/api/ledger", query_string={"year": YEAR})
    names = [line["name"] for line in answer.json["lines"]]
    assert names == ["金融学院教工党支部", "王一鸣", "王一鸣", "尤文静", "毛建国", "毛建国", "方佳", "韦小组"]
    assert answer.json["lines"][0]["items"] == f"1．每周为考研学生答疑1次（{YEAR}-12-31前）"
    instant = pledge.client(U.people["郑总"]).get("/pledge/pledges/", query_string={"year": YEAR, "kind": "instant"})
    assert "毛建国" in instant.text
    assert "尤文静" not in instant.text


def test_members_see_in_the_ledger_what_is_published(pledge: Service) -> None:
    answer = pledge.client(U.people["毛建国"]).get("/pledge/api/ledger", query_string={"year": YEAR})
    assert (answer.json["total"], answer.json["lines"]) == (0, [])
    page = pledge.client(U.people["毛建国"]).get(f"/pledge/pledges/?year={YEAR}").text
    assert "还没有公示的承诺" in page
    assert "下载 Excel" not in page


def test_the_ledger_goes_out_as_a_workbook_in_which_no_text_is_a_formula(pledge: Service) -> None:
    answer = pledge.client(U.people["王一鸣"]).get(f"/pledge/pledges/ledger.xlsx?year={YEAR}")
    assert answer.headers["Content-Disposition"].isascii(), "gunicorn refuses any other"
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    assert sheet["A1"].value == f"金融学院教工党支部{YEAR}年度承诺台账"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert len(rows) == 8
    assert {row[2] for row in rows} >= {"王一鸣", "毛建国"}
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []
    assert "=1+1，每周1次" in [row[7] for row in rows]
    assert any("代为录入：口述" in str(row[12]) and "口头承诺" in str(row[12]) for row in rows)
    assert pledge.client(U.people["毛建国"]).get("/pledge/pledges/ledger.xlsx").status_code == 403


def test_the_ledger_prints(pledge: Service) -> None:
    answer = pledge.client(U.people["王一鸣"]).get(f"/pledge/pledges/ledger.pdf?year={YEAR}")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")


def test_staff_are_counted_where_the_scheme_has_them_pledge(pledge: Service) -> None:
    """R-017 C19"""
    view = covered(pledge, "王一鸣")
    assert view["total"]["staff"] == 1
    assert "党外干部职工" not in pledge.client(U.people["王一鸣"]).get(f"/pledge/coverage/?year={YEAR}").text
    with pledge.connect() as conn:
        adopted = {**U.adoption(version=3), "settings": {**EXEMPTING, "pledge.forms": ["individual", "staff"]}}
        directory.save_adoption(conn, TENANT, adopted)
    assert "党外干部职工" in pledge.client(U.people["王一鸣"]).get(f"/pledge/coverage/?year={YEAR}").text
    submitted(pledge, uid("T061"), form="staff", text=text(HEADLINE))
    assert covered(pledge, "王一鸣")["total"]["staff_pledged"] == 1
