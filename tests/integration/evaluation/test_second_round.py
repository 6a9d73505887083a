"""Too few above half: a second round for the rest, or places that stay empty (requirements 2.1)."""

from collections.abc import Callable

import pytest

from tests.integration.evaluation.findings import established
from tests.integration.evaluation.rounds import Make, ballots, maker, page, second, short
from tests.services import Service
from tests.university import University


@pytest.fixture
def branch_of(service: Callable[[str], Service], university: University) -> Make:
    return maker(service, university)


def test_a_place_that_too_few_passed_for_stays_empty_where_the_scheme_says_nothing(branch_of: Make) -> None:
    """Requirements 2.1: as it always was."""
    branch = short(branch_of("empty"))
    assert [(one["empty"], one["short"]) for one in ballots(branch)] == [(1, 0)]
    assert branch.act("second-round").json["details"] == ["制度方案没有规定另行选举。"]
    refused = branch.act("fewer-places", {"agreed": 8, "reason": "x"})
    assert refused.json["details"] == ["制度方案没有规定减少名额。"]
    assert "空缺1名，不递补。" in page(branch)
    assert "另行选举" not in page(branch)


def test_the_secretary_calls_one_second_round_among_those_who_did_not_pass(branch_of: Make) -> None:
    """Requirements 2.1: 另行选举, by the same threshold."""
    branch = short(branch_of("second_round"))
    assert [(one["empty"], one["short"]) for one in ballots(branch)] == [(1, 1)]
    assert branch.get("T001", f"ballots/{branch.ballot_id}").json["short"] == 1
    again = second(branch)
    assert [one["short"] for one in ballots(branch)] == [0, 0]
    first, told = (one["data"] for one in branch.service.told("ballot.called"))
    assert (told["follows_id"], told["reason"], told["places"]) == (first["ballot_id"], "second", 1)
    assert [one["name"] for one in told["candidates"]] == ["王一鸣", "区小宁", "毛建国", "仇大海", "文思远"]
    assert (told["tellers"], told["entitled"], told["channel"]) == (first["tellers"], 8, "paper")
    assert told["calculation"].endswith("，取2名；当选1名，另行选举，取1名")
    assert branch.act("second-round").status_code == 409
    assert branch.act("close", {}).json["details"] == ["投票还没有计票完毕。"]
    branch.counted({"T004": 5, "T001": 3}, ballot_id=again)
    assert {one["name"]: one["state"] for one in branch.awards()} == {"尤文静": "verified", "毛建国": "verified"}
    assert [one["empty"] for one in ballots(branch)] == [0, 0]
    assert branch.act("close", {}).status_code == 200


def test_half_is_not_enough_in_the_second_round_either_and_there_is_no_third(branch_of: Make) -> None:
    """Requirements 2.1, Q5."""
    branch = short(branch_of("second_round"))
    branch.counted({"T004": 4}, ballot_id=second(branch))
    assert [one["name"] for one in branch.awards()] == ["尤文静"]
    assert [one["empty"] for one in ballots(branch)] == [0, 1]
    assert branch.act("second-round").status_code == 409
    assert "空缺1名，不递补。" in page(branch)
    assert branch.act("close", {}).status_code == 200


def test_a_second_round_is_for_the_secretary_while_the_meeting_is_held(branch_of: Make) -> None:
    branch = short(branch_of("second_round"))
    assert branch.act("second-round", who="T003").status_code == 403
    branch.act("close", {}, status=200)
    assert branch.act("second-round").json["details"] == ["会议不在召开中。"]
    assert [one["short"] for one in ballots(branch)] == [0]


def test_a_tie_in_the_second_round_calls_the_re_vote_among_the_tied(branch_of: Make) -> None:
    """Requirements 2.1, 2.3."""
    branch = branch_of("second_round")
    branch.called()
    branch.counted({"T004": 4})
    again = second(branch)
    assert branch.service.told("ballot.called")[1]["data"]["places"] == 2
    branch.counted({"T003": 6, "T004": 5, "T002": 5}, ballot_id=again)
    tie = branch.service.told("ballot.called")[2]["data"]
    assert (tie["reason"], tie["places"]) == ("tie", 1)
    assert [one["name"] for one in tie["candidates"]] == ["区小宁", "毛建国"]
    assert tie["title"].endswith("评选（另行选举）（再次投票）")
    assert branch.act("second-round").status_code == 409
    branch.counted({"T004": 5}, ballot_id=tie["ballot_id"])
    assert {one["name"] for one in branch.awards()} == {"尤文静", "毛建国"}


def test_who_is_kept_away_since_does_not_stand_in_the_second_round(branch_of: Make) -> None:
    """R-134, R-160: judged by what holds on the day of its call."""
    branch = branch_of("second_round")
    branch.called()
    branch.counted({"T004": 7, "T003": 4})
    established(branch)
    second(branch)
    told = branch.service.told("ballot.called")[1]["data"]
    assert "尤文静" not in [one["name"] for one in told["candidates"]]


@pytest.mark.parametrize("order", [["second", "annul"], ["annul", "second"]])
def test_a_second_round_falls_with_the_count_that_it_completes(branch_of: Make, order: list[str]) -> None:
    """Requirements 2.3: what follows from a void ballot is void, and the branch votes anew on all places."""
    branch = short(branch_of("second_round"))
    again = second(branch)
    for step in order:
        branch.counted({"T004": 6}, ballot_id=again) if step == "second" else branch.annulled()
    assert {one["state"] for one in branch.awards()} == {"stopped"}
    assert branch.call().status_code == 201
    told = branch.service.told("ballot.called")[2]["data"]
    assert (len(told["candidates"]), told["places"]) == (6, 2)
    branch.counted({"T003": 7})
    assert branch.act("second-round").status_code == 201


def test_a_void_second_round_is_repeated_among_the_same_for_the_same_places(branch_of: Make) -> None:
    """Requirements 2.3; who won the first stays."""
    branch = short(branch_of("second_round"))
    first, again = branch.ballot_id, second(branch)
    branch.ballot_id = again
    branch.annulled("returned_exceeds_issued")
    assert branch.act("second-round").status_code == 409
    assert branch.call().status_code == 201
    assert [one["empty"] for one in ballots(branch)] == [0, 0, 0]
    told = branch.service.told("ballot.called")[2]["data"]
    assert (told["follows_id"], told["reason"], told["places"]) == (again, "void", 1)
    assert told["title"].endswith("评选（另行选举）")
    assert "尤文静" not in [one["name"] for one in told["candidates"]]
    branch.counted({"T004": 4})
    assert [one["name"] for one in branch.awards()] == ["尤文静"]
    branch.ballot_id = first
    branch.annulled()
    assert {one["state"] for one in ballots(branch)} == {"annulled"}


def test_where_a_void_second_round_is_not_repeated_who_was_elected_stays(branch_of: Make) -> None:
    """Requirements 2.3, Q3."""
    branch = short(branch_of("second_round"))
    branch.ballot_id = second(branch)
    branch.annulled()
    branch.act("no-election", {"reason": "时间已晚"}, status=200)
    assert branch.act("second-round").status_code == 409
    said = "经讨论，其余名额不再投票。原因：时间已晚　空缺1名，不递补。"
    assert said in page(branch, "minutes")
    assert [one["empty"] for one in ballots(branch)] == [1, 0]
    assert "空缺1名，不递补。" in page(branch)
    assert branch.act("close", {}).status_code == 200
    assert [one["state"] for one in branch.awards()] == ["verified"]
    branch.ballot_id = ballots(branch)[0]["ballot_id"]
    branch.annulled()
    assert said in page(branch, "minutes"), "locked minutes changed"


def test_an_electronic_second_round_keeps_electors_and_channels_with_new_credentials(branch_of: Make) -> None:
    """Requirements 2.1, R-130."""
    branch = branch_of("second_round").electronic("T005", "T006", "T007")
    branch.counted({"T003": 7, "T004": 4})
    again = second(branch)
    first, told = branch.called_fact(), branch.called_fact(1)
    assert (told["channel"], told["paper_electors"], len(told["credentials"])) == ("mixed", 3, 5)
    assert not set(first["credentials"]) & set(told["credentials"])
    assert branch.ticket("T001", again).status_code == 200
    assert branch.ticket("T005", again).json["code"] == "votes_on_paper"
