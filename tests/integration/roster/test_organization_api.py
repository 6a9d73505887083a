"""Organisations through the API, and what the other services hear of them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.services import Service
from tests.university import University, uid

PATH = "/roster/api/organizations"


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    return service("roster")


@pytest.fixture
def admin(roster: Service) -> Any:
    return roster.client(uid("T053"))


def test_a_branch_is_entered_below_a_general_branch_and_told(roster: Service, admin: Any) -> None:
    """R-001."""
    answer = admin.post(
        PATH, json={"parent_id": str(uid("zjy/jin")), "kind": "branch", "name": "投资系党支部", "code": "tz"}
    )
    assert (answer.status_code, answer.json["path"]) == (201, "zjy/jin/tz/")
    (told,) = roster.told("organization.changed")
    assert (told["data"]["path"], told["data"]["version"]) == ("zjy/jin/tz/", 1)


def test_the_same_request_twice_enters_one(roster: Service, admin: Any) -> None:
    body = {"parent_id": str(uid("zjy/jin")), "kind": "branch", "name": "投资系党支部", "code": "tz"}
    answers = [admin.post(PATH, json=body, headers={"Idempotency-Key": "once"}) for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert len(roster.told("organization.changed")) == 1


def test_a_code_is_taken_once_below_one_parent(admin: Any) -> None:
    answer = admin.post(PATH, json={"parent_id": str(uid("zjy/jin")), "kind": "branch", "name": "另一个", "code": "jg"})
    assert (answer.status_code, answer.json["code"]) == (409, "code_taken")


def test_moving_a_general_branch_moves_all_below_and_tells_each(roster: Service, admin: Any) -> None:
    """R-002: trees of any depth."""
    committee = admin.post(
        PATH, json={"parent_id": str(uid("zjy")), "kind": "committee", "name": "校区党委", "code": "xq"}
    ).json
    answer = admin.patch(f"{PATH}/{uid('zjy/jin')}", json={"parent_id": committee["id"]})
    assert answer.json["path"] == "zjy/xq/jin/"
    told = {each["data"]["path"]: each["data"]["version"] for each in roster.told("organization.changed")[1:]}
    assert told == {"zjy/xq/jin/": 2, "zjy/xq/jin/jg/": 2, "zjy/xq/jin/xs/": 2}
    # who holds something there still does
    assert roster.client(uid("T041")).get(f"/roster/api/people/{uid('T001')}").status_code == 200


def test_a_new_name_is_told_and_an_equal_one_is_not(roster: Service, admin: Any) -> None:
    for _ in range(2):
        admin.patch(f"{PATH}/{uid('zjy/jin/jg')}", json={"name": "金融系教工党支部"})
    assert [each["data"]["version"] for each in roster.told("organization.changed")] == [2]


def test_the_external_superior_stands_outside_the_tree(roster: Service, admin: Any) -> None:
    above = admin.post(PATH, json={"kind": "superior", "name": "省委教育工委", "code": "zjjgw"}).json
    top = admin.patch(f"{PATH}/{uid('zjy')}", json={"parent_id": above["id"]})
    assert (top.status_code, top.json["path"], top.json["parent_id"]) == (200, "zjy/", above["id"])
    assert admin.get(PATH).json[0]["kind"] == "superior"
    renamed = admin.patch(f"{PATH}/{uid('zjy')}", json={"code": "zjyx"})
    assert renamed.json["path"] == "zjyx/"


def test_an_organisation_closes_when_nothing_stands_in_it_any_more(roster: Service, admin: Any) -> None:
    refused = admin.post(f"{PATH}/{uid('zjy/kuai')}/close")
    assert (refused.status_code, refused.json["code"]) == (409, "still_in_use")
    empty = admin.post(
        PATH, json={"parent_id": str(uid("zjy/kuai")), "kind": "branch", "name": "空支部", "code": "kong"}
    ).json
    admin.post(
        "/roster/api/positions",
        json={
            "person_id": str(uid("T022")),
            "organization_id": empty["id"],
            "role": "secretary",
            "starts_on": "2013-01-01",
        },
    )
    assert admin.post(f"{PATH}/{empty['id']}/close").json["active"] is False
    assert roster.told("position.changed")[-1]["data"]["ends_on"] is not None
    assert empty["id"] not in [each["id"] for each in admin.get(PATH).json]


def test_a_clerk_writes_within_and_nowhere_else(roster: Service) -> None:
    clerk = roster.client(uid("T042"))
    assert clerk.patch(f"{PATH}/{uid('zjy/jin/jg')}", json={"phone": "1"}).status_code == 200
    assert clerk.patch(f"{PATH}/{uid('zjy/kuai/jg')}", json={"phone": "1"}).status_code == 403
    away = {"parent_id": str(uid("zjy/kuai"))}
    assert clerk.patch(f"{PATH}/{uid('zjy/jin/jg')}", json=away).status_code == 403
    assert clerk.post(PATH, json={"kind": "superior", "name": "x", "code": "x"}).status_code == 403


def test_everybody_reads_organisations_and_strangers_nothing(roster: Service, university: University) -> None:
    assert roster.client(uid("S011")).get(f"{PATH}/{uid('zjy')}").json["name"] == "中共浙江示例学院委员会"
    assert roster.client().get(PATH).status_code == 401
    assert roster.client(uid("S011")).get(f"{PATH}/{uid('nowhere')}").status_code == 404


def test_pages_show_the_tree_one_organisation_and_its_forms(roster: Service, admin: Any) -> None:
    tree = admin.get("/roster/organizations/").get_data(as_text=True)
    assert "金融学院教工党支部" in tree
    page = admin.get(f"/roster/organizations/{uid('zjy/jin/jg')}").get_data(as_text=True)
    assert "（按姓氏笔画为序）" in page
    assert page.index("王一鸣") < page.index("尤文静")
    assert "尤文静" in page
    form = {"name": "金融学院教工第一党支部", "code": "jg", "phone": "", "unit_type": ""}
    saved = admin.post(f"/roster/organizations/{uid('zjy/jin/jg')}", data=form)
    assert saved.status_code == 303
    told = roster.told("organization.changed")[-1]["data"]
    assert (told["name"], told["phone"], told["unit_type"]) == ("金融学院教工第一党支部", "", None)
    new = admin.get(f"/roster/organizations/{uid('zjy/jin')}/new").get_data(as_text=True)
    assert "登记下级组织" in new
    made = admin.post(
        "/roster/organizations/",
        data={"parent_id": str(uid("zjy/jin")), "kind": "branch", "name": "新支部", "code": "xin"},
    )
    assert made.status_code == 303
    assert admin.post(made.location + "/close").status_code == 303


def test_a_member_sees_the_names_of_the_own_branch_only(roster: Service) -> None:
    member = roster.client(uid("T003"))
    own = member.get(f"/roster/organizations/{uid('zjy/jin/jg')}").get_data(as_text=True)
    assert "毛建国" in own
    assert str(uid("T004")) not in own
    other = member.get(f"/roster/organizations/{uid('zjy/kuai/jg')}").get_data(as_text=True)
    assert "周账清" not in other
