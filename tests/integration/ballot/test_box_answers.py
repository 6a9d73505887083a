"""What the seats answer, forged, late or twice, and a result that nobody edits."""

import psycopg
import pytest

from services.ballot.box import counting
from shared import clock
from tests.integration.ballot.boxes import electronic
from tests.integration.ballot.calls import FIRST, SECRETARY
from tests.services import Service
from tests.university import TENANT


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
