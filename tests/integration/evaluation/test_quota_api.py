"""Places through the JSON API and the database: pooled at the general branch, alone, carried over (R-130)."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import pytest

from services.evaluation.election import commands as election
from shared import clock
from shared.db import Connection
from tests import waiting
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import University, uid


def test_pooled_places_come_from_the_general_branch(service: Callable[[str], Service], university: University) -> None:
    """Requirements 2.2: 名额由党总支统筹."""
    university.settings["ballot.pooling"] = True
    branch = Voting(service("evaluation"))
    branch.hold()
    assert any("还没有分配" in line for line in branch.call().json["details"])
    pool = branch.get("T042", f"allotments?organization_id={uid('zjy/jin')}&period={branch.quarter}").json
    assert (pool["total"], {one["name"]: one["places"] for one in pool["branches"]}) == (
        2,
        {"金融学院教工党支部": 1, "金融学院学生党支部": 1},
    )
    assert "每个支部最少1名" in pool["calculation"]
    given = {"zjy/jin/jg": 1, "zjy/jin/xs": 1}
    places = [{"organization_id": str(uid(path)), "places": number} for path, number in given.items()]
    body = {"organization_id": str(uid("zjy/jin")), "period": branch.quarter, "branches": places}
    short = {**body, "branches": [{**one, "places": 0} for one in places]}
    assert branch.post("T042", "allotments", short).json["code"] == "allotment_does_not_add_up"
    unfair = {**body, "branches": [{**places[0], "places": 2}, {**places[1], "places": 0}]}
    assert branch.post("T042", "allotments", unfair).json["details"] == ["按制度方案，每个支部最少1名。"]
    assert branch.post("T001", "allotments", body).status_code == 403
    branch.post("T042", "allotments", body, status=200)
    assert branch.call().json["places"] == 1


def test_an_allotment_is_fixed_once_a_branch_has_voted_on_it(
    service: Callable[[str], Service], university: University
) -> None:
    """Requirements 2.2: without a minimum the general branch may give all places to one."""
    university.settings |= {"ballot.pooling": True, "ballot.minimum": 0}
    branch = Voting(service("evaluation"))
    branch.hold()
    places = [
        {"organization_id": str(uid("zjy/jin/jg")), "places": 2},
        {"organization_id": str(uid("zjy/jin/xs")), "places": 0},
    ]
    body = {"organization_id": str(uid("zjy/jin")), "period": branch.quarter, "branches": places}
    branch.post("T042", "allotments", body, status=200)
    assert branch.call().json["places"] == 2
    places[0]["places"], places[1]["places"] = 1, 1
    assert branch.post("T042", "allotments", body).json["code"] == "allotment_fixed"


def test_an_allotment_waits_for_the_call_that_reads_it(
    service: Callable[[str], Service], university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requirements 2.2, R-130: places given anew while a ballot is called would be more together than the pool has."""
    university.settings |= {"ballot.pooling": True, "ballot.minimum": 0}
    branch = Voting(service("evaluation"))
    branch.hold()
    both = [str(uid("zjy/jin/jg")), str(uid("zjy/jin/xs"))]

    def allot(*numbers: int) -> Any:
        places = [{"organization_id": one, "places": number} for one, number in zip(both, numbers, strict=True)]
        body = {"organization_id": str(uid("zjy/jin")), "period": branch.quarter, "branches": places}
        return branch.post("T042", "allotments", body)

    assert allot(2, 0).status_code == 200
    announce, until, answers = election.announce, ExitStack(), list[Any]()

    def announce_beside(conn: Connection, *given: Any) -> Any:
        answers.append(until.enter_context(waiting.beside(lambda: allot(1, 1))))
        assert waiting.until_blocked(branch.service.url, conn, answers[0])
        return announce(conn, *given)

    monkeypatch.setattr(election, "announce", announce_beside)
    with until:
        assert branch.call().json["places"] == 2
    assert answers[0][0].json["code"] == "allotment_fixed"


def test_a_direct_branch_counts_its_own_places_where_others_are_pooled(
    service: Callable[[str], Service], university: University
) -> None:
    """Requirements 2.2, R-001: there is no general branch above it that could allot."""
    university.settings["ballot.pooling"] = True
    members = ["T031", "T042", "T051", "T052", "T053"]
    branch = Voting(service("evaluation"), "zjy/tsg", "T031", members)
    branch.announce()
    branch.open()
    branch.mark_all()
    found = branch.get("T031", f"meetings/{branch.meeting_id}/quota").json
    assert found["calculation"].startswith("5 × 15% = 0.75，四舍五入，不属党总支，单独计算，")
    assert branch.get("T051", f"allotments?organization_id={uid('zjy')}&period={branch.quarter}").status_code == 409


def test_what_a_quarter_leaves_over_carries_on_also_where_nobody_was_elected(
    service: Callable[[str], Service], university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-130, requirements 2.2: a base of 0.6 gives 0, 1, 0, 1 places in the four quarters of a year."""
    university.settings |= {"ballot.ratio": "3/40", "ballot.carry": True, "ballot.minimum": 0}
    made = service("evaluation")
    places = []
    for month in (2, 5, 8, 11):
        monkeypatch.setattr(clock, "now", lambda month=month: datetime(2026, month, 10, 2, tzinfo=UTC))
        branch = Voting(made)
        branch.hold()
        called = branch.call()
        places.append(called.json["places"] if called.status_code == 201 else 0)
        if called.status_code != 201:
            assert called.json["details"] == ["按制度方案计算，本季度名额为0；可以作出本季度不评选的决定。"]
            branch.act("no-election", {"reason": "名额为0"}, status=200)
    assert places == [0, 1, 0, 1]
