"""The workbench asks the database as often for many organisations below as for one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.pledge.pledge import store
from services.pledge.pledge.domain import VersionState
from shared.directory import store as directory
from tests import statements
from tests.integration.pledge import appraising
from tests.integration.pledge.fulfilling import published
from tests.integration.pledge.writing import make, text
from tests.services import Service
from tests.university import TENANT, University, organization, person, uid

WAITS = ("履诺点评", "没有评定", "待公示")
CONSULTATION = {"method": "座谈会", "dates": "1月", "number": 30, "opinions": "延长开馆", "use": "列入"}


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def settle(pledge: Service, number: int, above: str, kind: str, role: str) -> None:
    """Found an organisation with one officer, whose pledge and its own are public, and of whom nobody said anything.

    It has an occasion of 评诺 that waits for those above, and a reviewed pledge of a member that nobody has shown.
    """
    path, officer = f"{above}/n{number}", f"N{number:03}"
    held = {"position_id": uid(f"{officer} {role}"), "version": 1, "person_id": uid(officer), "role": role,
            "organization_id": uid(path), "starts_on": date(2010, 1, 1), "ends_on": None}  # fmt: skip
    with pledge.connect() as conn:
        directory.save_organization(conn, TENANT, organization(path, kind, f"第{number}组织", "教学"))
        directory.save_person(conn, TENANT, person(f"负责人{number}", officer, path, 100 + number))
        directory.save_person(conn, TENANT, person(f"党员{number}", f"M{number:03}", path, 200 + number))
        directory.save_position(conn, TENANT, held)
    published(pledge, uid(officer))
    words = text("全年办3件实事", consultation=CONSULTATION)
    published(pledge, uid(officer), form="organization", organization_id=str(uid(path)), text=words)
    appraising.open_(pledge, uid(officer), organization_id=str(uid(path)))
    reviewed(pledge, make(pledge, uid(f"M{number:03}")))


def reviewed(pledge: Service, pledge_id: str) -> None:
    """Set the newest version of a pledge reviewed, as 审诺 does."""
    with pledge.connect() as conn:
        found = store.get(conn, TENANT, UUID(pledge_id))
        version = store.get_version(conn, found, found.version)
        store.save_version(conn, found, replace(version, state=VersionState.APPROVED, submitted_at=found.made_at))
        store.save(conn, replace(found, submitted_at=found.made_at))


@pytest.mark.parametrize(
    ("who", "above", "kind", "role"),
    [("陈部长", "zjy", "general_branch", "general_branch_secretary"), ("郑总", "zjy/jin", "branch", "secretary")],
)
def test_the_workbench_asks_as_often_for_many_organisations_as_for_one(
    pledge: Service, university: University, who: str, above: str, kind: str, role: str
) -> None:
    """R-072 R-074 R-091: an organisation with a single officer is remarked on and appraised from above"""
    client, asked, shown = pledge.client(university.people[who]), [], []
    for numbers in ([1], [2, 3, 4]):
        for number in numbers:
            settle(pledge, number, above, kind, role)
        client.get("/pledge/api/tasks")
        with statements.counted() as executed:
            tasks = client.get("/pledge/api/tasks").json
        asked.append(len(executed))
        shown.append({title: sum(title in one["title"] for one in tasks) for title in WAITS})
    assert shown == [dict.fromkeys(WAITS, 1), dict.fromkeys(WAITS, 4)]
    assert asked[0] == asked[1], asked
