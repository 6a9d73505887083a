"""From the call of a ballot to verified awards, through the JSON API and the events of ballot."""

import random
from collections.abc import Callable
from uuid import UUID

import pytest

from services.evaluation.award.rules import award_id
from shared.directory import store
from tests.integration.evaluation.branch import BRANCH
from tests.integration.evaluation.voting import TELLERS, Voting
from tests.services import Service
from tests.university import TENANT, person, uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def change(branch: Voting, number: str, name: str, **changes: object) -> None:
    """Let the directory hear that a person changed."""
    path = str(changes.pop("path", BRANCH))
    with branch.service.connect() as conn:
        store.save_person(conn, TENANT, person(name, number, path, 3, **{"version": 2, **changes}))


def test_the_quota_of_a_branch_is_read_with_its_calculation(branch: Voting) -> None:
    """R-130, R-014: eight members on the roster; the exempt general secretary does not count."""
    branch.hold()
    found = branch.get("T001", f"meetings/{branch.meeting_id}/quota").json
    assert found == {"base": 8, "places": 1, "calculation": "8 × 15% = 1.2，四舍五入，取 1 名"}


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


def test_the_winner_of_a_count_is_verified_and_told(branch: Voting) -> None:
    """R-134, R-170, R-172."""
    branch.called()
    branch.counted({"T003": 7, "T004": 1})
    told = branch.service.told("award.verified")[0]["data"]
    assert told["person_id"] == str(uid("T003"))
    assert told["filing_organization_id"] == str(uid("zjy/jin"))
    assert (told["identity"], told["ordinary"], told["star_title"]) == ("教师", True, "闪光言行之星")
    assert told["deed"] == ""
    assert [(one["name"], one["state"]) for one in branch.awards()] == [("尤文静", "verified")]


def test_only_a_confirmed_deed_leaves_the_branch(branch: Voting) -> None:
    """R-123, R-173."""
    branch.hold()
    deed = next(row for row in branch.show()["attendees"] if row["name"] == "尤文静")["deeds"][0]["id"]
    branch.post("T001", f"deeds/{deed}/confirm", status=200)
    branch.call()
    branch.counted({"T003": 7})
    assert branch.service.told("award.verified")[0]["data"]["deed"] == "利用周末为学生义务辅导功课。"


def test_half_of_those_entitled_is_not_enough_and_the_place_stays_empty(branch: Voting) -> None:
    """Q5."""
    branch.called()
    branch.counted({"T003": 4, "T004": 4})
    assert branch.awards() == []
    assert branch.get("T001", f"ballots/{branch.ballot_id}").json["empty"] == 1


def test_a_tie_calls_a_linked_ballot_among_the_tied(branch: Voting) -> None:
    """Requirements 2.3: 再次投票."""
    branch.called()
    branch.counted({"T003": 5, "T004": 5, "T001": 5})
    first, again = branch.service.told("ballot.called")
    assert again["data"]["follows_id"] == first["data"]["ballot_id"]
    assert (again["data"]["reason"], again["data"]["places"]) == ("tie", 1)
    assert [one["name"] for one in again["data"]["candidates"]] == ["尤文静", "毛建国"]
    assert branch.act("close", {}).json["details"] == ["投票还没有计票完毕。"]
    branch.counted({"T003": 3, "T004": 5}, ballot_id=again["data"]["ballot_id"])
    assert [one["name"] for one in branch.awards()] == ["毛建国"]
    assert branch.act("close", {}).status_code == 200


def test_a_winner_who_moved_between_vote_and_count_is_withheld_with_all_reasons(branch: Voting) -> None:
    """R-134."""
    branch.called()
    change(branch, "T003", "尤文静", path="zjy/jin/xs", standing="probationary")
    branch.counted({"T003": 7})
    assert branch.service.told("award.verified") == []
    assert branch.service.told("award.withheld")[0]["data"]["reasons"] == ["moved", "not_formal"]
    assert [(one["state"], one["withheld_reasons"]) for one in branch.awards()] == [
        ("withheld", ["moved", "not_formal"])
    ]
    assert branch.awards("T004") == []


def test_nobody_moves_up_when_a_winner_is_withheld(branch: Voting) -> None:
    """R-134, requirements 2.4."""
    branch.called()
    change(branch, "T003", "尤文静", exempt=True)
    branch.counted({"T003": 8, "T004": 7})
    assert [one["name"] for one in branch.awards()] == ["尤文静"]


def test_a_void_ballot_is_repeated_as_a_linked_one(branch: Voting) -> None:
    """Requirements 2.3: 收回多于发出."""
    first = branch.called().ballot_id
    branch.annulled("returned_exceeds_issued")
    assert "投票已作废" in branch.act("close", {}).json["details"][0]
    assert branch.call().status_code == 201
    told = branch.service.told("ballot.called")[1]["data"]
    assert (told["follows_id"], told["reason"]) == (first, "void")


def test_a_branch_may_resolve_to_elect_nobody_with_a_reason(branch: Voting) -> None:
    """Q3."""
    branch.hold()
    assert branch.act("no-election", {}).status_code == 422
    branch.act("no-election", {"reason": "本季度无人符合条件"}, status=200)
    assert branch.call().json["details"] == ["支部已决定本季度不评选。"]
    assert branch.act("close", {}).status_code == 200


def test_the_same_events_twice_or_in_another_order_end_the_same(branch: Voting) -> None:
    branch.called()
    branch.counted({"T003": 7})
    branch.closed()
    branch.opened()
    branch.counted({"T003": 7})
    branch.opened()
    found = branch.get("T001", f"ballots/{branch.ballot_id}").json
    assert (found["state"], found["issued"]) == ("counted", 8)
    assert len(branch.service.told("award.verified")) == 1


@pytest.mark.parametrize("order", [["counted", "annulled"], ["annulled", "counted"]])
def test_an_annulled_count_leaves_no_living_award_in_whichever_order_it_is_heard(
    branch: Voting, order: list[str]
) -> None:
    branch.called()
    for step in order:
        branch.counted({"T003": 7}) if step == "counted" else branch.annulled()
    found = branch.awards()
    assert [(one["state"], one["withheld_reasons"], one["stop_cause"]) for one in found] == [
        ("stopped", ["ballot_annulled"], "annulled")
    ]
    assert branch.service.told("award.withheld")[-1]["data"]["reasons"] == ["ballot_annulled"]
    assert branch.get("T001", f"ballots/{branch.ballot_id}").json["state"] == "annulled"


@pytest.mark.parametrize("order", [["recount", "annul"], ["annul", "recount"]])
def test_a_re_vote_falls_with_the_count_that_it_completes(branch: Voting, order: list[str]) -> None:
    """Requirements 2.3: what follows from a void ballot is void, and the branch votes anew on all."""
    branch.called()
    branch.counted({"T003": 5, "T004": 5})
    again = branch.service.told("ballot.called")[1]["data"]["ballot_id"]
    for step in order:
        branch.counted({"T003": 6}, ballot_id=again) if step == "recount" else branch.annulled()
    assert [one["state"] for one in branch.awards()] == ["stopped"]
    assert branch.call().status_code == 201
    assert len(branch.service.told("ballot.called")[2]["data"]["candidates"]) == 6


@pytest.mark.parametrize("seed", range(3))
def test_the_ledger_ends_the_same_in_whatever_order_notify_is_heard(branch: Voting, seed: int) -> None:
    """R-135."""
    branch.called()
    branch.counted({"T003": 7})
    award = award_id(UUID(branch.ballot_id), uid("T003"))
    acts: list[Callable[[], None]] = [
        lambda: branch.filed([award]),
        lambda: branch.acknowledged([award]),
        lambda: branch.posted([award]),
        lambda: branch.published(award, "T003"),
    ]
    random.Random(seed).shuffle(acts)
    for act in [*acts, *acts]:
        act()
    found = branch.awards()[0]
    assert (found["state"], found["filing_number"]) == ("published", "示例组备〔2013〕1号")
    assert (found["notice_ends_on"], found["published_on"]) == ("2013-04-12", "2013-04-13")
    steps = branch.get("T001", f"awards/{award}/path").json["steps"]
    assert {step["key"] for step in steps} >= {"announced", "counted", "verified", "filed", "posted", "published"}
    assert [step["title"] for step in steps if step["current"]] == ["锁定会议记录"]


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
