"""From the call of a ballot to verified awards, through the JSON API and the events of ballot."""

from collections.abc import Callable
from uuid import UUID

import pytest

from services.evaluation.award.rules import award_id
from tests.integration.evaluation.voting import TELLERS, Voting
from tests.services import Service
from tests.university import uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def test_the_quota_of_a_branch_is_read_with_its_calculation(branch: Voting) -> None:
    """R-130, R-014: eight members on the roster; the exempt general secretary does not count."""
    branch.hold()
    found = branch.get("T001", f"meetings/{branch.meeting_id}/quota").json
    assert found == {"base": 8, "places": 1, "calculation": "8 × 15% = 1.2，四舍五入，取1名"}


def test_a_called_ballot_is_told_with_candidates_in_stroke_order(branch: Voting) -> None:
    """R-130, R-134."""
    branch.called()
    told = branch.service.told("ballot.called")[0]["data"]
    assert [one["name"] for one in told["candidates"]] == ["王一鸣", "区小宁", "尤文静", "毛建国", "仇大海", "文思远"]
    assert (told["places"], told["entitled"], told["present"], told["reason"]) == (1, 8, 8, "first")
    assert told["tellers"] == [str(uid(number)) for number in TELLERS]
    assert told["follows_id"] is None


def test_every_obstacle_to_a_call_is_listed_at_once(branch: Voting) -> None:
    """R-133, R-134, requirements 2.3."""
    branch.announce()
    branch.open()
    branch.mark("T001")
    refused = branch.call(tellers=[str(uid("T001")), str(uid("T001"))], declined=[])
    assert (refused.status_code, refused.json["code"]) == (409, "cannot_call")
    text = "\n".join(refused.json["details"])
    for part in ("出席情况未登记", "到会人数不够", "系统提示的情形尚未认定", "尚未点评", "不同的两人", "没有候选人"):
        assert part in text
    assert branch.service.told("ballot.called") == []


def test_a_candidate_cannot_count(branch: Voting) -> None:
    """Requirements 2.3: 候选人不得担任监票人."""
    branch.hold()
    refused = branch.call(declined=[])
    assert [line[:8] for line in refused.json["details"]] == ["方佳是候选人，不", "尹志强是候选人，"]


def test_a_teller_must_be_there(branch: Voting) -> None:
    branch.hold()
    refused = branch.call(tellers=[str(uid("T007")), str(uid("S001"))])
    assert refused.json["details"] == ["所选的人不是出席本次会议的党员，不能担任监票人。"]


def test_missing_comments_are_overridden_only_with_a_reason(branch: Voting) -> None:
    """R-133."""
    for who in branch.members:
        branch.enter(who)
    branch.announce()
    branch.open()
    branch.mark_all()
    for who in branch.members:
        branch.present(who)
    assert "尚未点评" in branch.call().json["details"][0]
    assert branch.call(exceptions_reason="时间所限，会后逐一点评").status_code == 201


def test_a_ballot_is_called_once_and_only_by_those_who_run_the_branch(branch: Voting) -> None:
    """R-023."""
    branch.called()
    assert branch.call().json["details"] == ["本次会议已经发起过投票。"]
    assert branch.act("ballot", {"tellers": []}, who="T003").status_code == 403
    assert branch.act("ballot", {"tellers": []}, who="S001").status_code == 403


def test_votes_of_others_stay_with_those_who_must_know(branch: Voting) -> None:
    """R-136: the branch learns the winners' votes, nobody reads a list of losers."""
    branch.called()
    branch.counted({"T003": 7, "T004": 1})
    member = branch.get("T005", f"ballots/{branch.ballot_id}").json["candidates"]
    assert {one["name"]: one["votes"] for one in member if one["votes"] is not None} == {"尤文静": 7}
    secretary = branch.get("T001", f"ballots/{branch.ballot_id}").json["candidates"]
    assert {one["name"]: one["votes"] for one in secretary if one["votes"]} == {"尤文静": 7, "毛建国": 1}


def test_few_papers_hide_the_votes_from_the_branch(branch: Voting) -> None:
    """Requirements 5.1."""
    branch.called()
    branch.counted({"T003": 4}, valid=4, invalid=4)
    assert all(one["votes"] is None for one in branch.get("T005", f"ballots/{branch.ballot_id}").json["candidates"])


def of_another_branch(branch: Voting) -> None:
    """Let the secretary of the general branch belong to another branch, and so look at this one from above only."""
    with branch.service.connect() as conn:
        conn.execute("UPDATE person SET organization_id = %s WHERE id = %s", [uid("zjy/jin/xs"), uid("T041")])


def test_above_the_branch_votes_are_read_from_the_scheme_s_number_of_papers_on(branch: Voting) -> None:
    """R-136 requirements 5.1: 党总支 reads all totals of a large ballot, of a handful nothing that betrays a vote."""
    branch.called()
    branch.counted({"T003": 3, "T004": 1}, valid=4, invalid=4)
    of_another_branch(branch)
    votes = [one["votes"] for one in branch.get("T041", f"ballots/{branch.ballot_id}").json["candidates"]]
    assert votes
    assert set(votes) == {None}
    own = branch.get("T001", f"ballots/{branch.ballot_id}").json["candidates"]
    assert {one["name"]: one["votes"] for one in own if one["votes"]} == {"尤文静": 3, "毛建国": 1}


def test_above_the_branch_a_large_ballot_is_read_whole(branch: Voting) -> None:
    """R-136: whom the rule entitles reads the votes of those, too, who were not elected."""
    branch.called()
    branch.counted({"T003": 7, "T004": 1})
    of_another_branch(branch)
    found = branch.get("T041", f"ballots/{branch.ballot_id}").json["candidates"]
    assert {one["name"]: one["votes"] for one in found if one["votes"]} == {"尤文静": 7, "毛建国": 1}


def test_another_branch_reads_neither_ballot_nor_award(branch: Voting) -> None:
    branch.called()
    branch.counted({"T003": 7})
    award = branch.awards()[0]["award_id"]
    for url in (f"ballots/{branch.ballot_id}", f"ballots/{branch.ballot_id}/path", f"awards/{award}"):
        assert branch.get("S001", url).status_code == 403
        assert branch.get("T042", url).status_code == 200
    assert branch.awards("S001") == []


def test_a_member_s_stars_are_those_that_were_published(branch: Voting) -> None:
    """R-138."""
    branch.called()
    branch.counted({"T003": 7})
    award = award_id(UUID(branch.ballot_id), uid("T003"))
    assert branch.get("T003", f"people/{uid('T003')}/stars").json["awards"] == []
    branch.published(award, "T003")
    assert len(branch.get("T003", f"people/{uid('T003')}/stars").json["awards"]) == 1
    assert branch.get("T004", f"people/{uid('T003')}/stars").status_code == 403
