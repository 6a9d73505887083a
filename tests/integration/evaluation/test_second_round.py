"""Too few above half: a second round for the rest, fewer places, or places that stay empty (requirements 2.1)."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from services.evaluation.election import store
from shared.web.words import period as words
from tests.integration.evaluation.branch import BRANCH
from tests.integration.evaluation.electronic import ElectronicVoting
from tests.integration.evaluation.findings import established
from tests.services import Service
from tests.university import TENANT, University, uid

Make = Callable[[str], ElectronicVoting]


@pytest.fixture
def branch_of(service: Callable[[str], Service], university: University) -> Make:
    """Give a maker of a branch of eight with two places, and with what its scheme does where too few pass."""

    def make(shortfall: str) -> ElectronicVoting:
        university.settings |= {"ballot.ratio": "1/4", "ballot.shortfall": shortfall}
        return ElectronicVoting(service("evaluation"))

    return make


def short(branch: ElectronicVoting) -> ElectronicVoting:
    """Let one pass where two could, with four and three votes behind."""
    branch.called()
    branch.counted({"T003": 7, "T004": 4, "T001": 3})
    return branch


def second(branch: ElectronicVoting) -> str:
    ballot_id: str = branch.act("second-round", status=201).json["ballot_id"]
    return ballot_id


def ballots(branch: ElectronicVoting) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = branch.get("T001", f"meetings/{branch.meeting_id}/ballot").json
    return found


def page(branch: ElectronicVoting, what: str = "ballot", who: str = "T001") -> str:
    answer = branch.service.client(uid(who)).get(f"/evaluation/meetings/{branch.meeting_id}/{what}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_place_that_too_few_passed_for_stays_empty_where_the_scheme_says_nothing(branch_of: Make) -> None:
    """Requirements 2.1: as it always was."""
    branch = short(branch_of("empty"))
    assert [(one["empty"], one["short"]) for one in ballots(branch)] == [(1, 0)]
    assert branch.act("second-round").json["details"] == ["制度方案没有规定另行选举。"]
    refused = branch.act("fewer-places", {"agreed": 8, "reason": "x"})
    assert refused.json["details"] == ["制度方案没有规定减少名额。"]
    assert "空缺 1 名，不递补。" in page(branch)
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
    assert told["calculation"].endswith("，取 2 名；当选 1 名，另行选举，取 1 名")
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
    assert "空缺 1 名，不递补。" in page(branch)
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
    said = "经讨论，其余名额不再投票。原因：时间已晚　空缺 1 名，不递补。"
    assert said in page(branch, "minutes")
    assert [one["empty"] for one in ballots(branch)] == [1, 0]
    assert "空缺 1 名，不递补。" in page(branch)
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


def test_minutes_path_and_ledger_tell_of_both_rounds(branch_of: Make) -> None:
    """R-122, R-135."""
    branch = short(branch_of("second_round"))
    branch.counted({"T004": 5}, ballot_id=second(branch))
    shown = page(branch, "minutes")
    for part in ("名额未取足，另行选举 1 名。", "名额未取足，另行选举（纸质投票），名额 1 名", "：毛建国。"):
        assert part in shown
    assert "空缺" not in shown
    steps = branch.get("T001", f"ballots/{branch.ballot_id}/path").json["steps"]
    called = [(one["title"], one["who"]) for one in steps if one["key"] == "called"]
    assert [title for title, _ in called] == ["发起投票", "发起投票（另行选举）"]
    assert all("王一鸣" in who for _, who in called)
    answer = branch.service.client(uid("T001")).get(f"/evaluation/awards/ledger.xlsx?period={branch.quarter}")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[3] for row in rows if "党支部" in row[1] and row[0] != "季度"] == ["首次投票", "名额未取足，另行选举"]


def test_what_a_branch_has_left_over_carries_as_before(branch_of: Make) -> None:
    """Requirements 2.2: the base of a quarter counts once, whichever rounds it took."""
    branch = short(branch_of("second_round"))
    branch.counted({"T004": 5}, ballot_id=second(branch))
    with branch.service.connect() as conn:
        rows = conn.execute("SELECT reason, base, places FROM election ORDER BY called_at").fetchall()
    assert rows == [("first", 8, 2), ("second", 8, 1)]


def test_the_base_of_a_quarter_is_that_of_the_vote_not_of_a_second_round_that_was_repeated(
    branch_of: Make, university: University
) -> None:
    """Requirements 2.2: also where the attendance was corrected before the repetition."""
    university.settings["ballot.base"] = "present"
    branch = short(branch_of("second_round"))
    branch.ballot_id = second(branch)
    branch.annulled()
    mark = {"person_id": str(uid("T006")), "presence": "leave", "excused": True, "reason": "病假"}
    branch.act("attendance", {"marks": [mark], "change_reason": "误登"}, status=204)
    answer = branch.call()
    assert answer.status_code == 201, answer.json
    branch.counted({"T004": 5})
    with branch.service.connect() as conn:
        rows = conn.execute("SELECT reason, base FROM election ORDER BY called_at").fetchall()
        # Any text behind the quarter of today, as the year must be the same.
        bases = store.list_bases(conn, TENANT, uid(BRANCH), f"{branch.quarter}+")
    assert rows == [("first", 8), ("second", 8), ("annulled", 7)]
    assert bases == [8]


def test_the_page_offers_the_second_round_with_its_names_and_calls_it(branch_of: Make) -> None:
    branch = short(branch_of("second_round"))
    shown = page(branch)
    assert "尚缺 1 名，可以另行选举（见下）。" in shown
    assert "过半数的人少于名额，尚缺 1 名" in shown
    assert "不递补" not in shown
    assert "过半数的人少于名额" not in page(branch, who="T003")
    title = f"{words(branch.quarter)}评选尚缺 1 名"
    assert [one["title"] for one in branch.get("T001", "tasks").json].count(title) == 1
    assert title not in [one["title"] for one in branch.get("T003", "tasks").json]
    client = branch.service.client(uid("T001"))
    assert client.post(f"/evaluation/meetings/{branch.meeting_id}/second-round", data={}).status_code == 303
    shown = page(branch)
    assert "评选（另行选举）" in shown
    assert "尚缺 1 名" not in shown
    assert title not in [one["title"] for one in branch.get("T001", "tasks").json]


def test_the_branch_agrees_to_fewer_places_with_number_and_reason(branch_of: Make) -> None:
    """Requirements 2.1: more than half of those entitled; it stands in minutes and path."""
    branch = short(branch_of("reduce"))
    assert [one["short"] for one in ballots(branch)] == [1]
    assert branch.act("second-round").json["details"] == ["制度方案没有规定另行选举。"]
    refused = branch.act("fewer-places", {"agreed": 4, "reason": "条件成熟的同志较少"})
    assert refused.json["details"] == ["应到会 8 人，同意 4 人，没有超过半数。"]
    assert branch.act("fewer-places", {"agreed": 7, "reason": "x"}, who="T003").status_code == 403
    branch.act("fewer-places", {"agreed": 7, "reason": "条件成熟的同志较少"}, status=200)
    assert branch.act("fewer-places", {"agreed": 7, "reason": "x"}).status_code == 409
    assert [(one["empty"], one["short"]) for one in ballots(branch)] == [(0, 0)]
    note = "7 人同意，名额由 2 名减为 1 名。理由：条件成熟的同志较少"
    assert note in page(branch, "minutes")
    steps = branch.get("T001", f"ballots/{branch.ballot_id}/path").json["steps"]
    reduced = next(one for one in steps if one["key"] == "reduced")
    assert note in reduced["note"]
    assert "王一鸣" in reduced["who"]


def test_the_page_takes_the_agreement_to_fewer_places(branch_of: Make) -> None:
    branch = branch_of("reduce")
    branch.called()
    branch.counted({"T004": 4})
    assert "空缺 2 名。制度方案规定" in page(branch)
    client = branch.service.client(uid("T001"))
    form = {"agreed": "6", "reason": "条件成熟的同志较少"}
    assert client.post(f"/evaluation/meetings/{branch.meeting_id}/fewer-places", data=form).status_code == 303
    assert "名额由 2 名减为 0 名" in page(branch)
