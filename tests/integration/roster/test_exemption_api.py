"""Exemptions through the API and the pages: asked for, consented to, read, begun and ended by time (R-014)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.services import Service
from tests.university import uid

REASON = "术后卧床，行动不便"


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    return service("roster")


def ask(roster: Service, **changes: Any) -> Any:
    body = {"ground": "frail", "reason": REASON, "starts_on": "2013-01-01", **changes}
    return roster.client(uid("T001")).post(f"/roster/api/people/{uid('T003')}/exemption", json=body)


def decide(roster: Service, exemption_id: str, word: str = "consent", by: str = "T041") -> Any:
    return roster.client(uid(by)).post(f"/roster/api/exemptions/{exemption_id}/{word}", json={"decision": "已核"})


def test_it_works_only_from_the_superior_s_consent_on(roster: Service) -> None:
    """R-014."""
    asked = ask(roster)
    assert asked.status_code == 201
    assert roster.told("person.changed") == []
    assert decide(roster, asked.json["id"]).json["state"] == "consented"
    assert roster.told("person.changed")[-1]["data"]["exempt"] is True


def test_a_refusal_changes_nothing_and_a_second_decision_is_refused(roster: Service) -> None:
    asked = ask(roster).json
    assert decide(roster, asked["id"], "refuse").json["state"] == "refused"
    assert roster.told("person.changed") == []
    assert decide(roster, asked["id"]).json["code"] == "already_decided"


def test_who_is_not_counted_needs_the_branch_s_meeting(roster: Service) -> None:
    """requirements 2.1."""
    assert ask(roster, ground="abroad").json["code"] == "not_exemptable"
    asked = ask(roster, ground="abroad", resolved_on="2013-01-05").json
    decide(roster, asked["id"])
    told = roster.told("person.changed")[-1]["data"]
    assert (told["counted"], told["exempt"]) == (False, False)


def test_the_branch_does_not_decide_its_own_request_and_the_superior_does_not_ask(roster: Service) -> None:
    asked = ask(roster).json
    assert decide(roster, asked["id"], by="T001").status_code == 403
    assert decide(roster, asked["id"], by="T054").status_code == 403
    assert decide(roster, asked["id"], by="T053").status_code == 403
    body = {"ground": "frail", "reason": "x", "starts_on": "2013-01-01"}
    other = roster.client(uid("T001")).post(f"/roster/api/people/{uid('T022')}/exemption", json=body)
    assert other.status_code == 403
    assert decide(roster, asked["id"], by="T051").status_code == 200


def test_a_direct_branch_asks_the_party_committee(roster: Service) -> None:
    """R-001."""
    body = {"ground": "frail", "reason": "年老", "starts_on": "2013-01-01"}
    asked = roster.client(uid("T031")).post(f"/roster/api/people/{uid('T042')}/exemption", json=body).json
    assert decide(roster, asked["id"], by="T041").status_code == 403
    assert decide(roster, asked["id"], by="T051").status_code == 200


def test_the_reason_is_encrypted_and_every_reading_leaves_a_line(roster: Service) -> None:
    """requirements 2.10."""
    asked = ask(roster).json
    with roster.connect() as conn:
        sealed, whole = conn.execute("SELECT sealed, exemption::text FROM exemption").fetchone()  # type: ignore[misc]
    assert REASON.encode() not in bytes(sealed)
    assert "frail" not in whole
    path = f"/roster/api/exemptions/{asked['id']}/reason"
    assert roster.client(uid("T003")).get(path).status_code == 403
    assert roster.client(uid("T053")).get(path).status_code == 403
    assert roster.client(uid("T041")).get(path).json["text"] == REASON
    with roster.connect() as conn:
        lines = conn.execute("SELECT person_id FROM audit WHERE act = 'exemption.read'").fetchall()
    assert lines == [(uid("T041"),)]
    assert all(REASON not in str(each) for each in roster.told())


def test_time_lets_it_begin_and_end(roster: Service) -> None:
    asked = ask(roster, starts_on="2099-01-01", ends_on="2099-06-30").json
    assert decide(roster, asked["id"]).json["applied"] is False
    assert roster.due(datetime(2098, 12, 31, 12, tzinfo=UTC)) == 0
    assert roster.due(datetime(2099, 1, 1, 12, tzinfo=UTC)) == 1
    assert roster.told("person.changed")[-1]["data"]["exempt"] is True
    assert roster.due(datetime(2099, 6, 30, 12, tzinfo=UTC)) == 0
    assert roster.due(datetime(2099, 7, 1, 12, tzinfo=UTC)) == 1
    assert roster.told("person.changed")[-1]["data"]["exempt"] is False


def test_the_superior_is_asked_on_the_workbench_and_answers_on_the_page(roster: Service) -> None:
    secretary, superior = roster.client(uid("T001")), roster.client(uid("T041"))
    form = {"ground": "frail", "reason": REASON, "starts_on": "2013-01-01", "ends_on": ""}
    assert secretary.post(f"/roster/people/{uid('T003')}/exemption", data=form).status_code == 303
    (task,) = superior.get("/roster/api/tasks").json
    assert REASON not in str(task)
    page = superior.get(task["href"].partition("#")[0]).get_data(as_text=True)
    assert "待上级党组织审批" in page
    assert REASON not in page
    with roster.connect() as conn:
        (exemption_id,) = conn.execute("SELECT id FROM exemption").fetchone()  # type: ignore[misc]
    reason = superior.get(f"/roster/exemptions/{exemption_id}").get_data(as_text=True)
    assert REASON in reason
    assert superior.post(f"/roster/exemptions/{exemption_id}/consent", data={"decision": "同意"}).status_code == 303
    assert superior.get("/roster/api/tasks").json == []
    assert secretary.post(f"/roster/exemptions/{exemption_id}/end").status_code == 303
    assert roster.told("person.changed")[-1]["data"]["exempt"] is False
