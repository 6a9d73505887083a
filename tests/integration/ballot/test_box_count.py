"""An electronic ballot from the call to the count: what is accepted counts once, and nothing is decrypted before."""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

from services.ballot.audit.follower import Follower, State
from services.ballot.box import counting, sealing, verifying
from services.ballot.box.feeding import WINDOW, Feeder
from services.ballot.key import __main__ as operator
from shared import clock
from tests.integration.ballot.boxes import Voted, electronic, tomorrow, totals
from tests.integration.ballot.calls import FIRST, MEMBER, SECOND, SECRETARY, sheet
from tests.services import Service
from tests.university import TENANT


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


def test_a_forged_answer_is_named_and_the_count_goes_on_without_it(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    for elector in range(4):
        voted.cast(elector, 0)
    voted.post(FIRST, "close")
    voted.seal()
    voted.decrypt(1, answer=voted.answer_of(2))
    voted.decrypt(3, answer='{"decryption_factors":[],"decryption_proofs":[]}')
    page = ballot.client(FIRST).get(f"/ballot/ballots/{voted.id}").text
    assert "第1席计票密钥持有者没有给出可用的答复（decryption_proof）" in page
    assert "第3席计票密钥持有者没有给出可用的答复（length）" in page
    with ballot.connect() as conn:
        noted = conn.execute("SELECT subject FROM audit WHERE act = 'decryption.refused' ORDER BY subject").fetchall()
    assert noted == [(f"{voted.id}/1",), (f"{voted.id}/3",)]
    assert voted.decrypt(2).state() == "tallying"
    assert voted.decrypt(1).state() == "counted"


def test_an_answer_in_another_s_name_is_refused(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    for elector in range(4):
        voted.cast(elector, 0)
    voted.post(FIRST, "close")
    voted.seal()
    answer = voted.answer_of(2)
    with ballot.connect() as conn:
        told = {"ballot_id": voted.id, "seat": 1, "owner": 2, "partial_decryption": answer}
        counting.receive_decryption(conn, TENANT, told)
    assert voted.get(FIRST).json["progress"]["decrypted"] == 0


def test_answers_that_come_again_or_too_late_change_nothing(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    for elector in range(4):
        voted.cast(elector, 0)
    voted.post(FIRST, "close")
    voted.seal()
    assert voted.decrypt(1, 1, 1).state() == "tallying"
    answer = voted.answer_of(3)
    voted.decrypt(2)
    records = voted.records()
    voted.decrypt(3, 1, answer=answer)
    assert voted.records() == records
    assert len(ballot.told("ballot.counted")) == 1


def test_an_annulled_ballot_is_neither_verified_nor_counted(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    voted.cast(0, 0)
    voted.post(SECRETARY, "annul", reason="停电")
    length = len(voted.records())
    assert voted.verify() == 1
    assert len(voted.records()) == length
    ballot.due(clock.now())
    assert voted.state() == "annulled"


def test_a_counted_result_is_never_edited(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    for elector in range(4):
        voted.cast(elector, 0)
    voted.post(FIRST, "close")
    voted.seal().decrypt(1, 2)
    for change in ("UPDATE ballot SET blank = 1", "UPDATE ballot SET tallied = 3", "UPDATE record SET body = ''"):
        with pytest.raises(psycopg.errors.RaiseException), ballot.connect() as conn:
            conn.execute(change)


def test_two_workers_and_voters_at_once_lose_nothing_and_count_nothing_twice(ballot: Service) -> None:
    """Every accepted ballot is in the chain once, in whatever order doors and workers come."""
    voted = electronic(ballot, 12, entitled=20, present=12).begin(present=12)
    bodies = [voted.make(elector, elector % 3) for elector in range(12)]
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set() or voted.verify():
            voted.verify()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(voted.hand_in, bodies * 2))
    stop.set()
    for worker in workers:
        worker.join(60)
    assert {answer.status_code for answer in answers} == {202}
    voted.post(FIRST, "close")
    shown = voted.seal().decrypt(1, 2).get(FIRST).json
    assert totals(shown["candidates"]) == [4, 4, 4]
    with ballot.connect() as conn:
        row = conn.execute("SELECT count(*), count(DISTINCT tracker) FROM accepted_ballot").fetchone()
    assert row == (12, 12)


def test_whoever_is_at_the_door_when_the_box_closes_is_in_it_or_told_that_it_is_closed(ballot: Service) -> None:
    voted = electronic(ballot, 12, entitled=20, present=12).begin(present=12)
    bodies = [voted.make(elector, 0) for elector in range(12)]
    for body in bodies[:4]:
        voted.hand_in(body)
    with ThreadPoolExecutor(5) as people:
        coming = [people.submit(voted.hand_in, body) for body in bodies[4:]]
        closing = people.submit(lambda: voted.post(FIRST, "close", explanation="到点"))
        answers = [each.result() for each in coming]
        assert closing.result().status_code == 200
    taken = 4 + sum(1 for answer in answers if answer.status_code == 202)
    assert {answer.json.get("code", "") for answer in answers} <= {"", "box_closed"}
    shown = voted.seal().decrypt(1, 2).get(FIRST).json
    assert shown["tallied"] == totals(shown["candidates"])[0] == taken


def wake(ballot: Service, voted: Voted) -> None:
    """Let four vote one after another; every waking is told, confirmed and heard in its own second."""
    for elector in range(4):
        voted.cast(elector, 0)
        feeder = Feeder()
        with ballot.connect() as conn:
            feeder.run(conn, clock.now())
            assert feeder.run(conn, clock.now() + WINDOW) == 1
        voted.verify()
    with ballot.connect() as conn:
        conn.execute("UPDATE outbox SET published_at = occurred_at WHERE name = 'ballot.cast'")
        conn.execute(
            "INSERT INTO inbox (tenant_id, queue, event_id, name, received_at)"
            " SELECT tenant_id, 'ballot.verify', id, name, occurred_at FROM outbox WHERE name = 'ballot.cast'"
        )
    assert remembered(ballot) == (4, 4)


def remembered(ballot: Service) -> tuple[int, int]:
    with ballot.connect() as conn:
        row = conn.execute("SELECT count(*) FROM inbox WHERE name = 'ballot.cast'").fetchone()
    return len(ballot.told("ballot.cast")), row[0] if row else 0


def test_when_the_box_is_sealed_the_times_of_wakings_are_forgotten(ballot: Service) -> None:
    """R-130 decision 15: one waking after another says when somebody voted; nothing depends on them afterwards."""
    voted = electronic(ballot).begin()
    wake(ballot, voted)
    voted.post(FIRST, "close")
    with ballot.connect() as conn:
        sealing.seal_drained(conn, clock.now())
    assert remembered(ballot) == (0, 0)
    assert len(ballot.told("decryption.requested")) == 1


def test_when_a_ballot_is_annulled_the_times_of_wakings_are_forgotten_with_it(ballot: Service) -> None:
    """R-130 decision 15: by the secretary's decision, and by rule where more papers came back than went out."""
    voted = electronic(ballot).begin()
    wake(ballot, voted)
    voted.post(SECRETARY, "annul", reason="停电")
    assert remembered(ballot) == (0, 0)
    voted = electronic(ballot, channel="mixed").begin(present=6, issued=2)
    wake(ballot, voted)
    assert voted.post(FIRST, "close", returned=3, void=True).json["state"] == "annulled"
    assert remembered(ballot) == (0, 0)


def test_while_a_box_is_open_wakings_that_were_heard_are_forgotten_after_a_minute(ballot: Service) -> None:
    """R-130 decision 15: a box may be open for thirty days; what the relay has not confirmed yet stays."""
    voted = electronic(ballot).begin()
    wake(ballot, voted)
    with ballot.connect() as conn:
        conn.execute("UPDATE outbox SET published_at = NULL WHERE id = (SELECT id FROM outbox"
                     " WHERE name = 'ballot.cast' ORDER BY position LIMIT 1)")  # fmt: skip
    ballot.due(clock.now())
    assert remembered(ballot) == (4, 4)
    ballot.due(clock.now() + timedelta(minutes=2))
    assert remembered(ballot) == (1, 0)


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


class Death(BaseException):
    """A process ended here."""


@pytest.mark.parametrize("at", range(12))
def test_a_worker_that_dies_between_any_two_statements_leaves_all_or_nothing(ballot: Service, at: int) -> None:
    """Whatever a worker had done is undone with its transaction; the next one does it."""
    voted = electronic(ballot).begin()
    for elector in range(4):
        voted.cast(elector, 0)
    die_after(ballot, lambda conn: verifying.verify(conn, TENANT, voted.id), at)
    assert len(voted.records()) == 5
    assert voted.verify() == 4
    voted.post(FIRST, "close")
    for step in range(at):
        die_after(ballot, lambda conn: sealing.seal_drained(conn, clock.now()), step)
    shown = voted.seal().decrypt(1, 2).get(FIRST).json
    assert totals(shown["candidates"]) == [4, 0, 0]


def die_after(service: Service, act: Callable[[Any], object], statements: int) -> None:
    """Let a process die after so many statements of an act, or at the latest before its commit."""
    with contextlib.suppress(Death), service.connect() as conn:
        act(Dying(conn, statements))
        raise Death


class Dying:
    """A connection on which the work ends after so many statements."""

    def __init__(self, conn: Any, left: int) -> None:
        self._conn, self._left = conn, left

    def _count(self) -> None:
        if self._left == 0:
            raise Death
        self._left -= 1

    def execute(self, *given: Any) -> Any:
        self._count()
        return self._conn.execute(*given)

    def cursor(self, *given: Any, **named: Any) -> Any:
        self._count()
        return self._conn.cursor(*given, **named)

    def transaction(self) -> Any:
        return self._conn.transaction()
