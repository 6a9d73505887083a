"""Positions through the API and the pages."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.services import Service
from tests.university import uid

PATH = "/roster/api/positions"


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    return service("roster")


def appointment(number: str = "T003", where: str = "zjy/jin/jg", role: str = "deputy_secretary") -> dict[str, Any]:
    return {
        "person_id": str(uid(number)),
        "organization_id": str(uid(where)),
        "role": role,
        "starts_on": "2013-04-01",
    }


def test_a_deputy_is_appointed_told_and_may_act(roster: Service) -> None:
    clerk, member = roster.client(uid("T042")), roster.client(uid("T003"))
    assert member.get(f"/roster/api/people/{uid('T004')}").status_code == 403
    assert clerk.post(PATH, json=appointment()).status_code == 201
    assert roster.told("position.changed")[0]["data"]["role"] == "deputy_secretary"
    assert member.get(f"/roster/api/people/{uid('T004')}").status_code == 200


def test_a_second_secretary_is_refused_with_the_name_of_the_first(roster: Service) -> None:
    answer = roster.client(uid("T042")).post(PATH, json=appointment(role="secretary"))
    assert (answer.status_code, answer.json["details"]) == (409, ["王一鸣现任党支部书记，请先免职。"])


def test_a_clerk_cannot_raise_anybody_above_the_branch_nor_elsewhere(roster: Service) -> None:
    clerk = roster.client(uid("T042"))
    for body in (
        appointment(where="zjy/jin", role="general_branch_clerk"),
        appointment(where="zjy", role="organization_department"),
        appointment(where="zjy", role="administrator"),
        appointment("T022", "zjy/kuai/jg"),
    ):
        assert clerk.post(PATH, json=body).status_code == 403
    department = roster.client(uid("T051"))
    assert department.post(PATH, json=appointment(where="zjy", role="administrator")).status_code == 403
    assert department.post(PATH, json=appointment(where="zjy/jin", role="general_branch_clerk")).status_code == 201


@pytest.mark.parametrize(
    ("by", "where", "role"),
    [
        ("T042", "zjy/jin/jg", "deputy_secretary"),
        ("T051", "zjy", "discipline_officer"),
        ("T053", "zjy/jin", "general_branch_clerk"),
    ],
)
def test_nobody_appoints_themselves(roster: Service, by: str, where: str, role: str) -> None:
    answer = roster.client(uid(by)).post(PATH, json=appointment(by, where, role))
    assert (answer.status_code, answer.json["code"]) == (409, "not_appointable")
    assert answer.json["details"] == ["任职须由他人登记，不能任命自己。"]
    assert roster.told() == []


def test_a_position_ends_and_the_next_secretary_takes_over(roster: Service) -> None:
    clerk = roster.client(uid("T042"))
    ended = clerk.post(f"{PATH}/{uid('T001 secretary')}/end", json={"ends_on": "2013-03-31"})
    assert (ended.status_code, ended.json["ends_on"], ended.json["version"]) == (200, "2013-03-31", 2)
    assert clerk.post(PATH, json=appointment(role="secretary")).status_code == 201
    again = clerk.post(f"{PATH}/{uid('T001 secretary')}/end", json={"ends_on": "2013-03-31"})
    assert again.json["code"] == "already_ended"


def test_the_last_administrator_is_kept(roster: Service) -> None:
    admin = roster.client(uid("T053"))
    path = f"{PATH}/{uid('T053 administrator@zjy')}/end"
    assert admin.post(path, json={"ends_on": "2030-01-01"}).json["code"] == "last_administrator"
    assert admin.post(PATH, json=appointment(where="zjy", role="administrator")).status_code == 201
    assert admin.post(path, json={"ends_on": "2030-01-01"}).status_code == 200


def test_pages_appoint_by_number_and_end(roster: Service) -> None:
    clerk = roster.client(uid("T042"))
    page = f"/roster/organizations/{uid('zjy/jin/jg')}"
    assert "登记任职" in clerk.get(page).get_data(as_text=True)
    form = {"number": "T003", "organization_id": str(uid("zjy/jin/jg")), "role": "deputy_secretary"}
    assert clerk.post("/roster/positions/", data={**form, "starts_on": "2013-04-01"}).status_code == 303
    assert "党支部副书记" in clerk.get(page).get_data(as_text=True)
    unknown = clerk.post("/roster/positions/", data={**form, "number": "T999", "starts_on": "2013-04-01"})
    assert unknown.status_code == 404
    position_id = roster.told("position.changed")[-1]["data"]["position_id"]
    assert clerk.post(f"/roster/positions/{position_id}/end", data={"ends_on": "2013-05-01"}).status_code == 303
