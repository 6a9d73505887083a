"""For which vote a finding holds: the quarter that the branch states, whenever its meeting is held (R-160)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shared import clock
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import University, uid

DECISION = {"established": True, "statement": "情况属实", "participants": ["王一鸣", "区小宁"]}


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"), quarter="2013Q4")


@pytest.fixture
def go_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int, int], None]:
    def move(year: int, month: int, day: int) -> None:
        now = datetime(year, month, day, 9, tzinfo=clock.SHANGHAI)
        monkeypatch.setattr(clock, "now", lambda: now)

    return move


def hear(branch: Voting, who: str = "T003", **changes: Any) -> str:
    body = {"person_id": str(uid(who)), "condition": 6, "facts": "值班脱岗", **changes}
    finding = str(branch.post("T001", "findings", body, status=201).json["id"])
    branch.post("T001", f"findings/{finding}/hearing", status=200)
    branch.post(who, f"findings/{finding}/reply", {"text": "当时在外地出差。"}, status=200)
    return finding


def decide(branch: Voting, **changes: Any) -> Any:
    finding = hear(branch)
    return branch.post("T001", f"findings/{finding}/decision", {**DECISION, **changes}, status=200).json


def stands(branch: Voting) -> bool:
    rows = branch.get("T001", f"meetings/{branch.meeting_id}/eligibility").json
    return bool(next(row["stands"] for row in rows if row["name"] == "尤文静"))


def test_a_finding_of_december_keeps_from_the_vote_of_january(
    branch: Voting, go_to: Callable[[int, int, int], None]
) -> None:
    """R-160, R-134: decided on 21 December, called on 5 January, and verified again after the count."""
    go_to(2013, 12, 21)
    found = decide(branch)
    assert (found["periods"], found["valid_from_on"], found["valid_until_on"]) == (["2013Q4"], None, None)
    go_to(2014, 1, 5)
    branch.hold()
    assert not stands(branch)
    assert "尤文静" not in [one["name"] for one in branch.call().json["candidates"]]


def test_a_finding_of_january_is_about_the_vote_that_is_still_ahead(
    branch: Voting, go_to: Callable[[int, int, int], None]
) -> None:
    """R-160: and it leaves the vote of the next quarter alone."""
    go_to(2014, 1, 3)
    branch.hold()
    assert decide(branch)["periods"] == ["2013Q4"]
    assert not stands(branch)
    go_to(2014, 3, 20)
    branch.quarter = "2014Q1"
    branch.hold()
    assert stands(branch)


def test_a_finding_after_the_vote_withholds_the_award_also_in_the_next_quarter(
    branch: Voting, go_to: Callable[[int, int, int], None]
) -> None:
    """R-134, R-160: the second verification asks for the quarter of the meeting."""
    go_to(2013, 12, 30)
    branch.called()
    decide(branch)
    go_to(2014, 1, 2)
    branch.counted({"T003": 7})
    assert branch.service.told("award.withheld")[0]["data"]["reasons"] == ["finding"]


@pytest.mark.parametrize("who", ["T003", "T004"])
def test_once_the_vote_is_counted_a_finding_is_about_the_next_but_for_who_won(
    branch: Voting, go_to: Callable[[int, int, int], None], who: str
) -> None:
    """R-160: though the minutes are not locked; also where the finding names that meeting."""
    go_to(2013, 12, 20)
    branch.called()
    branch.counted({"T004": 7})
    named = hear(branch, who, meeting_id=branch.meeting_id)
    for finding in (hear(branch, who), named):
        found = branch.post("T001", f"findings/{finding}/decision", DECISION, status=200).json
        assert found["periods"] == ["2013Q4" if who == "T004" else "2014Q1"]


def test_a_resolution_to_elect_nobody_ends_the_quarter_for_findings(
    branch: Voting, go_to: Callable[[int, int, int], None]
) -> None:
    """R-160"""
    go_to(2013, 12, 20)
    branch.hold()
    branch.act("no-election", {"reason": "本季度无人符合条件"}, status=200)
    assert decide(branch)["periods"] == ["2014Q1"]


def test_a_finding_before_a_second_round_is_about_this_vote(
    service: Callable[[str], Service], university: University, go_to: Callable[[int, int, int], None]
) -> None:
    """R-160, requirements 2.1: who did not pass could stand once more."""
    university.settings |= {"ballot.ratio": "1/4", "ballot.shortfall": "second_round"}
    branch = Voting(service("evaluation"), quarter="2013Q4")
    go_to(2013, 12, 20)
    branch.called()
    branch.counted({"T004": 7, "T003": 3})
    assert decide(branch)["periods"] == ["2013Q4"]


def test_the_way_to_a_review_is_shown_as_long_as_the_vote_may_be_held(
    branch: Voting, go_to: Callable[[int, int, int], None]
) -> None:
    """R-160: the vote of the fourth quarter is held in January, and the finding keeps the member out of it."""
    title = "支部已就与您有关的一件事项作出结论"
    go_to(2013, 12, 21)
    found = decide(branch)

    def asked() -> bool:
        return title in [one["title"] for one in branch.get("T003", "tasks").json]

    for day in ((2013, 12, 31), (2014, 1, 5), (2014, 1, 31)):
        go_to(*day)
        assert asked()
    go_to(2014, 2, 1)
    assert not asked()
    go_to(2014, 1, 5)
    body = {"upheld": True, "statement": "认定准确"}
    branch.post("T041", f"findings/{found['id']}/review", body, status=200)
    assert not asked()


def test_the_branch_states_the_quarters(branch: Voting, go_to: Callable[[int, int, int], None]) -> None:
    """R-160: several of them, in order; one that is none is refused."""
    go_to(2013, 12, 21)
    assert decide(branch, periods=["2014Q1", "2013Q4"])["periods"] == ["2013Q4", "2014Q1"]
    finding = hear(branch)
    refused = branch.post("T001", f"findings/{finding}/decision", {**DECISION, "periods": ["2013Q5"]})
    assert refused.status_code == 422
    refused = branch.post("T001", f"findings/{finding}/decision", {**DECISION, "periods": ["2043Q1"]})
    assert refused.json["code"] == "strange_quarter"


def test_the_page_offers_the_quarters_and_shows_what_was_stated(
    branch: Voting, go_to: Callable[[int, int, int], None]
) -> None:
    """R-160"""
    go_to(2014, 1, 3)
    finding = hear(branch)
    client = branch.service.client(uid("T001"))
    page = client.get(f"/evaluation/findings/{finding}").get_data(as_text=True)
    assert 'value="2013Q4" id="c-periods-2013Q4" checked' in page
    assert 'value="2014Q1" id="c-periods-2014Q1">' in page
    form = {"established": "true", "statement": "属实", "names": "王一鸣、区小宁", "periods": ["2013Q4", "2014Q1"]}
    assert client.post(f"/evaluation/findings/{finding}/decision", data=form).status_code == 303
    shown = client.get(f"/evaluation/findings/{finding}").get_data(as_text=True)
    assert "2013年第四季度、2014年第一季度" in shown
