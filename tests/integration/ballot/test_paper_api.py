"""The ceremony through the JSON side: who may, in what order, what is told, what is refused."""

import threading
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from shared.directory import store as directory
from tests.integration.ballot.calls import (
    ABOVE,
    ABOVE_OTHERS,
    CLERK,
    DEPARTMENT,
    FIRST,
    MEMBER,
    SECOND,
    SECRETARY,
    SECRETARY_OF_OTHERS,
    Called,
    call,
    sheet,
)
from tests.services import Service
from tests.university import TENANT, uid

STEPS: dict[str, dict[str, Any]] = {
    "open": {"present": 12, "issued": 12},
    "issue": {"present": 13, "issued": 13, "reason": "一名党员迟到"},
    "close": {"returned": 12},
    "count": sheet(),
    "confirm": {},
    "dispute": {"reason": "不符"},
}


def test_two_tellers_count_and_the_totals_are_told(ballot: Service, called: Called) -> None:
    """R-130 R-131 R-135: 清点、发票、收回、计票、复核; only totals leave the service."""
    called.to("confirm")
    shown = called.get(SECOND).json
    assert shown["state"] == "counted"
    assert shown["announcement"] == "应到会13人，实到会12人，发出选票12张，收回12张，有效11张，无效1张，弃权1张。"
    assert [each["votes"] for each in shown["candidates"]] == [9, 6, 3]
    assert [each["name"] for each in ballot.told()] == ["ballot.opened", "ballot.closed", "ballot.counted"]
    assert ballot.told("ballot.counted")[0]["data"] == {
        "ballot_id": str(called.id),
        "organization_id": str(uid("zjy/jin/jg")),
        "present": 12,
        "issued": 12,
        "returned": 12,
        "valid": 11,
        "invalid": 1,
        "abstained": 1,
        "totals": sheet()["totals"],
    }


def test_the_second_teller_is_not_the_first(called: Called) -> None:
    answer = called.to("count").post(FIRST, "confirm")
    assert (answer.status_code, answer.json["code"]) == (409, "second_teller_is_first")
    assert called.state() == "entered"


def test_a_dispute_sends_the_papers_back_to_the_count(ballot: Service, called: Called) -> None:
    called.to("count")
    assert called.post(SECOND, "dispute", reason="毛建国少记一票").json["state"] == "closed"
    assert called.post(SECOND, "count", **sheet(9, 7, 3)).status_code == 200
    assert called.post(SECOND, "confirm").json["code"] == "second_teller_is_first"
    shown = called.post(FIRST, "confirm").json
    assert [each["votes"] for each in shown["candidates"]] == [9, 7, 3]
    assert [each["dispute"] for each in shown["disputed"]] == ["毛建国少记一票"]
    assert len(ballot.told("ballot.counted")) == 1


def test_more_papers_back_than_issued_void_the_ballot_once_that_is_confirmed(ballot: Service, called: Called) -> None:
    """requirements 2.3: 收回多于发出."""
    asked = called.to("open").post(FIRST, "close", returned=13)
    assert (asked.status_code, asked.json["code"]) == (409, "returned_exceeds_issued")
    assert "本次投票随即作废" in asked.json["details"][1]
    assert called.state() == "open"
    shown = called.post(FIRST, "close", returned=13, void=True).json
    assert (shown["state"], shown["annulment"]) == ("annulled", "returned_exceeds_issued")
    assert [each["name"] for each in ballot.told()] == ["ballot.opened", "ballot.annulled"]
    assert ballot.told("ballot.annulled")[0]["data"]["reason"] == "returned_exceeds_issued"


def test_a_confirmation_voids_no_ballot_whose_papers_add_up(called: Called) -> None:
    assert called.to("open").post(FIRST, "close", returned=12, void=True).json["state"] == "closed"


def test_a_member_who_comes_late_is_counted_and_the_correction_stays(ballot: Service, called: Called) -> None:
    """requirements 2.3: late arrivals while the ballot is open; never above 应到会, never silently."""
    called.to("open")
    late = {"present": 13, "issued": 13, "reason": "一名党员迟到"}
    shown = called.post(SECOND, "issue", **late).json
    assert (shown["state"], shown["present"], shown["issued"]) == ("open", 13, 13)
    [kept] = called.get(MEMBER).json["corrections"]
    assert (kept["present_before"], kept["issued_before"], kept["reason"]) == (12, 12, "一名党员迟到")
    assert kept["made_by"] == str(SECOND)
    assert called.post(FIRST, "issue", **late).json["code"] == "nothing_corrected"
    refused = called.post(FIRST, "issue", present=14, issued=14, reason="又来一人")
    assert (refused.status_code, refused.json["details"]) == (422, ["实到会14人，多于应到会13人。"])
    assert called.post(FIRST, "issue", present=13, issued=12, reason=" ").status_code == 422
    assert called.post(FIRST, "close", returned=13).json["state"] == "closed"
    assert called.post(FIRST, "issue", present=12, issued=12, reason="改回").json["code"] == "ballot_not_open"
    with ballot.connect() as conn, pytest.raises(psycopg.Error, match="append-only"):
        conn.execute("DELETE FROM correction")


def test_a_paper_that_did_not_come_back_is_explained(called: Called) -> None:
    called.to("open")
    answer = called.post(FIRST, "close", returned=11, explanation="  ")
    assert (answer.status_code, answer.json["code"]) == (422, "difference_unexplained")
    assert answer.json["details"] == ["发出选票12张，收回11张，相差1张。"]
    assert called.post(FIRST, "close", returned=11, explanation="一人带走选票").json["returned"] == 11


@pytest.mark.parametrize(
    ("step", "act", "code"),
    [
        ("open", "open", "ballot_not_called"),
        ("close", "close", "ballot_not_open"),
        ("close", "issue", "ballot_not_open"),
        ("count", "count", "ballot_not_closed"),
        ("confirm", "confirm", "nothing_to_confirm"),
        ("confirm", "dispute", "nothing_to_confirm"),
        ("confirm", "close", "ballot_not_open"),
    ],
)
def test_no_step_is_done_twice(ballot: Service, called: Called, step: str, act: str, code: str) -> None:
    called.to(step)
    told = ballot.told()
    answer = called.post(SECOND, act, **STEPS[act])
    assert (answer.status_code, answer.json["code"]) == (409, code)
    assert ballot.told() == told


@pytest.mark.parametrize("act", [act for act in STEPS if act != "open"])
def test_nothing_is_done_before_the_people_are_counted(called: Called, act: str) -> None:
    assert called.post(FIRST, act, **STEPS[act]).status_code == 409
    assert called.state() == "called"


def test_sums_that_do_not_add_up_are_refused_all_at_once(called: Called) -> None:
    called.to("close")
    answer = called.post(FIRST, "count", **sheet(12, 12, 0, valid=11, invalid=2))
    assert (answer.status_code, answer.json["code"]) == (422, "count_does_not_add_up")
    assert len(answer.json["details"]) == 4
    assert called.state() == "closed"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"present": -1, "issued": 12},
        {"present": 12.7, "issued": 12},
        {"present": True, "issued": 12},
        {"present": "十二", "issued": 12},
        {"present": 10**9, "issued": 12},
        {"present": None, "issued": 12},
        {"present": 12, "issued": 12, "extra": 1},
        {"present": 14, "issued": 14},
    ],
)
def test_bad_numbers_change_nothing(called: Called, body: dict[str, Any]) -> None:
    answer = called.post(FIRST, "open", **body)
    assert answer.status_code == 422
    assert answer.json["details"]
    assert called.state() == "called"


@pytest.mark.parametrize("act", STEPS)
@pytest.mark.parametrize(
    "who", [MEMBER, SECRETARY, ABOVE, ABOVE_OTHERS, DEPARTMENT, CLERK, SECRETARY_OF_OTHERS, uid("T061"), uid("S011")]
)
def test_nobody_but_a_teller_counts(called: Called, act: str, who: UUID) -> None:
    answer = called.post(who, act, **STEPS[act])
    assert (answer.status_code, answer.json["code"] in {"not_allowed", "not_teller"}) == (403, True)


def test_a_teller_lent_by_the_superior_counts(ballot: Service) -> None:
    """A small branch whose members all stand borrows its tellers."""
    lent = call(ballot, tellers=[CLERK, SECRETARY_OF_OTHERS])
    assert lent.post(CLERK, "open", present=12, issued=12).status_code == 200
    assert lent.post(FIRST, "close", returned=12).status_code == 403
    assert [each["id"] for each in ballot.client(CLERK).get("/ballot/api/ballots").json] == [str(lent.id)]


def test_the_secretary_annuls_with_a_reason_and_the_numbers_stay(ballot: Service, called: Called) -> None:
    """A result is never edited: it is annulled and repeated."""
    called.to("confirm")
    assert called.post(SECRETARY, "annul", reason=" ").status_code == 422
    shown = called.post(SECRETARY, "annul", reason="唱票程序有误").json
    assert (shown["state"], shown["annulment"], shown["statement"]) == ("annulled", "decision", "唱票程序有误")
    assert shown["valid"] == 11
    assert called.post(SECRETARY, "annul", reason="再次").json["code"] == "ballot_already_annulled"
    assert len(ballot.told("ballot.annulled")) == 1


@pytest.mark.parametrize("who", [MEMBER, FIRST, ABOVE, DEPARTMENT, SECRETARY_OF_OTHERS])
def test_nobody_but_the_secretary_annuls(called: Called, who: UUID) -> None:
    assert called.post(who, "annul", reason="不服").status_code == 403


def test_the_deputy_annuls_in_the_secretary_s_absence(ballot: Service, called: Called) -> None:
    """R-023: who may call a ballot by delegation may also declare it void."""
    facts = {"position_id": uuid4(), "version": 1, "person_id": MEMBER, "organization_id": uid("zjy/jin/jg")}
    with ballot.connect() as conn:
        period = {"starts_on": date(2010, 1, 1), "ends_on": None}
        directory.save_position(conn, TENANT, {**facts, **period, "role": "deputy_secretary"})
    called.to("confirm")
    assert called.post(MEMBER, "annul", reason="唱票程序有误").json["state"] == "annulled"


def test_the_same_request_twice_closes_once(ballot: Service, called: Called) -> None:
    called.to("open")
    client = ballot.client(FIRST)
    answers = [
        client.post(f"{called.url}/close", json={"returned": 12}, headers={"Idempotency-Key": "k"}) for _ in "ab"
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(ballot.told("ballot.closed")) == 1


def test_two_tellers_who_count_at_once_leave_one_sheet(ballot: Service, called: Called) -> None:
    called.to("close")
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda who=who: answers.append(called.post(who, "count", **sheet()).status_code))
        for who in (FIRST, SECOND)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409]


@pytest.mark.parametrize("escape", ["\\u0000", "\\ud800"])
def test_a_text_that_no_table_can_hold_is_refused(ballot: Service, called: Called, escape: str) -> None:
    body = f'{{"reason": "程序{escape}有误"}}'.encode()
    answer = ballot.client(SECRETARY).post(f"{called.url}/annul", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (422, "unstorable")
    assert called.state() == "called"
