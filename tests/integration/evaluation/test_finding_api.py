"""Findings through the JSON API: hearing before decision, need to know, nothing in events or logs (2.5, 2.10)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from shared import clock
from tests.integration.evaluation.findings import ABOVE, DISCIPLINE, SECRET, decision, established, propose
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def test_a_finding_goes_from_facts_over_hearing_and_reply_to_decision_and_review(branch: Voting) -> None:
    """R-160, requirements 2.5."""
    finding = established(branch)
    branch.post(ABOVE, f"findings/{finding}/review", {"upheld": True, "statement": "同意"}, status=200)
    found = branch.get("T001", f"findings/{finding}").json
    assert (found["state"], found["established"], found["upheld"]) == ("reviewed", True, True)
    assert found["participants"] == ["王一鸣", "区小宁"]
    assert found["text"]["facts"] == SECRET
    assert found["text"]["reply"] == "当时在外地出差。"


def test_the_member_reads_it_once_told_and_not_before(branch: Voting) -> None:
    """Requirements 2.5."""
    finding = propose(branch).json["id"]
    assert branch.get("T003", f"findings/{finding}").status_code == 404
    branch.post("T001", f"findings/{finding}/hearing", status=200)
    assert branch.get("T003", f"findings/{finding}").json["text"]["facts"] == SECRET


def test_what_is_told_names_neither_condition_nor_facts(branch: Voting) -> None:
    """Requirements 2.10."""
    finding = propose(branch, 2).json["id"]
    branch.post("T001", f"findings/{finding}/hearing", status=200)
    told = branch.service.told("hearing.opened")[0]["data"]
    assert set(told) == {"finding_id", "organization_id", "person_id", "reply_until_on"}
    assert "信访" not in json.dumps(branch.service.told(), ensure_ascii=False)


def test_texts_are_encrypted_at_rest_and_every_reading_is_noted(branch: Voting) -> None:
    """Requirements 2.10."""
    finding = propose(branch, 3).json["id"]
    branch.get(DISCIPLINE, f"findings/{finding}")
    with branch.service.connect() as conn:
        sealed = conn.execute("SELECT sealed FROM finding").fetchone()
        readers = conn.execute("SELECT person_id FROM audit WHERE act = 'finding.read'").fetchall()
    assert sealed is not None
    assert SECRET.encode() not in bytes(sealed[0])
    assert readers == [(uid(DISCIPLINE),)]


@pytest.mark.parametrize("condition", [2, 3, 4])
def test_sensitive_conditions_are_for_those_who_need_to_know(branch: Voting, condition: int) -> None:
    """R-152, R-153, R-154: not for the committee member, the clerk above, the department or another branch."""
    finding = propose(branch, condition).json["id"]
    for who in ("T002", "T004", "T042", "T051", "S001", "T054"):
        assert branch.get(who, f"findings/{finding}").status_code == 403, who
    for who in ("T001", ABOVE, DISCIPLINE):
        assert branch.get(who, f"findings/{finding}").status_code == 200, who
    listed = branch.get("T002", f"findings?organization_id={uid('zjy/jin/jg')}").json
    assert listed == []
    assert propose(branch, condition, who="T002").status_code == 403


def test_other_conditions_are_open_to_the_branch_committee(branch: Voting) -> None:
    """R-156."""
    finding = propose(branch, 6).json["id"]
    assert branch.get("T002", f"findings/{finding}").status_code == 200
    assert branch.get("T004", f"findings/{finding}").status_code == 403


def test_nobody_decides_before_the_reply_or_the_end_of_its_period(branch: Voting) -> None:
    """Requirements 2.5."""
    finding = propose(branch).json["id"]
    assert branch.post("T001", f"findings/{finding}/decision", decision()).json["code"] == "cannot_decide"
    branch.post("T001", f"findings/{finding}/hearing", status=200)
    assert branch.post("T001", f"findings/{finding}/decision", decision()).json["code"] == "reply_period_runs"
    branch.post("T003", f"findings/{finding}/reply", {"waived": True}, status=200)
    branch.post("T001", f"findings/{finding}/decision", decision(), status=200)


def test_a_decision_follows_when_the_period_has_run_out(branch: Voting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requirements 2.5."""
    finding = propose(branch).json["id"]
    until = branch.post("T001", f"findings/{finding}/hearing", status=200).json["reply_until_on"]
    after = datetime.fromisoformat(until).replace(tzinfo=UTC) + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: after)
    branch.post("T001", f"findings/{finding}/decision", decision(), status=200)


@pytest.mark.parametrize("participants", [["王一鸣"], ["王一鸣", "王一鸣"], ["王一鸣", "尤文静"]])
def test_the_secretary_alone_or_with_the_member_decides_nothing(branch: Voting, participants: list[str]) -> None:
    """Requirements 2.5."""
    finding = propose(branch).json["id"]
    branch.post("T001", f"findings/{finding}/hearing", status=200)
    branch.post("T003", f"findings/{finding}/reply", {"text": "说明"}, status=200)
    refused = branch.post("T001", f"findings/{finding}/decision", decision(participants=participants))
    assert refused.json["code"] == "too_few_participants"


def test_only_the_member_replies_and_nobody_works_on_an_own_finding(branch: Voting) -> None:
    finding = propose(branch).json["id"]
    branch.post("T001", f"findings/{finding}/hearing", status=200)
    assert branch.post("T004", f"findings/{finding}/reply", {"text": "代答"}).status_code == 403
    own = propose(branch, who=ABOVE, about="T001").json["id"]
    assert branch.get("T001", f"findings/{own}").status_code == 404
    branch.post("T002", f"findings/{own}/hearing", status=200)
    assert branch.post("T001", f"findings/{own}/withdraw", {"reason": "x"}).status_code == 403


def test_an_established_finding_takes_the_name_from_the_candidates_and_says_nothing(branch: Voting) -> None:
    """R-160, requirements 2.5: the list simply lacks the name."""
    branch.hold()
    established(branch, 2)
    rows = {row["name"]: row for row in branch.get("T001", f"meetings/{branch.meeting_id}/eligibility").json}
    assert not rows["尤文静"]["stands"]
    assert rows["尤文静"]["obstacles"][0]["code"] == "finding"
    others = {row["name"]: row for row in branch.get("T002", f"meetings/{branch.meeting_id}/eligibility").json}
    assert [one["text"] for one in others["尤文静"]["obstacles"]] == ["不在候选人之列"]
    assert "尤文静" not in [one["name"] for one in branch.call().json["candidates"]]
    assert "信访" not in json.dumps(branch.service.told(), ensure_ascii=False)


@pytest.mark.parametrize("condition", range(1, 8))
def test_each_condition_that_people_find_keeps_its_member_from_standing(branch: Voting, condition: int) -> None:
    """R-150 R-151 R-152 R-153 R-154 R-155 R-156 R-157: nothing is held against anybody before people decided so."""
    branch.hold()

    def stands() -> bool:
        rows = branch.get("T001", f"meetings/{branch.meeting_id}/eligibility").json
        return bool(next(row["stands"] for row in rows if row["name"] == "尤文静"))

    finding = propose(branch, condition).json["id"]
    assert stands()
    branch.post("T001", f"findings/{finding}/hearing", status=200)
    assert stands()
    branch.post("T003", f"findings/{finding}/reply", {"text": "情况不是这样。"}, status=200)
    assert stands()
    branch.post("T001", f"findings/{finding}/decision", decision(), status=200)
    assert not stands()


def test_a_disciplinary_period_holds_until_its_last_day_and_no_longer(
    branch: Voting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-153, R-160: 还在处分期内, by the dates that an authorised person entered."""
    branch.hold()
    today = clock.today()
    finding = propose(branch, 3).json["id"]
    branch.post("T001", f"findings/{finding}/hearing", status=200)
    branch.post("T003", f"findings/{finding}/reply", {"text": "无异议。"}, status=200)
    branch.post("T001", f"findings/{finding}/decision", decision(valid_until_on=today.isoformat()), status=200)
    found = branch.get("T001", f"findings/{finding}").json
    assert found["valid_until_on"] == today.isoformat()

    def stands() -> bool:
        rows = branch.get("T001", f"meetings/{branch.meeting_id}/eligibility").json
        return bool(next(row["stands"] for row in rows if row["name"] == "尤文静"))

    assert not stands()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1))
    assert stands()


def test_a_finding_that_was_set_aside_or_withdrawn_keeps_nobody_out(branch: Voting) -> None:
    """R-160."""
    branch.hold()
    finding = established(branch)
    branch.post(ABOVE, f"findings/{finding}/review", {"upheld": False, "statement": "依据不足"}, status=200)
    other = propose(branch, about="T004").json["id"]
    branch.post("T001", f"findings/{other}/withdraw", {"reason": "重复"}, status=200)
    stands = {
        row["name"]: row["stands"] for row in branch.get("T001", f"meetings/{branch.meeting_id}/eligibility").json
    }
    assert stands["尤文静"]
    assert stands["毛建国"]


def test_a_finding_established_after_the_vote_withholds_the_award(branch: Voting) -> None:
    """R-134: the reason that travels is only `finding`."""
    branch.called()
    established(branch, 3)
    branch.counted({"T003": 7})
    assert branch.service.told("award.withheld")[0]["data"]["reasons"] == ["finding"]


def test_who_decided_does_not_review(branch: Voting) -> None:
    finding = established(branch)
    assert branch.post("T001", f"findings/{finding}/review", {"upheld": True, "statement": "x"}).status_code == 403
    assert branch.post("T042", f"findings/{finding}/review", {"upheld": True, "statement": "x"}).status_code == 403


def test_unknown_conditions_and_people_are_refused(branch: Voting) -> None:
    assert propose(branch, 10).json["code"] == "unknown_condition"
    assert propose(branch, about="X999").status_code == 404
    assert propose(branch, about="S002").status_code == 403
    assert propose(branch, about="T061").json["code"] == "not_a_member"


def test_what_people_wrote_is_erased_a_year_after_the_effect_ended(branch: Voting) -> None:
    """Requirements 2.10: fixed retention; that the finding was made stays."""
    finding = established(branch)
    branch.post(ABOVE, f"findings/{finding}/review", {"upheld": True, "statement": "同意"}, status=200)
    found = branch.get("T001", f"findings/{finding}").json
    first = datetime.fromisoformat(found["erase_on"]).replace(hour=12, tzinfo=clock.SHANGHAI)
    assert found["periods"] == [branch.quarter]
    assert found["erase_on"] > (clock.today() + timedelta(days=365)).isoformat()
    assert branch.service.due(first - timedelta(days=1)) == 0
    assert branch.get("T001", f"findings/{finding}").json["text"]["facts"] == SECRET
    assert branch.service.due(first) == 1
    assert branch.service.due(first) == 0
    with branch.service.connect() as conn:
        assert conn.execute("SELECT sealed FROM finding").fetchone() == (b"",)
    left = branch.get("T001", f"findings/{finding}").json
    assert set(left["text"].values()) == {""}
    kept = ("condition", "state", "established", "upheld", "periods", "valid_from_on", "decided_at")
    assert {name: left[name] for name in kept} == {name: found[name] for name in kept}
    page = branch.service.client(uid("T001")).get(f"/evaluation/findings/{finding}").get_data(as_text=True)
    assert "按制度方案规定的保存期清除" in page
    assert SECRET not in page


def test_a_finding_that_is_not_concluded_is_never_erased(branch: Voting) -> None:
    propose(branch)
    assert branch.service.due(clock.now() + timedelta(days=36500)) == 0
