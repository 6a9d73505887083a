"""An electronic ballot from the call to the count: what is accepted counts once, and nothing is decrypted before."""

from services.ballot.audit.follower import Follower, State
from tests.integration.ballot.boxes import electronic, totals
from tests.integration.ballot.calls import FIRST, MEMBER, SECOND, sheet
from tests.services import Service


def nothing_earlier(offset: int, length: int) -> bytes:
    raise AssertionError("nobody voted twice")


def test_a_branch_votes_electronically_and_two_trustees_count(ballot: Service) -> None:
    """R-130 R-131: the sums are told, and the public archive proves them."""
    voted = electronic(ballot).begin()
    trackers = [voted.cast(0, 0, 1), voted.cast(1, 0), voted.cast(2, 2), voted.cast(3)]
    assert voted.verify() == 4
    assert {voted.where(each)["state"] for each in trackers} == {"accepted"}
    assert voted.post(FIRST, "close").json["state"] == "closing"
    assert voted.seal().state() == "tallying"
    assert ballot.told("ballot.closed")[0]["data"]["returned"] == 4
    assert voted.decrypt(1).state() == "tallying"
    assert voted.decrypt(3).state() == "counted"
    shown = voted.get(FIRST).json
    assert totals(shown["candidates"]) == [2, 1, 1]
    assert shown["announcement"] == (
        "应到会6人，实到会4人，其中电子投票4人；电子选票发出4张，收回4张，有效4张，无效0张，弃权1张。"
    )
    told = ballot.told("ballot.counted")[0]["data"]
    assert [told[name] for name in ("issued", "returned", "valid", "invalid", "abstained")] == [4, 4, 4, 0, 1]
    follower = Follower(nothing_earlier)
    follower.feed(voted.archive(ballot.client(MEMBER)).data)
    assert (follower.complete(), follower.state, follower.num_tallied) == ((), State.FINISHED, 4)


def test_papers_and_electronic_ballots_add_up(ballot: Service) -> None:
    """R-130 requirements 2.3: late comers vote on paper; one reconciliation, one result."""
    voted = electronic(ballot, channel="mixed").begin(present=6, issued=2)
    for elector, choice in enumerate([0, 0, 1]):
        voted.cast(elector, choice)
    refused = voted.post(FIRST, "close", returned=2)
    assert refused.json["code"] == "difference_unexplained"
    assert refused.json["details"] == ["电子投票4人，投出电子选票3张，1人没有投票。"]
    assert voted.post(FIRST, "close", returned=2, explanation="一人提前离会").json["state"] == "closing"
    assert voted.seal().state() == "closed"
    papers = sheet(1, 0, 1, valid=2, invalid=0, abstained=0)
    assert voted.post(FIRST, "count", **papers).json["state"] == "entered"
    assert ballot.told("decryption.requested") == []
    assert voted.post(SECOND, "confirm").json["state"] == "tallying"
    assert len(ballot.told("decryption.requested")) == 1
    shown = voted.decrypt(2, 3).get(FIRST).json
    assert shown["state"] == "counted"
    assert totals(shown["candidates"]) == [3, 1, 1]
    assert shown["announcement"] == (
        "应到会6人，实到会6人，其中电子投票4人，投出电子选票3张，弃权0张；"
        "纸质发出选票2张，收回2张，有效2张，无效0张，弃权0张。合计发出6张，收回5张，有效5张，无效0张，弃权0张。"
    )
