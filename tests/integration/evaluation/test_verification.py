"""The second verification: by all conditions, held for people where the system proposes something, lifted by review."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shared import clock
from shared.db import Connection
from tests.integration.evaluation.findings import established
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import TENANT, uid

ABOVE, DEPARTMENT = "T041", "T051"


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def missed(conn: Connection, who: str, *days: date) -> None:
    """Let a table of other meetings say that somebody stayed away without a good reason."""
    for day in days:
        conn.execute(
            "INSERT INTO attendance (tenant_id, person_id, held_on, title, present, excused, note, meeting_id,"
            " entered_by, entered_at) VALUES (%s, %s, %s, '主题党日', false, false, '', NULL, %s, now())",
            [TENANT, uid(who), day, uid("T001")],
        )


def held(branch: Voting) -> str:
    """Let 尤文静 win, and the absences of the months before become known only then."""
    branch.called()
    with branch.service.connect() as conn:
        missed(conn, "T003", *(clock.today() - timedelta(days=days) for days in (20, 40)))
    branch.counted({"T003": 7})
    award: str = branch.awards()[0]["award_id"]
    return award


def verify(branch: Voting, who: str, award: str, *decisions: dict[str, Any]) -> Any:
    return branch.post(who, f"awards/{award}/verification", {"decisions": list(decisions)})


def tasks(branch: Voting, who: str) -> list[str]:
    return [one["title"] for one in branch.get(who, "tasks").json]


def test_what_became_known_between_vote_and_count_holds_the_award_for_a_decision(branch: Voting) -> None:
    """R-134: nine conditions again; R-158: the system proposes, people decide."""
    award = held(branch)
    assert [one["state"] for one in branch.awards()] == ["elected"]
    assert branch.service.told("award.verified") == branch.service.told("award.withheld") == []
    assert set(branch.service.told("award.held")[0]["data"]) == {"award_id", "ballot_id", "organization_id", "period"}
    assert "一项当选资格须由人办理" in tasks(branch, "T001")
    assert "一项当选资格须由人办理" not in tasks(branch, DEPARTMENT)
    found = branch.get("T002", f"awards/{award}/verification").json
    assert [(one["code"], one["confirmed"]) for one in found["obstacles"]] == [("absences_consecutive", None)]
    for who, links in {"T001": [f"/evaluation/awards/{award}/verification"], "T042": []}.items():
        steps = {one["key"]: one for one in branch.get(who, f"awards/{award}/path").json["steps"]}
        assert [link["href"] for link in steps["held"]["links"]] == links
    assert "held" not in [one["key"] for one in branch.get("T004", f"awards/{award}/path").json["steps"]]


def test_a_dismissed_proposal_verifies_the_award_and_a_confirmed_one_withholds_it(branch: Voting) -> None:
    """R-134, R-158."""
    award = held(branch)
    given = {"code": "absences_consecutive", "confirmed": False, "reason": "当日因公出差，已补假条"}
    assert verify(branch, "T001", award).json["state"] == "elected"
    assert verify(branch, "T001", award, {**given, "reason": ""}).json["code"] == "dismissal_needs_reason"
    assert verify(branch, "T003", award, given).status_code == 403
    assert verify(branch, DEPARTMENT, award, given).status_code == 403
    assert verify(branch, "T001", award, given).json["state"] == "verified"
    assert len(branch.service.told("award.verified")) == 1
    assert verify(branch, "T001", award, given).json["code"] == "nothing_to_verify"
    assert "一项当选资格须由人办理" not in tasks(branch, "T001")


def test_a_confirmed_proposal_withholds_the_award_without_saying_why(branch: Voting) -> None:
    """R-134, requirements 2.10."""
    award = held(branch)
    form = {"code": "absences_consecutive", "confirmed": "true"}
    client = branch.service.client(uid("T001"))
    url = f"/evaluation/awards/{award}/verification"
    assert "连续2次无正当理由缺席" in client.get(url).get_data(as_text=True)
    assert client.post(url, data=form).status_code == 303
    assert branch.service.told("award.withheld")[0]["data"]["reasons"] == ["finding"]
    assert verify(branch, "T001", award).json["code"] == "still_withheld"


def test_a_finding_that_is_set_aside_lets_the_award_be_verified_again(branch: Voting) -> None:
    """R-160, requirements 2.5: a review has an effect also on what was withheld."""
    branch.called()
    finding = established(branch)
    branch.counted({"T003": 7})
    award = branch.awards()[0]["award_id"]
    assert verify(branch, "T001", award).json["code"] == "still_withheld"
    assert "一项认定已经撤销，请重新复核当选资格" not in tasks(branch, "T001")
    branch.post(ABOVE, f"findings/{finding}/review", {"upheld": False, "statement": "证据不足"}, status=200)
    for who in ("T001", DEPARTMENT):
        assert "一项认定已经撤销，请重新复核当选资格" in tasks(branch, who)
    page = branch.service.client(uid(DEPARTMENT)).get(f"/evaluation/awards/{award}/verification")
    assert "重新复核" in page.get_data(as_text=True)
    assert verify(branch, "S001", award).status_code == 403
    assert verify(branch, DEPARTMENT, award).json["state"] == "verified"
    assert branch.service.told("award.verified")[0]["data"]["person_id"] == str(uid("T003"))
    assert branch.awards()[0]["withheld_reasons"] == []


def test_a_finding_that_merely_ran_out_lifts_nothing(branch: Voting, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-134: the day of the count decides."""
    branch.called()
    established(branch)
    branch.counted({"T003": 7})
    award = branch.awards()[0]["award_id"]
    later = clock.now() + timedelta(days=200)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert verify(branch, "T001", award).json["code"] == "still_withheld"


def test_an_annulled_count_ends_what_waits(branch: Voting) -> None:
    """Requirements 2.3."""
    award = held(branch)
    branch.annulled()
    assert branch.awards()[0]["state"] == "stopped"
    assert verify(branch, "T001", award).json["code"] == "nothing_to_verify"


def test_what_holds_on_the_day_of_the_call_decides_not_the_day_of_the_meeting(
    branch: Voting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-134: a finding established after the meeting bars from a repeated ballot; one whose days ran out does not."""
    branch.called()
    branch.annulled()
    days: list[datetime] = [clock.now() + timedelta(days=number) for number in (1, 200)]
    monkeypatch.setattr(clock, "now", lambda: days[0])
    established(branch, valid_until_on=clock.day_of(days[0]).isoformat())
    assert "尤文静" not in [one["name"] for one in branch.call().json["candidates"]]
    branch.annulled()
    monkeypatch.setattr(clock, "now", lambda: days[1])
    assert "尤文静" in [one["name"] for one in branch.call().json["candidates"]]


def test_those_concerned_are_told_that_a_finding_was_decided_reviewed_or_withdrawn(branch: Voting) -> None:
    """Requirements 2.5, 2.10: neither condition nor facts nor result."""
    finding = established(branch, 2)
    names = {"finding_id", "organization_id", "person_id"}
    assert set(branch.service.told("finding.decided")[0]["data"]) == names
    assert "支部已就与您有关的一件事项作出结论" in tasks(branch, "T003")
    branch.post(ABOVE, f"findings/{finding}/review", {"upheld": False, "statement": "证据不足"}, status=200)
    assert set(branch.service.told("finding.reviewed")[0]["data"]) == names
    assert "支部已就与您有关的一件事项作出结论" not in tasks(branch, "T003")
    other = established(branch, 6)
    branch.post("T001", f"findings/{other}/withdraw", {"reason": "事实有误"}, status=200)
    assert len(branch.service.told("finding.withdrawn")) == 1
