"""Making, changing, handing in and reading pledges through the JSON doors."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from shared.directory import store as directory
from tests.integration.pledge.writing import HEADLINE, YEAR, make, submitted, text
from tests.services import Service
from tests.university import University, uid

BRANCH = str(uid("zjy/jin/jg"))


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def shown(pledge: Service, person: UUID, pledge_id: str) -> Any:
    answer = pledge.client(person).get(f"/pledge/api/pledges/{pledge_id}")
    assert answer.status_code == 200, answer.json
    return answer.json


def test_a_member_promises_in_one_sentence_and_hands_it_in_once(pledge: Service, university: University) -> None:
    """R-030 R-034 R-037 R-041"""
    me = university.people["尤文静"]
    pledge_id = submitted(pledge, me)
    view = shown(pledge, me, pledge_id)
    assert (view["kind"], view["year"], view["versions"][0]["state"]) == ("annual", YEAR, "submitted")
    assert view["versions"][0]["items"][0]["due_on"] == f"{YEAR}-12-31"
    again = pledge.client(me).post(f"/pledge/api/pledges/{pledge_id}/submit")
    assert (again.status_code, again.json["code"]) == (409, "version_not_draft")
    (told,) = pledge.told("pledge.submitted")
    assert (told["data"]["pledge_id"], told["data"]["person_id"]) == (pledge_id, str(me))


def test_a_pledge_after_the_window_is_taken_and_marked_late(pledge: Service, university: University) -> None:
    """R-031 R-044: deadlines warn, they do not block."""
    with pledge.connect() as conn:
        conn.execute(
            "INSERT INTO round (tenant_id, organization_id, year, opens_on, closes_on, document, set_by, set_at)"
            " VALUES (%s, %s, %s, '2020-01-01', '2020-02-01', '', %s, now())",
            [university.tenant_id, uid("zjy"), YEAR, uid("T051")],
        )
    me = university.people["尤文静"]
    assert shown(pledge, me, submitted(pledge, me))["late"] is True


def test_one_annual_pledge_a_year_and_another_to_the_community(pledge: Service, university: University) -> None:
    """R-010"""
    me = university.people["尤文静"]
    make(pledge, me)
    second = pledge.client(me).post("/pledge/api/pledges", json={"text": text(), "year": YEAR})
    assert (second.status_code, second.json["code"]) == (409, "already_pledged")
    make(pledge, me, community="文鼎苑社区党支部")
    make(pledge, me, kind="instant", trigger="task", trigger_text="迎新")


def test_an_officer_enters_for_another_from_paper_and_it_is_marked(pledge: Service, university: University) -> None:
    """R-012: without any login by the member"""
    officer, member = university.people["区小宁"], university.people["毛建国"]
    bare = pledge.client(officer).post(
        "/pledge/api/pledges", json={"text": text(), "year": YEAR, "person_id": str(member)}
    )
    assert (bare.status_code, bare.json["code"]) == (422, "entry_needs_reason")
    oral = {"recorded_by": "区小宁", "recorded_on": f"{YEAR}-01-10", "recorded_place": "家中", "witness": "仇大海"}
    pledge_id = make(pledge, officer, person_id=str(member), entry_reason="年老体弱，口头承诺", oral=oral)
    view = shown(pledge, member, pledge_id)
    assert (view["oral"], view["by_another"], view["entry_reason"]) == (True, True, "年老体弱，口头承诺")


@pytest.mark.parametrize("stranger", ["尤文静", "李会计", "褚纪"])
def test_nobody_else_writes_for_a_member(pledge: Service, university: University, stranger: str) -> None:
    member = str(university.people["毛建国"])
    answer = pledge.client(university.people[stranger]).post(
        "/pledge/api/pledges", json={"text": text(), "person_id": member, "entry_reason": "代填"}
    )
    assert answer.status_code == 403
    assert pledge.told("pledge.submitted") == []


def test_a_draft_is_seen_by_its_pledger_and_the_branch_s_officers_alone(
    pledge: Service, university: University
) -> None:
    pledge_id = make(pledge, university.people["尤文静"])
    for name, status in {"尤文静": 200, "王一鸣": 200, "郑总": 200, "毛建国": 403, "李会计": 403}.items():
        assert pledge.client(university.people[name]).get(f"/pledge/api/pledges/{pledge_id}").status_code == status, (
            name
        )


def test_the_list_of_a_branch_shows_others_only_what_is_published(pledge: Service, university: University) -> None:
    """R-071"""
    pledge_id = submitted(pledge, university.people["尤文静"])
    query = {"organization_id": BRANCH, "year": YEAR}

    def listed(name: str) -> list[str]:
        answer = pledge.client(university.people[name]).get("/pledge/api/pledges", query_string=query)
        return [one["id"] for one in answer.json]

    assert (listed("王一鸣"), listed("毛建国")) == ([pledge_id], [])
    with pledge.connect() as conn:
        conn.execute("UPDATE pledge SET published_version = 1")
    assert listed("毛建国") == [pledge_id]


def test_a_draft_is_rewritten_in_place_and_items_keep_their_ids(pledge: Service, university: University) -> None:
    me = university.people["尤文静"]
    pledge_id = make(pledge, me)
    kept = shown(pledge, me, pledge_id)["versions"][0]["items"][0]
    forged = {"content": "别人的事项", "item_id": str(uid("forged"))}
    words = text("改过的一句话", items=[{"content": "每周答疑2次", "item_id": kept["item_id"]}, forged])
    answer = pledge.client(me).put(f"/pledge/api/pledges/{pledge_id}", json=words)
    assert answer.status_code == 200
    (version,) = shown(pledge, me, pledge_id)["versions"]
    assert (version["number"], version["headline"]) == (1, "改过的一句话")
    assert version["items"][0]["item_id"] == kept["item_id"]
    assert version["items"][1]["item_id"] != str(uid("forged"))


def test_a_returned_pledge_becomes_the_next_version(pledge: Service, university: University) -> None:
    """R-054: Keep every round of text and advice."""
    me = university.people["尤文静"]
    pledge_id = submitted(pledge, me)
    assert (
        pledge.client(me).put(f"/pledge/api/pledges/{pledge_id}", json=text("新")).json["code"] == "version_in_review"
    )
    with pledge.connect() as conn:
        conn.execute("UPDATE pledge_version SET state = 'returned'")
    assert pledge.client(me).put(f"/pledge/api/pledges/{pledge_id}", json=text("新的一句话")).status_code == 200
    versions = shown(pledge, me, pledge_id)["versions"]
    assert [(one["number"], one["state"], one["headline"]) for one in versions] == [
        (2, "draft", "新的一句话"),
        (1, "returned", HEADLINE),
    ]


def test_an_organisation_promises_through_its_officers(pledge: Service, university: University) -> None:
    """R-040 R-190 R-191"""
    consultation = {"method": "座谈会", "dates": "1月", "number": 30, "opinions": "延长开馆", "use": "列入"}
    body = {"form": "organization", "organization_id": BRANCH, "year": YEAR}
    words = text("为学生办好三件实事", goals="创建先进支部", consultation=consultation)
    refused = pledge.client(university.people["尤文静"]).post("/pledge/api/pledges", json={**body, "text": words})
    assert refused.status_code == 403
    made = pledge.client(university.people["王一鸣"]).post("/pledge/api/pledges", json={**body, "text": words})
    assert (made.status_code, made.json["person_id"]) == (201, None)
    sent = pledge.client(university.people["王一鸣"]).post(f"/pledge/api/pledges/{made.json['id']}/submit")
    assert sent.status_code == 200


def test_what_was_handed_in_can_be_taken_back_before_it_is_public(pledge: Service, university: University) -> None:
    me = university.people["尤文静"]
    pledge_id = submitted(pledge, me)
    assert pledge.client(me).post(f"/pledge/api/pledges/{pledge_id}/withdraw").json["state"] == "withdrawn"
    assert pledge.client(me).post(f"/pledge/api/pledges/{pledge_id}/withdraw").json["code"] == "pledge_closed"
    make(pledge, me)


def test_co_authors_see_the_pledge_that_they_make_together(pledge: Service, university: University) -> None:
    """R-033"""
    me, other = university.people["尤文静"], university.people["毛建国"]
    words = text(authors=[{"person_id": str(other), "name": "毛建国"}, {"name": "大三班学生", "headcount": 30}])
    pledge_id = make(pledge, me, form="joint", text=words)
    assert [one["headcount"] for one in shown(pledge, other, pledge_id)["authors"]] == [1, 30]
    assert [one["id"] for one in pledge.client(other).get("/pledge/api/pledges").json] == [pledge_id]


def test_a_person_of_a_group_pledges_in_the_branch_above(pledge: Service, university: University) -> None:
    """R-003"""
    with pledge.connect() as conn:
        branch = directory.get_organization(conn, university.tenant_id, uid("zjy/jin/jg"))
        facts = {
            "organization_id": uid("zjy/jin/jg/1"), "version": 1, "parent_id": branch.id, "kind": "group",
            "name": "第一党小组", "code": "1", "path": f"{branch.path}1/", "unit_type": None, "active": True,
        }  # fmt: skip
        directory.save_organization(conn, university.tenant_id, facts)
        conn.execute("UPDATE person SET organization_id = %s WHERE id = %s", [facts["organization_id"], uid("T003")])
    me = university.people["尤文静"]
    assert shown(pledge, me, make(pledge, me))["organization_id"] == BRANCH
