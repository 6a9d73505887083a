"""What belongs to a pledge made together is documented under all names, open to each, and decided by none of them."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from shared import clock
from tests.integration.pledge.fulfilling import published
from tests.integration.pledge.writing import YEAR, text
from tests.services import Service
from tests.university import University, uid

BRANCH = str(uid("zjy/jin/jg"))
HELP = {"grounds": "答疑次数不够", "content": "排出时间"}
CRITICISM = {"kind": "criticism", "grounds": "两项承诺逾期未办", "content": "党总支范围", "skip_reason": "已口头提醒"}


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    university.settings["supervision.ladder"] = ["help", "criticism", "rectify", "announce"]
    return service("pledge")


def together(pledge: Service, university: University, *others: str) -> str:
    """Bring a pledge of 尤文静 and others onto the wall; give its id."""
    authors: list[dict[str, Any]] = [{"person_id": str(university.people[name]), "name": name} for name in others]
    words = text(authors=[*authors, {"name": "大三班学生", "headcount": 30}])
    return published(pledge, university.people["尤文静"], form="joint", text=words)


def titles(pledge: Service, by: UUID) -> list[str]:
    return [one["title"] for one in pledge.client(by).get("/pledge/api/tasks").json]


def post(pledge: Service, by: UUID, path: str, **body: Any) -> Any:
    return pledge.client(by).post(f"/pledge/api/{path}", json=body)


def test_all_who_promise_stand_where_it_is_documented_how_it_is_kept(pledge: Service, university: University) -> None:
    """R-033 R-070 R-073: the table, the measures and the overview name everybody, not the first alone"""
    names = "尤文静、毛建国、大三班学生30人"
    pledge_id = together(pledge, university, "毛建国")
    secretary = pledge.client(university.people["王一鸣"])
    for path in (f"progress/{pledge_id}", f"measures/?pledge_id={pledge_id}", f"difficulties/?pledge_id={pledge_id}",
                 f"supervision/?organization_id={BRANCH}&year={YEAR}"):  # fmt: skip
        assert names in secretary.get(f"/pledge/{path}").text, path
    query = {"organization_id": BRANCH, "year": YEAR}
    assert [one["name"] for one in secretary.get("/pledge/api/supervision", query_string=query).json["lines"]] == [
        names
    ]
    printed = secretary.get(f"/pledge/progress/{pledge_id}/table.pdf").data
    assert f"承诺人：{names}" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)


def test_each_who_promises_reports_the_own_difficulties_and_reads_no_colleague_s(
    pledge: Service, university: University
) -> None:
    """R-033 R-080, requirements 2.10: illness may be one"""
    me, other, stranger = (university.people[name] for name in ("尤文静", "毛建国", "仇大海"))
    pledge_id = together(pledge, university, "毛建国")
    found = {by: post(pledge, by, "difficulties", pledge_id=pledge_id, text="缺少场地") for by in (me, other)}
    assert [one.status_code for one in found.values()] == [201, 201]
    ids = {by: one.json["id"] for by, one in found.items()}
    for reader, whole in ((me, [ids[me]]), (other, [ids[other]]), (university.people["王一鸣"], [*ids.values()])):
        listed = pledge.client(reader).get(f"/pledge/api/difficulties?pledge_id={pledge_id}").json
        assert {one["id"] for one in listed} == set(whole)
        read = {one: pledge.client(reader).get(f"/pledge/api/difficulties/{one}").status_code for one in ids.values()}
        assert read == {one: 200 if one in whole else 403 for one in ids.values()}
        assert pledge.client(reader).get(f"/pledge/difficulties/?pledge_id={pledge_id}").status_code == 200
    assert pledge.client(stranger).get(f"/pledge/api/difficulties?pledge_id={pledge_id}").status_code == 403
    assert (
        f"/pledge/difficulties/?pledge_id={pledge_id}" in pledge.client(other).get(f"/pledge/pledges/{pledge_id}").text
    )


def test_what_the_pledger_says_to_a_measure_is_not_read_by_who_promises_too(
    pledge: Service, university: University
) -> None:
    """R-073, requirements 2.10"""
    other = pledge.client(university.people["毛建国"])
    pledge_id = together(pledge, university, "毛建国")
    measure_id = post(pledge, university.people["区小宁"], "measures/help", pledge_id=pledge_id, **HELP).json["id"]
    for path in (
        f"api/measures/{measure_id}",
        f"api/measures?pledge_id={pledge_id}",
        f"measures/?pledge_id={pledge_id}",
    ):
        assert other.get(f"/pledge/{path}").status_code == 403, path
    assert "/pledge/measures/" not in other.get(f"/pledge/pledges/{pledge_id}").text


def test_nobody_takes_a_measure_on_what_he_or_she_promises_with_others(pledge: Service, university: University) -> None:
    """R-073 R-075, requirements 2.5: 郑总 leads the 党总支 and promises in the branch as a member like others"""
    head, committee, secretary = (university.people[name] for name in ("郑总", "区小宁", "王一鸣"))
    pledge_id = together(pledge, university, "郑总", "区小宁")
    for by in (head, committee):
        assert post(pledge, by, "measures/help", pledge_id=pledge_id, **HELP).json["code"] == "own_measure"
    assert post(pledge, secretary, "measures/help", pledge_id=pledge_id, **HELP).status_code == 201
    assert post(pledge, head, "measures", pledge_id=pledge_id, **CRITICISM).json["code"] == "own_measure"
    shown = pledge.client(head).get(f"/pledge/measures/?pledge_id={pledge_id}").text
    assert "提出督促措施" not in shown
    assert "登记提醒和帮助" not in shown


def test_a_measure_on_a_pledge_that_was_joined_later_is_decided_by_another(
    pledge: Service, university: University
) -> None:
    """R-075: also where the revision that names the head of the 党总支 comes after the proposal"""
    head, me = university.people["郑总"], university.people["尤文静"]
    pledge_id = together(pledge, university, "毛建国")
    measure_id = post(pledge, head, "measures", pledge_id=pledge_id, **CRITICISM).json["id"]
    assert post(pledge, me, f"measures/{measure_id}/reply", reply="住院两个月").status_code == 200
    assert "一项督促措施等待决定" in titles(pledge, head)
    with pledge.connect() as conn:
        conn.execute("UPDATE pledge_author SET person_id = %s, name = '郑总' WHERE name = '毛建国'", [head])
    for what, said in (("decision", {"decision": "通报批评"}), ("drop", {"reason": "已经改正"})):
        assert post(pledge, head, f"measures/{measure_id}/{what}", **said).json["code"] == "own_measure", what
    assert "一项督促措施等待决定" not in titles(pledge, head)


def test_nobody_answers_a_difficulty_with_what_he_or_she_promises_with_others(
    pledge: Service, university: University
) -> None:
    """R-080"""
    committee, secretary = university.people["区小宁"], university.people["王一鸣"]
    pledge_id = together(pledge, university, "区小宁")
    difficulty_id = post(
        pledge, university.people["尤文静"], "difficulties", pledge_id=pledge_id, text="缺少场地"
    ).json["id"]
    given = {"text": "由支部联系教室", "outcome": "answered"}
    assert "1件履诺困难待答复" not in titles(pledge, committee)
    assert post(pledge, committee, f"difficulties/{difficulty_id}/answers", **given).json["code"] == "own_difficulty"
    assert "1件履诺困难待答复" in titles(pledge, secretary)
    assert post(pledge, secretary, f"difficulties/{difficulty_id}/answers", **given).status_code == 201


def test_the_pledger_does_not_answer_a_difficulty_of_who_promises_too(pledge: Service, university: University) -> None:
    """R-080: an officer who pledges with a member is not the one to help with it"""
    committee, member, secretary = (university.people[name] for name in ("区小宁", "毛建国", "王一鸣"))
    words = text(authors=[{"person_id": str(member), "name": "毛建国"}])
    pledge_id = published(pledge, committee, form="group", text=words)
    difficulty_id = post(pledge, member, "difficulties", pledge_id=pledge_id, text="缺少场地").json["id"]
    given = {"text": "由支部联系教室", "outcome": "answered"}
    assert post(pledge, committee, f"difficulties/{difficulty_id}/answers", **given).json["code"] == "own_difficulty"
    assert "1件履诺困难待答复" not in titles(pledge, committee)
    assert "1件履诺困难待答复" in titles(pledge, secretary)


def test_an_inspection_names_all_who_promise_what_was_drawn(pledge: Service, university: University) -> None:
    """R-033 R-078"""
    head = university.people["郑总"]
    together(pledge, university, "毛建国")
    body = {"organization_id": BRANCH, "kind": "random", "title": "随机抽查", "year": YEAR, "size": 1,
            "held_on": clock.today().isoformat()}  # fmt: skip
    made = post(pledge, head, "inspections", **body)
    assert made.status_code == 201, made.json
    assert "尤文静、毛建国、大三班学生30人" in pledge.client(head).get(f"/pledge/inspections/{made.json['id']}").text


def test_the_ledger_names_all_who_promise_and_nobody_who_declined(pledge: Service, university: University) -> None:
    """R-033 R-042: on the page, in the interface and on paper; the workbook has a column for them"""
    names, secretary = "尤文静、毛建国、大三班学生30人", pledge.client(university.people["王一鸣"])
    pledge_id = together(pledge, university, "毛建国", "仇大海")
    no = post(pledge, university.people["仇大海"], f"pledges/{pledge_id}/answer", joins=False)
    assert no.status_code == 200, no.json
    query = {"organization_id": BRANCH, "year": YEAR}
    (line,) = secretary.get("/pledge/api/ledger", query_string=query).json["lines"]
    assert (line["name"], line["together"]) == ("尤文静", "毛建国、大三班学生30人")
    assert f">{names}<" in secretary.get("/pledge/pledges/", query_string=query).text
    printed = secretary.get("/pledge/pledges/ledger.pdf", query_string=query).data
    on_paper = "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(printed)).pages)
    assert names in on_paper
    assert "仇大海" not in on_paper
