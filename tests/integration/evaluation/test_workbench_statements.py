"""The workbench asks evaluation's database as often for many meetings and awards below as for one."""

from collections.abc import Callable
from datetime import date

import pytest

from shared.directory import store as directory
from tests import statements
from tests.integration.evaluation.branch import Branch
from tests.integration.evaluation.findings import ABOVE, established
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import TENANT, organization, person, uid

DEPARTMENT = "T051"


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def asked(branch: Voting, who: str) -> tuple[int, list[str]]:
    """Read the workbench; give how many statements it took, and the titles."""
    branch.get(who, "tasks")
    with statements.counted() as executed:
        titles = [one["title"] for one in branch.get(who, "tasks").json]
    return len(executed), titles


def announced(branch: Voting, number: int, above: str, kind: str) -> None:
    """Found a branch whose secretary reports this quarter's meeting."""
    path, secretary = f"{above}/n{number}", f"N{number:03}"
    held = {"position_id": uid(f"{secretary} secretary"), "version": 1, "person_id": uid(secretary),
            "role": "secretary", "organization_id": uid(path), "starts_on": date(2010, 1, 1),
            "ends_on": None}  # fmt: skip
    with branch.service.connect() as conn:
        directory.save_organization(conn, TENANT, organization(path, kind, f"第{number}党支部", "教学"))
        directory.save_person(conn, TENANT, person(f"书记{number}", secretary, path, 100 + number))
        directory.save_position(conn, TENANT, held)
    Branch(branch.service, path, secretary, [secretary]).announce()


@pytest.mark.parametrize(("who", "above", "kind"), [(ABOVE, "zjy/jin", "branch"), (DEPARTMENT, "zjy", "direct_branch")])
def test_many_reports_of_meetings_are_read_at_once(branch: Voting, who: str, above: str, kind: str) -> None:
    """R-117"""
    found = []
    for numbers in ([1], [2, 3, 4]):
        for number in numbers:
            announced(branch, number, above, kind)
        found.append(asked(branch, who))
    assert [sum("的会议报告" in title for title in titles) for _, titles in found] == [1, 4]
    assert found[0][0] == found[1][0], found


@pytest.mark.parametrize("who", ["T001", DEPARTMENT])
def test_many_withheld_awards_are_read_at_once(branch: Voting, who: str) -> None:
    """R-160"""
    branch.called()
    finding = established(branch)
    branch.counted({"T003": 7})
    branch.post(ABOVE, f"findings/{finding}/review", {"upheld": False, "statement": "证据不足"}, status=200)
    found = [asked(branch, who)]
    with branch.service.connect() as conn:
        conn.execute(
            "INSERT INTO award SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()))).*"
            " FROM award a CROSS JOIN generate_series(1, 3)"
        )
    found.append(asked(branch, who))
    assert [sum("重新复核" in title for title in titles) for _, titles in found] == [1, 4]
    assert found[0][0] == found[1][0], found
