"""The review of eligibility: the system proposes from attendance and register, people decide (R-134, R-158, R-159)."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    """A branch in which 毛建国 entered and presented nothing and 仇大海 stayed away without a good reason."""
    made = Voting(service("evaluation"))
    for who in made.members:
        if who != "T004":
            made.enter(who)
    made.announce()
    made.open()
    made.mark_all()
    made.mark("T005", "absent")
    for who in made.members:
        if who in {"T004", "T005"}:
            continue
        made.present(who)
    made.present("T004", "none", reason="没有准备")
    for who in made.members:
        made.comment(who)
    return made


def review(branch: Voting, who: str = "T001") -> dict[str, Any]:
    return {row["name"]: row for row in branch.get(who, f"meetings/{branch.meeting_id}/eligibility").json}


def decide(branch: Voting, name: str, code: str, *, who: str = "T001", confirmed: bool = True, reason: str = "") -> Any:
    given = {"person_id": str(uid(name)), "code": code, "confirmed": confirmed, "reason": reason}
    return branch.act("eligibility", {"decisions": [given]}, who=who)


def test_what_the_system_computes_waits_for_a_decision(branch: Voting) -> None:
    """R-159."""
    found = review(branch)
    assert [one["code"] for one in found["毛建国"]["obstacles"]] == ["no_entry", "no_presentation"]
    assert [one["code"] for one in found["仇大海"]["obstacles"]] == ["absent_unexcused", "no_presentation"]
    assert found["毛建国"]["obstacles"][0]["text"] == "情形（9）：没有闪光言行介绍交流"
    assert branch.call().json["details"] == ["系统提示的情形尚未认定：毛建国、仇大海。"]


def test_confirmed_means_not_a_candidate_and_dismissed_means_candidate(branch: Voting) -> None:
    """R-158, R-159."""
    for code in ("no_entry", "no_presentation"):
        assert decide(branch, "T004", code).status_code == 200
    for code in ("absent_unexcused", "no_presentation"):
        assert decide(branch, "T005", code, confirmed=False, reason="会后补充了书面材料").status_code == 200
    names = [one["name"] for one in branch.call().json["candidates"]]
    assert "毛建国" not in names
    assert "仇大海" in names


def test_a_dismissal_needs_a_reason_and_is_not_one_s_own(branch: Voting) -> None:
    assert decide(branch, "T004", "no_entry", confirmed=False).json["code"] == "dismissal_needs_reason"
    assert decide(branch, "T004", "floating", confirmed=True).json["code"] == "nothing_proposed"
    assert decide(branch, "T004", "no_entry", who="T004").status_code == 403


def test_an_objective_reason_for_no_entry_proposes_nothing(branch: Voting) -> None:
    """R-159: 因主观原因."""
    with branch.service.connect() as conn:
        conn.execute(
            "INSERT INTO no_entry (tenant_id, person_id, period, objective, reason, noted_by, noted_at)"
            " SELECT tenant_id, %s, %s, true, '住院', %s, now() FROM meeting",
            [uid("T004"), branch.quarter, uid("T001")],
        )
    assert [one["code"] for one in review(branch)["毛建国"]["obstacles"]] == ["no_presentation"]


def test_nothing_can_be_decided_once_the_vote_is_called(branch: Voting) -> None:
    for code in ("no_entry", "no_presentation"):
        decide(branch, "T004", code)
    for code in ("absent_unexcused", "no_presentation"):
        decide(branch, "T005", code)
    assert branch.call().status_code == 201
    assert decide(branch, "T004", "no_entry", confirmed=False, reason="改").json["code"] == "vote_called"


def test_the_exempt_are_no_candidates_and_nothing_is_held_against_them(branch: Voting) -> None:
    """R-014."""
    assert [one["code"] for one in review(branch)["郑总"]["obstacles"]] == ["exempt"]


def test_members_do_not_read_what_stands_in_the_way_of_others(branch: Voting) -> None:
    """Requirements 2.5, R-136."""
    assert branch.get("T003", f"meetings/{branch.meeting_id}/eligibility").status_code == 403
    assert branch.get("S001", f"meetings/{branch.meeting_id}/eligibility").status_code == 403
