"""Who promises together: named in a version, known to the roster, and asked whether they do."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.pledge.showing import approved, decide, published, show, verdict, wall
from tests.integration.pledge.writing import HEADLINE, YEAR, make, submitted, text
from tests.services import Service
from tests.university import University, uid

BRANCH = uid("zjy/jin/jg")
STUDENTS = {"name": "大三班学生", "headcount": 30}


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def member(university: University, name: str, said: str = "") -> dict[str, str]:
    return {"person_id": str(university.people[name]), "name": said or name}


def together(*authors: dict[str, Any], headline: str = HEADLINE, **changes: Any) -> dict[str, Any]:
    return text(headline, authors=list(authors), **changes)


def answer(pledge: Service, by: Any, pledge_id: str, *, joins: bool) -> Any:
    return pledge.client(by).post(f"/pledge/api/pledges/{pledge_id}/answer", json={"joins": joins})


def shown(pledge: Service, by: Any, pledge_id: str) -> dict[str, Any]:
    return dict(pledge.client(by).get(f"/pledge/api/pledges/{pledge_id}").json or {})


def public(pledge: Service, pledge_id: str) -> list[str]:
    return [one["name"] for one in pledge.client().get(f"/pledge/api/wall/pledges/{pledge_id}").json["authors"]]


def status(pledge: Service, university: University, name: str) -> str:
    query = {"organization_id": str(BRANCH), "year": YEAR}
    people = pledge.client(university.people["王一鸣"]).get("/pledge/api/coverage", query_string=query).json["people"]
    return str(next(one["status"] for one in people if one["name"] == name))


def test_an_unreviewed_draft_changes_nobody_on_the_public_page(pledge: Service, university: University) -> None:
    """R-033 R-045: authors belong to the version that names them."""
    me, officer = university.people["尤文静"], university.people["王一鸣"]
    first = together(member(university, "毛建国"))
    pledge_id = published(pledge, me, officer, form="group", text=first)
    words = together(member(university, "仇大海"), headline="每月走访学生寝室3次，帮助5人", reason="人员调整")
    assert pledge.client(me).put(f"/pledge/api/pledges/{pledge_id}", json=words).status_code == 200
    assert public(pledge, pledge_id) == ["毛建国"]
    assert [one["name"] for one in shown(pledge, me, pledge_id)["authors"]] == ["仇大海"]
    assert (status(pledge, university, "毛建国"), status(pledge, university, "仇大海")) == ("pledged", "missing")
    assert pledge.client(me).post(f"/pledge/api/pledges/{pledge_id}/submit").status_code == 200
    assert decide(pledge, officer, pledge_id, **verdict(version=2)).status_code == 201
    assert show(pledge, officer, pledge_id).status_code == 201
    assert public(pledge, pledge_id) == ["仇大海"]
    assert (status(pledge, university, "毛建国"), status(pledge, university, "仇大海")) == ("missing", "pledged")


@pytest.mark.parametrize(
    ("form", "names", "said"),
    [
        ("individual", ["毛建国"], "只有集体承诺和带领群众共同承诺才写共同承诺人，请去掉共同承诺人，或另作一份。"),
        ("group", ["李会计"], "李会计不是本支部的党员，不能列为共同承诺人；其他人请写姓名或人数。"),
        ("group", ["韩群众"], "韩群众不是本支部的党员，不能列为共同承诺人；其他人请写姓名或人数。"),
        ("group", ["尤文静"], "承诺人本人不必再列为共同承诺人。"),
        ("joint", ["毛建国", "毛建国"], "毛建国写了两次。"),
    ],
)
def test_only_members_of_the_branch_are_named_and_only_where_there_are_others(
    pledge: Service, university: University, form: str, names: list[str], said: str
) -> None:
    """R-033 R-042"""
    words = together(*(member(university, name) for name in names))
    body = {"text": words, "form": form, "year": YEAR}
    answered = pledge.client(university.people["尤文静"]).post("/pledge/api/pledges", json=body)
    assert (answered.status_code, answered.json["details"]) == (422, [said])
    ours = make(pledge, university.people["尤文静"], form="joint", text=together(STUDENTS))
    if form != "individual":
        again = pledge.client(university.people["尤文静"]).put(f"/pledge/api/pledges/{ours}", json=words)
        assert (again.status_code, again.json["details"]) == (422, [said])


def test_nobody_unknown_is_named_and_a_member_appears_under_the_name_in_the_roster(
    pledge: Service, university: University
) -> None:
    """R-033"""
    me = university.people["尤文静"]
    ghost = {"text": together({"person_id": str(uid("ghost")), "name": "张三"}), "form": "group", "year": YEAR}
    assert pledge.client(me).post("/pledge/api/pledges", json=ghost).status_code == 422
    pledge_id = make(pledge, me, form="group", text=together(member(university, "毛建国", said="毛主任")))
    assert [one["name"] for one in shown(pledge, me, pledge_id)["authors"]] == ["毛建国"]


def test_a_group_of_members_names_at_least_one_member(pledge: Service, university: University) -> None:
    """R-033: 集体 (several members as joint authors)"""
    me = university.people["尤文静"]
    pledge_id = make(pledge, me, form="group", text=together(STUDENTS))
    refused = pledge.client(me).post(f"/pledge/api/pledges/{pledge_id}/submit")
    assert (refused.status_code, refused.json["details"]) == (422, ["集体承诺请写明还有哪些党员。"])


def test_who_is_named_is_asked_and_may_say_that_it_is_a_mistake(pledge: Service, university: University) -> None:
    """R-033 R-042: who declined is named nowhere in public and does not count as having pledged."""
    people = university.people
    words = together(member(university, "毛建国"), member(university, "仇大海"))
    pledge_id = submitted(pledge, people["尤文静"], form="group", text=words)
    other = pledge.client(people["毛建国"])
    tasks = {one["href"]: one["title"] for one in other.get("/pledge/api/tasks").json}
    assert tasks[f"/pledge/pledges/{pledge_id}"] == "确认是否共同承诺"
    page = other.get(f"/pledge/pledges/{pledge_id}").text
    assert "尤文静把您列为这份承诺的共同承诺人。" in page
    assert "不是我，不参加" in page
    assert answer(pledge, people["仇大海"], pledge_id, joins=True).status_code == 200
    gone = other.post(f"/pledge/pledges/{pledge_id}/answer", data={"joins": "false"})
    assert gone.status_code == 303
    assert f"/pledge/pledges/{pledge_id}" not in {one["href"] for one in other.get("/pledge/api/tasks").json}
    assert other.get(f"/pledge/api/pledges/{pledge_id}").status_code == 403
    assert other.get("/pledge/api/pledges").json == []
    assert (status(pledge, university, "毛建国"), status(pledge, university, "仇大海")) == ("missing", "pledged")
    assert "毛建国说明不参加这份承诺" in pledge.client(people["尤文静"]).get(f"/pledge/pledges/{pledge_id}").text
    assert decide(pledge, people["王一鸣"], pledge_id).status_code == 201
    assert show(pledge, people["王一鸣"], pledge_id).status_code == 201
    assert public(pledge, pledge_id) == ["仇大海"]
    assert answer(pledge, people["毛建国"], pledge_id, joins=True).status_code == 200
    assert public(pledge, pledge_id) == ["毛建国", "仇大海"]


def test_a_text_that_still_names_who_declined_is_not_handed_in(pledge: Service, university: University) -> None:
    """R-033"""
    people = university.people
    words = together(member(university, "毛建国"))
    pledge_id = make(pledge, people["尤文静"], form="group", text=words)
    assert answer(pledge, people["毛建国"], pledge_id, joins=False).status_code == 200
    refused = pledge.client(people["尤文静"]).post(f"/pledge/api/pledges/{pledge_id}/submit")
    assert refused.json["details"] == ["集体承诺请写明还有哪些党员。", "毛建国说明不参加这份承诺，请去掉其姓名。"]


def test_nobody_answers_for_a_pledge_that_does_not_name_them(pledge: Service, university: University) -> None:
    people = university.people
    pledge_id = submitted(pledge, people["尤文静"], form="group", text=together(member(university, "毛建国")))
    for stranger in ("仇大海", "李会计", "王一鸣", "尤文静"):
        refused = answer(pledge, people[stranger], pledge_id, joins=False)
        assert (refused.status_code, refused.json["code"]) == (403, "not_named"), stranger
    pledge.client(people["尤文静"]).post(f"/pledge/api/pledges/{pledge_id}/withdraw")
    assert answer(pledge, people["毛建国"], pledge_id, joins=True).json["code"] == "pledge_over"


def test_who_promises_together_reports_on_it_too(pledge: Service, university: University) -> None:
    """R-033 R-041"""
    people = university.people
    pledge_id = published(pledge, people["尤文静"], people["王一鸣"], form="group",
                          text=together(member(university, "毛建国")))  # fmt: skip
    (item,) = shown(pledge, people["毛建国"], pledge_id)["versions"][0]["items"]
    report = {"item_id": item["item_id"], "state": "done", "note": "共同完成"}
    address = f"/pledge/api/progress/{pledge_id}"
    assert pledge.client(people["毛建国"]).post(address, json=report).status_code == 201
    assert pledge.client(people["仇大海"]).post(address, json=report).status_code == 403


def test_all_who_promise_are_named_on_the_wall_the_screen_and_on_paper(pledge: Service, university: University) -> None:
    """R-033 R-061"""
    people = university.people
    few = published(pledge, people["尤文静"], people["王一鸣"], form="group",
                    text=together(member(university, "毛建国")))  # fmt: skip
    many = published(pledge, people["文思远"], people["王一鸣"], form="joint",
                     text=together(member(university, "毛建国"), member(university, "仇大海"), STUDENTS))  # fmt: skip
    names = {one["pledge_id"]: one["signature"] for one in wall(pledge, BRANCH)["hung"]}
    assert names == {few: "尤文静、毛建国", many: "文思远等33人"}
    for page in (f"/pledge/wall/{BRANCH}?year={YEAR}", f"/pledge/wall/{BRANCH}/screen?year={YEAR}"):
        shown_page = pledge.client().get(page).text
        assert "尤文静、毛建国" in shown_page
        assert "文思远等33人" in shown_page


def test_the_event_of_a_published_pledge_tells_who_made_it_together(pledge: Service, university: University) -> None:
    """R-033 R-139"""
    people = university.people
    words = together(member(university, "毛建国"), member(university, "仇大海"), STUDENTS)
    pledge_id = approved(pledge, people["尤文静"], people["王一鸣"], form="joint", text=words)
    answer(pledge, people["仇大海"], pledge_id, joins=False)
    show(pledge, people["王一鸣"], pledge_id)
    (told,) = pledge.told("pledge.published")
    assert told["data"]["author_ids"] == [str(people["毛建国"])]
