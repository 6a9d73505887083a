"""What the tables of pledges forbid is refused in words before anything is kept: one test for each check."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.pledge.showing import decide, returning, show
from tests.integration.pledge.writing import YEAR, make, submitted, text
from tests.rows import one
from tests.services import Service
from tests.university import University, uid

BRANCH = str(uid("zjy/jin/jg"))
ORAL = {"recorded_by": "区小宁", "recorded_on": f"{YEAR}-01-10"}
NO_TRIGGER = "即时承诺请选择因何提出：阶段性重点工作、临时性任务或突发性事件。"
REFUSED: dict[str, dict[str, Any]] = {
    "form": {"form": "choir"},
    "kind": {"kind": "weekly"},
    "trigger": {"kind": "instant", "trigger": "whim", "trigger_text": "迎新"},
    "year": {"year": 1999},
    "an instant pledge has a trigger": {"kind": "instant", "trigger_text": "迎新"},
    "an annual pledge has none": {"trigger": "task", "trigger_text": "迎新"},
    "a spoken pledge names its recorder": {"oral": {**ORAL, "recorded_by": ""}},
    "a spoken pledge has its day": {"oral": {"recorded_by": "区小宁"}},
    "a headcount is at least one": {"text": text(authors=[{"name": "大三班学生", "headcount": 0}]), "form": "joint"},
}


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def kept(pledge: Service) -> int:
    with pledge.connect() as conn:
        return int(one(conn.execute("SELECT count(*) FROM pledge"))[0])


@pytest.mark.parametrize("check", REFUSED)
def test_a_pledge_against_a_check_is_refused_and_nothing_is_kept(
    pledge: Service, university: University, check: str
) -> None:
    """R-032 R-012 R-033"""
    body = {"text": text(), "year": YEAR, **REFUSED[check]}
    answer = pledge.client(university.people["尤文静"]).post("/pledge/api/pledges", json=body)
    assert answer.status_code == 422, answer.json
    assert kept(pledge) == 0


def test_all_that_is_wrong_with_the_occasion_is_said_at_once(pledge: Service, university: University) -> None:
    """R-032"""
    body = {"text": text(), "kind": "instant", "year": YEAR + 5}
    answer = pledge.client(university.people["尤文静"]).post("/pledge/api/pledges", json=body)
    assert (answer.status_code, answer.json["code"]) == (422, "bad_pledge")
    assert answer.json["details"] == [
        NO_TRIGGER, "即时承诺请写明因何事提出。", "年度只能是去年、今年或明年；去年的据纸质承诺补录。",
    ]  # fmt: skip


def test_the_page_refuses_an_instant_pledge_without_a_trigger_in_words(pledge: Service, university: University) -> None:
    """R-032"""
    form = {"headline": "每天值守抗台", "kind": "instant", "year": str(YEAR), "trigger_text": "防台抢险"}
    answer = pledge.client(university.people["尤文静"]).post("/pledge/pledges/", data=form)
    assert answer.status_code == 422
    assert NO_TRIGGER in answer.text
    assert kept(pledge) == 0


def test_an_organisation_s_pledge_has_no_person_and_another_s_has_one(pledge: Service, university: University) -> None:
    """R-190"""
    me = university.people["王一鸣"]
    body = {"form": "organization", "organization_id": BRANCH, "person_id": str(me), "year": YEAR, "text": text()}
    assert pledge.client(me).post("/pledge/api/pledges", json=body).json["person_id"] is None
    body = {"form": "individual", "organization_id": BRANCH, "year": YEAR, "text": text()}
    assert pledge.client(me).post("/pledge/api/pledges", json=body).json["person_id"] == str(me)


def test_an_item_that_comes_twice_becomes_two_items(pledge: Service, university: University) -> None:
    """R-034"""
    me = university.people["尤文静"]
    pledge_id = make(pledge, me)
    client = pledge.client(me)
    (item,) = client.get(f"/pledge/api/pledges/{pledge_id}").json["versions"][0]["items"]
    twice = [{"content": "每周答疑1次", "item_id": item["item_id"]}] * 2
    assert client.put(f"/pledge/api/pledges/{pledge_id}", json=text(items=twice)).status_code == 200
    items = client.get(f"/pledge/api/pledges/{pledge_id}").json["versions"][0]["items"]
    assert len({one["item_id"] for one in items}) == 2
    assert items[0]["item_id"] == item["item_id"]


def test_a_verdict_keeps_to_the_standards_and_a_return_has_advice(pledge: Service, university: University) -> None:
    """R-050 R-054"""
    pledge_id = submitted(pledge, university.people["尤文静"])
    officer = university.people["王一鸣"]
    for change in ({"advice": "   "}, {"met": ["字写得好"]}, {"step": "minister"}):
        assert decide(pledge, officer, pledge_id, **{**returning(), **change}).status_code == 422
    assert decide(pledge, officer, pledge_id, **returning()).status_code == 201


def test_a_showing_a_window_and_a_treatment_keep_to_their_checks(pledge: Service, university: University) -> None:
    """R-058 R-044 R-013"""
    officer, above = university.people["王一鸣"], university.people["陈部长"]
    pledge_id = submitted(pledge, university.people["尤文静"])
    assert show(pledge, officer, pledge_id, scope="universe").status_code == 422
    window = {"organization_id": str(uid("zjy")), "year": YEAR, "opens_on": f"{YEAR}-03-01"}
    answer = pledge.client(above).put("/pledge/api/rounds", json={**window, "closes_on": f"{YEAR}-02-01"})
    assert answer.status_code == 422
    case = {"person_id": str(university.people["毛建国"]), "year": YEAR, "kind": "holiday", "reason": "年老"}
    assert pledge.client(officer).post("/pledge/api/treatments", json=case).status_code == 422


def test_a_signed_opinion_has_a_name_that_can_be_read(pledge: Service, university: University) -> None:
    """R-060"""
    said = {"organization_id": BRANCH, "text": "请延长开馆时间。", "name": "   "}
    answer = pledge.client().post("/pledge/api/opinions", json=said)
    assert answer.status_code in {201, 422}
    with pledge.connect() as conn:
        rows = conn.execute("SELECT signed, name IS NOT NULL FROM opinion").fetchall()
    assert rows == ([(False, False)] if answer.status_code == 201 else [])
