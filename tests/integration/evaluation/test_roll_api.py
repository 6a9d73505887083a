"""Electronic ballots on evaluation's side: the call, each elector's own credential, its secrecy and its end."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from shared.events.pledge import PledgePublished
from shared.scheme.settings import BY_KEY
from shared.voting import credential
from shared.voting.roll import fingerprint
from tests.integration.evaluation.branch import BRANCH
from tests.integration.evaluation.electronic import ElectronicVoting
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> ElectronicVoting:
    return ElectronicVoting(service("evaluation"))


def test_an_electronic_ballot_is_called_with_a_public_credential_for_each_who_is_present(
    branch: ElectronicVoting,
) -> None:
    """R-130, requirements 2.1."""
    branch.electronic()
    told = branch.called_fact()
    assert (told["channel"], told["secrecy_minimum"], told["paper_electors"]) == ("electronic", 3, 0)
    assert len(told["credentials"]) == len(set(told["credentials"])) == 8
    assert told["credentials"] == sorted(told["credentials"])
    shown = branch.get("T003", f"ballots/{branch.ballot_id}").json
    assert (shown["channel_name"], shown["electronic_electors"], shown["paper_electors"]) == ("电子投票", 8, 0)


def test_each_elector_gets_the_own_credential_and_all_make_up_the_public_list(branch: ElectronicVoting) -> None:
    branch.electronic()
    uuid = credential.election_uuid(UUID(branch.ballot_id))
    codes = [branch.ticket(who).json["credential"] for who in branch.members]
    assert codes == [branch.ticket(who).json["credential"] for who in branch.members]
    assert sorted(credential.public(code, uuid) for code in codes) == branch.called_fact()["credentials"]


def test_each_elector_is_told_the_mark_of_the_roll_that_the_box_must_have(branch: ElectronicVoting) -> None:
    """Decision 25: by the own page, so that a false call on the broker is seen by whoever would vote on it."""
    branch.electronic("T004", "T005")
    told = branch.called_fact()["credentials"]
    marks = {branch.ticket(who).json["roll"] for who in branch.members if who not in {"T004", "T005"}}
    assert marks == {fingerprint(told)} == {fingerprint(reversed(told))}
    assert fingerprint(told[1:]) not in marks


def test_a_ballot_that_an_older_release_called_has_no_mark_and_can_be_voted_on(branch: ElectronicVoting) -> None:
    branch.electronic()
    with branch.service.connect() as conn:
        conn.execute("UPDATE roll SET fingerprint = DEFAULT")
    answer = branch.ticket("T003")
    assert (answer.status_code, answer.json["roll"]) == (200, "")


def test_an_elector_reads_what_the_candidates_presented_in_the_order_of_the_ballot(branch: ElectronicVoting) -> None:
    """R-118."""
    branch.electronic()
    addition = {"text": "又及。", "reason": "补充"}
    branch.post("T003", f"deeds/{branch.row('T003')['deeds'][0]['id']}/additions", addition, status=201)
    with branch.service.connect() as conn:
        conn.execute("UPDATE deed SET state = 'entered' WHERE person_id = %s", [uid("T004")])
    found = branch.ticket("T005").json["candidates"]
    assert [one["person_id"] for one in found] == [one["person_id"] for one in branch.called_fact()["candidates"]]
    deeds = {one["person_id"]: one["deed"] for one in found}
    assert deeds[str(uid("T003"))] == "利用周末为学生义务辅导功课。\n又及。"
    assert deeds[str(uid("T004"))] == "", "what was not presented is not shown"
    assert deeds[str(uid("T002"))] == "利用周末为学生义务辅导功课。"


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_an_elector_reads_the_newest_pledge_that_a_deed_refers_to(
    branch: ElectronicVoting, order: tuple[int, int]
) -> None:
    """R-056, R-139: only what was published."""
    pledge_id = uuid4()
    for version in order:
        branch.service.hear(
            PledgePublished, pledge_id=pledge_id, version=version, organization_id=uid(BRANCH), person_id=uid("T003"),
            form="sentence", kind="year", year=2013, headline="" if version == 2 else "初稿",
            items=[{"item_id": uuid4(), "content": text, "due_on": None, "aspect": ""} for text in ("甲", "乙")],
        )  # fmt: skip
    branch.enter("T003", pledge_id=str(pledge_id))
    branch.electronic()
    pledges = {one["person_id"]: one["pledge"] for one in branch.ticket("T005").json["candidates"]}
    assert pledges[str(uid("T003"))] == "甲；乙"
    assert set(pledges.values()) == {"甲；乙", ""}


def test_a_mixed_ballot_tells_how_many_vote_on_paper_and_gives_them_no_credential(branch: ElectronicVoting) -> None:
    branch.electronic("T004", "T005")
    told = branch.called_fact()
    assert (told["channel"], len(told["credentials"]), told["paper_electors"]) == ("mixed", 6, 2)
    refused = branch.ticket("T004")
    assert (refused.status_code, refused.json["code"]) == (404, "votes_on_paper")


def test_a_paper_ballot_has_neither_roll_nor_credentials(branch: ElectronicVoting) -> None:
    branch.called()
    told = branch.called_fact()
    assert (told["credentials"], told["paper_electors"]) == ([], 8)
    assert branch.ticket("T003").json["code"] == "not_an_elector"


def test_the_scheme_decides_the_channel_that_a_call_leaves_out(
    service: Callable[[str], Service], university: University
) -> None:
    university.settings["ballot.channel"] = "electronic"
    branch = ElectronicVoting(service("evaluation"))
    branch.hold()
    assert branch.call(channel=None).json["channel"] == "electronic"
    assert BY_KEY["ballot.channel"].default == "paper"


def test_too_few_electronic_voters_are_refused_with_all_other_obstacles(branch: ElectronicVoting) -> None:
    """Requirements 5.1: few ballots would tell who chose whom."""
    branch.hold()
    everybody_but_two = branch.members[:6]
    refused = branch.call(
        channel="mixed", paper_electors=[str(uid(who)) for who in [*everybody_but_two, "S001"]], tellers=[], declined=[]
    )
    text = "\n".join(refused.json["details"])
    assert refused.json["code"] == "cannot_call"
    for part in ("请改用纸质投票", "所选的人不是出席本次会议的投票人", "监票人须为不同的两人"):
        assert part in text
    assert branch.service.told("ballot.called") == []
    assert branch.kept() == 0


def test_only_an_elector_is_given_a_credential_and_only_the_own(branch: ElectronicVoting) -> None:
    """R-130."""
    branch.electronic()
    for stranger, status in (("S002", 404), ("T021", 404), ("T041", 404), ("T061", 403), ("S011", 403)):
        assert branch.ticket(stranger).status_code == status, stranger
    assert branch.ticket("S002").json["message"].startswith("您不在本次电子投票的选民名单中")
    assert branch.ticket("T003", ballot_id=str(UUID(int=7))).json["code"] == "election_not_found"
    assert branch.service.client().get(f"/evaluation/api/ballots/{branch.ballot_id}/credential").status_code == 401
    given = {branch.ticket(who).json["credential"] for who in branch.members}
    assert len(given) == 8


@pytest.mark.parametrize("step", ["closed", "counted", "annulled"])
def test_no_credential_is_given_after_the_end(branch: ElectronicVoting, step: str) -> None:
    branch.electronic()
    assert branch.ticket("T003").status_code == 200
    branch.counted({"T003": 7}) if step == "counted" else getattr(branch, step)()
    assert branch.ticket("T003").json["code"] == "voting_over"


def test_a_re_vote_among_the_tied_keeps_the_electors_and_gives_new_credentials(branch: ElectronicVoting) -> None:
    """Requirements 2.3."""
    branch.electronic("T004")
    first = branch.ticket("T003").json["credential"]
    branch.counted({"T003": 5, "T004": 5})
    told = branch.called_fact(1)
    assert (told["reason"], told["channel"], len(told["credentials"]), told["paper_electors"]) == ("tie", "mixed", 7, 1)
    assert not set(told["credentials"]) & set(branch.called_fact()["credentials"])
    again = branch.ticket("T003", told["ballot_id"]).json["credential"]
    assert again != first
    assert branch.ticket("T004", told["ballot_id"]).json["code"] == "votes_on_paper"


def test_everybody_entitled_gets_a_credential_where_the_scheme_says_so(
    service: Callable[[str], Service], university: University
) -> None:
    university.settings["ballot.electors"] = "entitled"
    branch = ElectronicVoting(service("evaluation"))
    branch.hold()
    branch.mark("T006", "leave", excused=True, reason="出差")
    assert branch.call_electronic().status_code == 201
    assert branch.ticket("T006").status_code == 200
    assert branch.called_fact()["present"] == 7
    assert len(branch.called_fact()["credentials"]) == 8
