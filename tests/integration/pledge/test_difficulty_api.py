"""Difficulties that pledgers report, and care for those in hardship."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.integration.pledge.fulfilling import matters, published
from tests.integration.pledge.writing import make
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def report(pledge: Service, by: UUID, pledge_id: str, **changes: Any) -> Any:
    body = {"pledge_id": pledge_id, "text": "缺少场地", **changes}
    return pledge.client(by).post("/pledge/api/difficulties", json=body)


def answer(pledge: Service, by: UUID, difficulty_id: str, outcome: str) -> Any:
    body = {"text": "由支部联系教室", "outcome": outcome}
    return pledge.client(by).post(f"/pledge/api/difficulties/{difficulty_id}/answers", json=body)


def asked(pledge: Service, by: UUID) -> bool:
    return "1件履诺困难待答复" in [one["title"] for one in pledge.client(by).get("/pledge/api/tasks").json]


def test_the_branch_answers_or_asks_the_general_branch(pledge: Service, university: University) -> None:
    """R-080 R-278: 认真解决党员承诺践诺中遇到的难题"""
    me, branch, above = (university.people[name] for name in ("尤文静", "王一鸣", "郑总"))
    pledge_id = published(pledge, me)
    item_id = matters(pledge, me, pledge_id)[0]["item_id"]
    difficulty_id = report(pledge, me, pledge_id, item_id=item_id).json["id"]
    assert (asked(pledge, branch), asked(pledge, above)) == (True, False)
    assert answer(pledge, branch, difficulty_id, "passed_up").json["state"] == "passed_up"
    assert (asked(pledge, branch), asked(pledge, above)) == (False, True)
    assert answer(pledge, above, difficulty_id, "solved").json["state"] == "solved"
    assert answer(pledge, above, difficulty_id, "answered").json["code"] == "already_solved"
    shown = pledge.client(me).get(f"/pledge/api/difficulties/{difficulty_id}").json
    assert [one["outcome"] for one in shown["answers"]] == ["passed_up", "solved"]
    assert shown["text"] == "缺少场地"


def test_a_difficulty_is_between_the_pledger_and_the_officers(pledge: Service, university: University) -> None:
    """R-080"""
    me, colleague = university.people["尤文静"], university.people["毛建国"]
    pledge_id = published(pledge, me)
    difficulty_id = report(pledge, me, pledge_id).json["id"]
    assert pledge.client(colleague).get(f"/pledge/api/difficulties/{difficulty_id}").status_code == 403
    assert pledge.client(colleague).get("/pledge/api/difficulties").json == []
    assert report(pledge, colleague, pledge_id).status_code == 403
    with pledge.connect() as conn:
        (sealed,) = conn.execute("SELECT sealed FROM difficulty").fetchone() or (b"",)
    assert "缺少场地".encode() not in bytes(sealed)


def test_an_officer_s_own_difficulty_is_answered_by_another(pledge: Service, university: University) -> None:
    secretary = university.people["王一鸣"]
    difficulty_id = report(pledge, secretary, published(pledge, secretary)).json["id"]
    assert answer(pledge, secretary, difficulty_id, "solved").json["code"] == "own_difficulty"


def test_a_difficulty_belongs_to_a_pledge_that_binds(pledge: Service, university: University) -> None:
    me, clerk = university.people["尤文静"], university.people["区小宁"]
    pledge_id = make(pledge, me)
    assert report(pledge, me, pledge_id).json["code"] == "pledge_not_open"
    other = published(pledge, university.people["毛建国"])
    assert report(pledge, clerk, other).json["code"] == "report_needs_reason"
    assert report(pledge, clerk, other, entry_reason="本人口述").status_code == 201


def test_care_for_members_in_hardship_is_seen_by_officers_only(pledge: Service, university: University) -> None:
    """R-081: 热情关怀老党员、生活困难党员; restricted visibility"""
    old, secretary = university.people["毛建国"], university.people["王一鸣"]
    client = pledge.client(secretary)
    early = client.post(f"/pledge/api/care/{old}/given", json={"text": "走访"})
    assert early.json["code"] == "not_cared_for"
    body = {"person_id": str(old), "circumstances": "独居，行动不便"}
    assert client.post("/pledge/api/care", json=body).status_code == 201
    assert client.post(f"/pledge/api/care/{old}/given", json={"text": "春节走访，送去书籍"}).status_code == 201
    query = {"organization_id": str(uid("zjy/jin/jg"))}
    (one,) = client.get("/pledge/api/care", query_string=query).json
    assert (one["circumstances"], one["given"][0]["text"]) == ("独居，行动不便", "春节走访，送去书籍")
    assert pledge.client(old).get("/pledge/api/care", query_string=query).status_code == 403
    foreign = pledge.client(university.people["李会计"]).get("/pledge/api/care", query_string=query)
    assert foreign.status_code == 403
    assert client.post(f"/pledge/api/care/{old}/end", json={"on": "2999-01-01"}).json["code"] == "bad_day"
    assert client.post(f"/pledge/api/care/{old}/end", json={}).json["ended_on"] is not None
    with pledge.connect() as conn:
        assert conn.execute("SELECT count(*) FROM audit WHERE act = 'care.read'").fetchone() == (1,)
        (sealed,) = conn.execute("SELECT sealed FROM hardship").fetchone() or (b"",)
    assert "独居".encode() not in bytes(sealed)
