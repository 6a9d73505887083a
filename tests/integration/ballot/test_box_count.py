"""An electronic ballot from the call to the count: what is accepted counts once, and nothing is decrypted before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from services.ballot.audit.follower import Follower, State
from services.ballot.key import __main__ as operator
from shared import clock
from tests.integration.ballot.boxes import electronic, tomorrow, totals
from tests.integration.ballot.calls import FIRST, MEMBER, SECOND, SECRETARY, sheet
from tests.services import Service
from tests.university import University


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


def test_an_operator_may_ask_the_seats_anew_while_a_sum_is_waited_for(
    ballot: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-130: a request that no seat heard, such as an older one without a seal, keeps no ballot from its count."""
    monkeypatch.setenv("BALLOT_DATABASE_URL", ballot.url)

    def ask() -> int:
        return CliRunner().invoke(operator.app, ["ask", str(voted.id)]).exit_code

    voted = electronic(ballot).begin()
    for elector in range(4):
        voted.cast(elector, 0)
    assert ask() == 1
    voted.post(FIRST, "close")
    voted.seal()
    assert ask() == 0
    first, second = (each["data"] for each in ballot.told("decryption.requested"))
    assert first == second
    voted.decrypt(1, 2)
    assert ask() == 1
    assert len(ballot.told("decryption.requested")) == 2


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
        "应到会6人，实到会6人，其中电子投票4人；电子选票与纸质选票合计发出选票6张，收回5张，有效5张，无效0张，弃权0张。"
    )


def test_where_the_absent_vote_by_phone_the_sentence_does_not_count_them_among_those_present(
    service: Callable[[str], Service], university: University
) -> None:
    """Requirements 2.3: what is read aloud adds up."""
    university.settings["ballot.electors"] = "entitled"
    ballot = service("ballot")
    voted = electronic(ballot, entitled=5, present=3).begin(present=3)
    for elector in range(4):
        voted.cast(elector, 0)
    assert voted.post(FIRST, "close").status_code == 200
    shown = voted.seal().decrypt(1, 2).get(FIRST).json
    assert shown["announcement"].startswith("应到会5人，实到会3人，电子投票4人；电子选票发出4张，收回4张")


def test_without_a_key_an_electronic_ballot_cannot_be_opened(ballot: Service) -> None:
    voted = electronic(ballot, key=None)
    assert len(ballot.told("key.requested")) == 1
    refused = voted.post(FIRST, "open", present=4, issued=0)
    assert (refused.status_code, refused.json["code"]) == (409, "key_not_ready")
    assert voted.state() == "called"
    assert voted.records() == []


def test_on_an_address_that_is_not_encrypted_nobody_opens_a_box(ballot: Service) -> None:
    voted = electronic(ballot)
    plain = replace(ballot.app.extensions["shanguang"], base_url="http://shanguang.example.edu.cn")
    ballot.app.extensions["shanguang"] = plain
    assert voted.post(FIRST, "open", present=4, issued=0).json["code"] == "address_not_secure"
    assert voted.state() == "called"


def test_too_few_ballots_void_the_ballot_and_nothing_is_decrypted(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    voted.cast(0, 0)
    voted.cast(1, 1)
    voted.post(FIRST, "close", explanation="二人没有投票")
    shown = voted.seal().get(FIRST).json
    assert (shown["state"], shown["annulment"]) == ("annulled", "too_few_ballots")
    assert ballot.told("ballot.annulled")[0]["data"]["reason"] == "too_few_ballots"
    assert ballot.told("decryption.requested") == []
    assert not any("EncryptedTally" in each for each in voted.records())


def test_a_deadline_closes_the_box_and_explains_itself(ballot: Service) -> None:
    voted = electronic(ballot).begin(closes_at=tomorrow())
    for elector in range(3):
        voted.cast(elector, elector)
    ballot.due(clock.now() + timedelta(hours=1))
    assert voted.state() == "open"
    voted.verify()
    ballot.due(clock.now() + timedelta(days=2))
    shown = voted.get(FIRST).json
    assert shown["state"] == "tallying"
    assert shown["explanation"] == "投票到截止时间自动结束。电子投票4人，投出电子选票3张，1人没有投票。"


def test_after_its_deadline_a_box_takes_nothing_even_before_it_is_closed(ballot: Service) -> None:
    voted = electronic(ballot).begin(closes_at=tomorrow())
    with ballot.connect() as conn:
        conn.execute("UPDATE ballot SET closes_at = %s WHERE id = %s", [clock.now() - timedelta(seconds=1), voted.id])
    assert voted.hand_in(voted.make(0, 0)).json["code"] == "box_closed"


def test_a_key_is_retired_once_all_its_ballots_are_over_and_the_scheme_s_months_with_them(ballot: Service) -> None:
    """R-130 decision 17: then nobody can open the public archives any more; a later ballot gets another key."""
    first, second = electronic(ballot), electronic(ballot).begin()
    for elector in range(4):
        second.cast(elector, 0)
    second.post(FIRST, "close")
    second.seal().decrypt(1, 2)
    now = clock.now()
    ballot.due(now + timedelta(days=400))
    assert ballot.told("key.retired") == [], "another ballot of the period is not over"
    first.post(SECRETARY, "annul", reason="停电")
    ballot.due(now + timedelta(days=170))
    assert ballot.told("key.retired") == []
    ballot.due(now + timedelta(days=190))
    (told,) = ballot.told("key.retired")
    assert told["data"]["period"] == "2013Q1"
    with ballot.connect() as conn:
        assert conn.execute("SELECT state FROM ceremony").fetchall() == [("retired",)]
    assert totals(second.get(FIRST).json["candidates"]) == [4, 0, 0]
    asked = len(ballot.told("key.requested"))
    third = electronic(ballot, key=None)
    assert len(ballot.told("key.requested")) == asked + 1
    assert third.post(FIRST, "open", present=4, issued=0).json["code"] == "key_not_ready"
