"""Who holds an office is safe from those below: the number, the standing in the roster, the office itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.roster.session.rules import HigherOffice
from shared import clock
from tests.broken_files import workbook as book
from tests.integration.roster.test_imports import PEOPLE, member, send
from tests.services import Service
from tests.university import uid

PATH = "/roster/api/people"
CLERK, DEPARTMENT, ADMINISTRATOR = "T042", "T051", "T053"
OFFICERS = [CLERK, "T041", DEPARTMENT, "T052", ADMINISTRATOR]


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    """Give roster where all who hold an office above the branches belong to a branch below the clerk's own 党总支."""
    made = service("roster")
    with made.connect() as conn:
        conn.execute(
            "UPDATE person SET organization_id = %s WHERE id = ANY(%s)",
            [uid("zjy/jin/jg"), [uid(number) for number in OFFICERS]],
        )
    return made


def change(roster: Service, by: str, whom: str, **changes: Any) -> tuple[int, str]:
    answer = roster.client(uid(by)).patch(f"{PATH}/{uid(whom)}", json=changes)
    return answer.status_code, (answer.json or {}).get("code", "")


@pytest.mark.parametrize("number", OFFICERS)
def test_a_clerk_gives_no_other_number_to_who_stands_beside_or_above_nor_to_the_clerk(
    roster: Service, number: str
) -> None:
    """With the campus's sign-in a number is all that proves who one is."""
    assert change(roster, CLERK, number, number="OLD") == (403, "higher_office")
    with roster.connect() as conn:
        assert conn.execute("SELECT number FROM person WHERE id = %s", [uid(number)]).fetchone() == (number,)


def test_a_clerk_lets_nobody_go_whose_office_is_not_below(roster: Service) -> None:
    assert change(roster, CLERK, DEPARTMENT, active=False) == (403, "higher_office")
    assert roster.told() == []


def test_the_department_leaves_the_administrator_alone(roster: Service) -> None:
    assert change(roster, DEPARTMENT, ADMINISTRATOR, number="OLD") == (403, "higher_office")
    assert change(roster, DEPARTMENT, "T052", active=False) == (403, "higher_office")
    assert change(roster, DEPARTMENT, "T041", number="T941")[0] == 200


def leave_later(roster: Service, number: str) -> None:
    """Give whoever has this number a last day that is to come."""
    with roster.connect() as conn:
        conn.execute(
            "UPDATE position SET ends_on = %s WHERE person_id = %s", [clock.today() + timedelta(days=90), uid(number)]
        )


@pytest.mark.parametrize("ends", [False, True], ids=["open", "ending"])
def test_neither_page_nor_table_of_the_department_lets_a_colleague_go_while_the_office_lasts(
    roster: Service, ends: bool
) -> None:
    if ends:
        leave_later(roster, "T052")
    with roster.connect() as conn:
        row = conn.execute("SELECT name FROM person WHERE id = %s", [uid("T052")]).fetchone()
    assert row is not None
    table = book([*PEOPLE, "在册状态"], [*member("T052", row[0]), "转出"])
    assert change(roster, DEPARTMENT, "T052", active=False) == (403, "higher_office")
    answer = send(roster.client(uid(DEPARTMENT)), "people", table)
    assert (answer.status_code, answer.json["code"]) == (422, "table_faulty")
    assert HigherOffice().message in "".join(answer.json["details"])
    assert send(roster.client(uid(ADMINISTRATOR)), "people", table).status_code == 200


def test_what_does_not_touch_the_sign_in_is_still_the_clerk_s_work(roster: Service) -> None:
    assert change(roster, CLERK, DEPARTMENT, number=DEPARTMENT, phone="0571-1")[0] == 200


def test_a_clerk_changes_numbers_below_and_an_administrator_everybody_s(roster: Service) -> None:
    assert change(roster, CLERK, "T003", number="T903")[0] == 200
    assert change(roster, CLERK, "T001", active=False)[0] == 200  # a secretary of a branch below
    assert change(roster, ADMINISTRATOR, DEPARTMENT, number="T951")[0] == 200
    assert change(roster, ADMINISTRATOR, CLERK, active=False)[0] == 200


def test_no_table_of_the_department_lets_the_administrator_go(roster: Service) -> None:
    answer = send(roster.client(uid(DEPARTMENT)), "people", book(PEOPLE, member("T003", "尤文静")), whole="1")
    assert (answer.status_code, answer.json["code"]) == (422, "table_faulty")
    assert any("卫管理" in fault and "系统管理员办理" in fault for fault in answer.json["details"])
