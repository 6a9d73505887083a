"""Opinions from the public: given, entered, protected against a flood, answered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.pledge.opinion import flood, view
from services.pledge.opinion.rules import PER_HOUR
from shared import clock
from tests.integration.pledge.showing import published
from tests.services import Service
from tests.university import University, uid

BRANCH = uid("zjy/jin/jg")
SIGNED = {"name": "邻居甲", "contact": "13800000000"}


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def give(pledge: Service, by: Any = None, **body: Any) -> Any:
    return pledge.client(by).post("/pledge/api/opinions", json={"text": "希望答疑放在晚上。", **body})


def asked(pledge: Service, code: str) -> Any:
    return pledge.client().post("/pledge/api/opinions/answer", json={"code": code})


def test_anyone_gives_an_opinion_and_reads_the_answer_with_the_code(pledge: Service, university: University) -> None:
    """R-060 R-022: signed or not, routed to the branch, with an answer."""
    people = university.people
    pledge_id = published(pledge, people["尤文静"], people["王一鸣"])
    given = give(pledge, pledge_id=pledge_id)
    assert given.status_code == 201, given.json
    assert asked(pledge, given.json["code"]).json == {"answer": "", "answered_at": None}
    tasks = pledge.client(people["王一鸣"]).get("/pledge/api/tasks").json
    assert f"/pledge/opinions/{given.json['id']}" in [one["href"] for one in tasks]
    address = f"/pledge/api/opinions/{given.json['id']}"
    read = pledge.client(people["王一鸣"]).get(address).json
    assert (read["text"], read["about"], read["name"]) == ("希望答疑放在晚上。", "尤文静的承诺", "")
    answer = pledge.client(people["王一鸣"]).post(f"{address}/answer", json={"answer": "已改到晚上7点。"})
    assert answer.status_code == 200
    again = pledge.client(people["区小宁"]).post(f"{address}/answer", json={"answer": "另一种答复"})
    assert (again.status_code, again.json["code"]) == (409, "answered_already")
    assert asked(pledge, given.json["code"].lower()).json["answer"] == "已改到晚上7点。"
    assert asked(pledge, "ZZZZ").status_code == 404


def test_an_opinion_on_an_organisation_needs_no_pledge(pledge: Service, university: University) -> None:
    """R-060"""
    given = give(pledge, organization_id=str(BRANCH), **SIGNED)
    listed = pledge.client(university.people["王一鸣"]).get("/pledge/api/opinions").json
    assert [(one["id"], one["signed"], "text" in one) for one in listed] == [(given.json["id"], True, False)]
    assert give(pledge).json["code"] == "subject_needed"
    assert give(pledge, organization_id=str(uid("none"))).status_code == 404


def test_a_list_that_is_cut_says_how_many_there_are(
    pledge: Service, university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-060: opinions on the own pledge and on other branches take nobody's place in the list."""
    people = university.people
    monkeypatch.setattr(view, "MOST", 2)
    own = published(pledge, people["王一鸣"], people["区小宁"])
    for place in (uid("zjy/jin/xs"), uid("zjy/tsg")):
        give(pledge, organization_id=str(place))
    give(pledge, pledge_id=own)
    mine = [give(pledge, organization_id=str(BRANCH)).json["id"] for _ in range(3)]
    client = pledge.client(people["王一鸣"])
    listed = client.get("/pledge/api/opinions").json
    assert [(one["id"], one["total"]) for one in listed] == [(mine[0], 3), (mine[1], 3)]
    assert "只列出2条，共3条" in client.get("/pledge/opinions/").text


def test_what_people_write_lies_nowhere_open_and_readings_are_noted(pledge: Service, university: University) -> None:
    """Requirements 2.10."""
    given = give(pledge, organization_id=str(BRANCH), **SIGNED).json
    pledge.client(university.people["王一鸣"]).get(f"/pledge/api/opinions/{given['id']}")
    with pledge.connect() as conn:
        row = conn.execute("SELECT o::text, text, name, contact FROM opinion o").fetchone()
        acts = conn.execute("SELECT person_id, act FROM audit WHERE subject = %s", [given["id"]]).fetchall()
    assert row is not None
    for secret in ("希望答疑", *SIGNED.values(), given["code"]):
        assert all(secret.encode() not in (part.encode() if isinstance(part, str) else bytes(part)) for part in row)
    assert acts == [(university.people["王一鸣"], "opinion.handle")]


def test_the_pledger_neither_reads_nor_answers_opinions_on_the_own_pledge(
    pledge: Service, university: University
) -> None:
    people = university.people
    pledge_id = published(pledge, people["王一鸣"], people["区小宁"])
    opinion_id = give(pledge, pledge_id=pledge_id).json["id"]
    client = pledge.client(people["王一鸣"])
    assert client.get("/pledge/api/opinions").json == []
    refused = client.get(f"/pledge/api/opinions/{opinion_id}")
    assert (refused.status_code, refused.json["code"]) == (403, "concerns_you")
    for name, status in {"区小宁": 200, "郑总": 200, "尤文静": 403, "李会计": 403}.items():
        assert pledge.client(people[name]).get(f"/pledge/api/opinions/{opinion_id}").status_code == status, name


def test_where_the_scheme_asks_for_a_name_an_unsigned_opinion_is_refused(
    service: Callable[[str], Service], university: University
) -> None:
    """R-060: signed or not, by scheme."""
    university.settings["pledge.opinions_signed"] = True
    pledge, people = service("pledge"), university.people
    pledge_id = published(pledge, people["尤文静"], people["王一鸣"])
    assert give(pledge, pledge_id=pledge_id).json["code"] == "signature_needed"
    assert give(pledge, organization_id=str(BRANCH)).json["code"] == "signature_needed"
    assert give(pledge, pledge_id=pledge_id, name="邻居甲").json["code"] == "contact_needed"
    assert give(pledge, pledge_id=pledge_id, **SIGNED).status_code == 201


def test_only_what_hangs_for_the_reader_takes_opinions(pledge: Service, university: University) -> None:
    """R-058"""
    people = university.people
    pledge_id = published(pledge, people["尤文静"], people["王一鸣"], "school")
    assert give(pledge, pledge_id=pledge_id).status_code == 404
    assert give(pledge, people["李会计"], pledge_id=pledge_id).status_code == 201
    with pledge.connect() as conn:
        (whole,) = conn.execute("SELECT opinion::text FROM opinion").fetchone() or ("",)
        audited = conn.execute("SELECT count(*) FROM audit WHERE act LIKE 'opinion%%'").fetchone()
    assert str(people["李会计"]) not in whole
    assert audited == (0,)


def test_who_floods_from_one_address_silences_nobody_elsewhere(
    pledge: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-060: so many an hour from each address, signed and unsigned apart; no address is kept in any row."""
    body = {"text": "灌水", "organization_id": str(BRANCH)}

    def post(address: str, **said: str) -> int:
        given = pledge.client().post(
            "/pledge/api/opinions", json={**body, **said}, headers={"X-Forwarded-For": address}
        )
        return int(given.status_code)

    monkeypatch.setattr(flood, "SIZES", {True: 6, False: 3})
    assert [post("203.0.113.7") for _ in range(9)] == [201] * 3 + [429] * 6
    assert [post("203.0.113.7", name=SIGNED["name"]) for _ in range(9)] == [422] * 9, "what is wrong does not count"
    assert [post("203.0.113.7", **SIGNED) for _ in range(9)] == [201] * 6 + [429] * 3
    assert [post("2001:db8:1:2::7"), post("2001:db8:1:2:9::8")] == [201, 201]
    assert post("203.0.113.8") == 201
    assert post("203.0.113.7", organization_id=str(uid("zjy/kuai/jg"))) == 201
    with pledge.connect() as conn:
        rows = conn.execute("SELECT opinion::text FROM opinion").fetchall()
        requests = conn.execute("SELECT r::text FROM request r").fetchall()
    assert [row for row in (*rows, *requests) if "203.0.113" in row[0] or "2001:db8" in row[0]] == []


def test_a_campus_that_speaks_from_one_address_is_heard() -> None:
    """R-060: behind one address may stand a whole university; far fewer than the organisation takes close it."""
    for signed, most in PER_HOUR.items():
        assert 20 < flood.SIZES[signed] < most / 4


def test_a_thousand_posts_leave_the_service_alive_and_the_number_within_bounds(
    pledge: Service, university: University
) -> None:
    """R-060: from everywhere; the next hour, other places and the 意见箱 are open."""
    client = pledge.client()
    body = {"text": "灌水", "organization_id": str(BRANCH)}
    answers = [
        client.post(
            "/pledge/api/opinions", json=body, headers={"X-Forwarded-For": f"10.0.{at // 5 // 250}.{at // 5 % 250}"}
        )
        for at in range(1000)
    ]
    taken = [answer for answer in answers if answer.status_code == 201]
    assert len(taken) == PER_HOUR[False]
    assert {answer.json["code"] for answer in answers if answer not in taken} == {"too_many_opinions"}
    assert give(pledge, organization_id=str(BRANCH), **SIGNED).status_code == 201
    assert give(pledge, organization_id=str(uid("zjy/kuai/jg"))).status_code == 201
    with pledge.connect() as conn:
        conn.execute("UPDATE opinion SET given_at = given_at - interval '61 minutes'")
    assert give(pledge, organization_id=str(BRANCH)).status_code == 201


def test_a_request_number_has_one_effect(pledge: Service, university: University) -> None:
    """R-204"""
    body = {"text": "希望答疑放在晚上。", "organization_id": str(BRANCH)}
    answers = [
        pledge.client().post("/pledge/api/opinions", json=body, headers={"Idempotency-Key": "one opinion"})
        for _ in range(5)
    ]
    assert len({answer.json["code"] for answer in answers}) == 1
    assert len(pledge.client(university.people["王一鸣"]).get("/pledge/api/opinions").json) == 1


def test_a_clerk_types_in_what_lay_in_the_box(pledge: Service, university: University) -> None:
    """R-060, paper parity: an unsigned slip, or one with a name alone, is taken as it is."""
    client = pledge.client(university.people["王一鸣"])
    today = clock.today()
    body = {"text": "希望延长开馆", "organization_id": str(BRANCH), "received_on": today.isoformat()}
    entered = client.post("/pledge/api/opinions/paper", json=body)
    assert entered.status_code == 201, entered.json
    named = client.post("/pledge/api/opinions/paper", json={**body, "name": "老师乙"})
    whole = client.get(f"/pledge/api/opinions/{named.json['id']}").json
    assert (whole["channel"], whole["name"], whole["contact"]) == ("box", "老师乙", "")
    late = {**body, "received_on": (today + timedelta(days=1)).isoformat()}
    assert client.post("/pledge/api/opinions/paper", json=late).json["code"] == "not_received_yet"
    elsewhere = {**body, "organization_id": str(uid("zjy/kuai/jg"))}
    assert client.post("/pledge/api/opinions/paper", json=elsewhere).status_code == 403
