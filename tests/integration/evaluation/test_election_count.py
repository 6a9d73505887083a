"""From the count of a ballot to verified awards and the ledger, in whatever order it is heard."""

import random
from collections.abc import Callable
from uuid import UUID

import pytest

from services.evaluation.award.rules import award_id
from shared.directory import store
from tests.integration.evaluation.branch import BRANCH
from tests.integration.evaluation.voting import Voting
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
