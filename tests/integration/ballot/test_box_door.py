"""The door of the box: what is taken, what is refused with which code, and that nothing stands beside a ballot."""

import json
from typing import Any

import pytest
from psycopg import sql

from services.ballot.box import receiving, store
from services.ballot.box.bucket import Buckets
from services.ballot.protocol.text import compact
from tests.integration.ballot.boxes import Voted, electronic
from tests.integration.ballot.calls import FIRST, SECRETARY, call
from tests.services import Service


@pytest.fixture
def voted(ballot: Service) -> Voted:
    return electronic(ballot).begin()


def test_a_ballot_is_taken_without_signing_in_and_found_by_its_number(voted: Voted) -> None:
    tracker = voted.cast(0, 0)
    assert voted.where(tracker) == {"tracker": tracker, "state": "waiting", "code": ""}
    voted.verify()
    assert voted.where(tracker)["state"] == "accepted"
    assert voted.where("A" * 43)["state"] == "unknown"
    assert voted.where(" ".join([tracker[:20], tracker[20:]]))["state"] == "accepted"


def test_the_same_text_again_has_the_same_answer_and_no_further_effect(voted: Voted) -> None:
    body = voted.make(0, 0)
    first, again = voted.hand_in(body), voted.hand_in(body)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json == again.json == {"tracker": first.json["tracker"], "state": "waiting", "code": ""}
    assert voted.verify() == 1
    assert voted.hand_in(body).json["state"] == "accepted"
    assert voted.verify() == 0


def test_a_second_ballot_waits_for_the_first_and_then_replaces_it(voted: Voted) -> None:
    voted.cast(0, 0)
    refused = voted.hand_in(voted.make(0, 1))
    assert (refused.status_code, refused.json["code"]) == (409, "ballot_pending")
    voted.verify()
    voted.cast(0, 1)
    for elector in (1, 2, 3):
        voted.cast(elector, 1)
    voted.verify()
    voted.post(FIRST, "close")
    shown = voted.seal().decrypt(1, 2).get(FIRST).json
    assert [each["votes"] for each in shown["candidates"]] == [0, 4, 0]


def test_an_earlier_ballot_taken_from_the_board_does_not_come_back(voted: Voted) -> None:
    """What is in the archive is public: posting it again must not undo its voter's later ballot."""
    earlier = voted.make(0, 0)
    voted.hand_in(earlier)
    voted.verify()
    voted.cast(0, 1)
    voted.verify()
    length = len(voted.records())
    assert voted.hand_in(earlier).json["state"] == "replaced"
    assert voted.verify() == 0
    assert len(voted.records()) == length


def test_whoever_looks_for_a_ballot_that_a_later_one_replaced_is_told_so(voted: Voted) -> None:
    """R-130: the archive, which everybody reads, shows the credential of both; nothing else is said."""
    first, other = voted.cast(0, 0), voted.cast(1, 0)
    voted.verify()
    assert voted.where(first) == {"tracker": first, "state": "accepted", "code": ""}
    last = voted.cast(0, 1)
    assert [voted.where(each)["state"] for each in (first, last)] == ["accepted", "waiting"]
    voted.verify()
    assert voted.where(first) == {"tracker": first, "state": "replaced", "code": ""}
    assert [voted.where(each)["state"] for each in (last, other)] == ["accepted", "accepted"]
    shown = voted.service.app.test_client().get(f"/ballot/box/{voted.id}/find", query_string={"tracker": first})
    assert "这张选票已被后来的一张替换" in shown.text
    assert last not in shown.text


def test_whoever_votes_too_often_waits_and_nobody_else_does(voted: Voted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "_BUCKETS", Buckets(2, 60))
    for _ in range(2):
        voted.cast(0, 0)
        voted.verify()
    refused = voted.hand_in(voted.make(0, 0))
    assert (refused.status_code, refused.json["code"]) == (429, "too_often")
    spoiled = json.loads(voted.make(1, 0))
    spoiled["signature"]["proof"]["response"] = "5"
    assert {voted.hand_in(compact(spoiled)).status_code for _ in range(5)} == {422}
    assert voted.hand_in(voted.make(1, 1)).status_code == 202


def test_nobody_uses_up_another_s_tokens_with_the_ballots_that_are_public(
    voted: Voted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-130: the archive gives everybody the texts of accepted ballots; replaying them keeps no new ballot out."""
    monkeypatch.setattr(receiving, "_BUCKETS", Buckets(2, 60))
    published = voted.make(0, 0)
    assert voted.hand_in(published).json["state"] == "waiting"
    assert [voted.hand_in(published).json["state"] for _ in range(5)] == ["waiting"] * 5
    voted.verify()
    assert [voted.hand_in(published).json["state"] for _ in range(5)] == ["accepted"] * 5
    later = voted.hand_in(voted.make(0, 1))
    assert (later.status_code, later.json["state"]) == (202, "waiting")
    voted.verify()
    assert voted.hand_in(published).json["state"] == "replaced", "answered also where no token is left"
    assert voted.hand_in(voted.make(0, 1)).status_code == 429


def test_a_credential_fills_no_archive(voted: Voted, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-130: after its last ballot a credential's new one is refused in words, and the last one counts."""
    monkeypatch.setattr(store, "MOST_OF_ONE", 3)
    for choice in (0, 1, 2):
        last = voted.cast(0, choice)
        voted.verify()
    refused = voted.hand_in(voted.make(0, 0))
    assert (refused.status_code, refused.json["code"]) == (409, "too_many")
    assert "请到监票人处办理" in refused.json["message"]
    assert voted.where(last)["state"] == "accepted"
    assert voted.hand_in(voted.make(1, 0)).status_code == 202


def test_before_the_opening_and_after_the_close_nothing_is_taken(ballot: Service) -> None:
    voted = electronic(ballot)
    assert voted.hand_in(b"{}").json["code"] == "box_not_open"
    body = voted.begin().make(0, 0)
    for elector in (1, 2, 3):
        voted.cast(elector, 0)
    assert voted.post(FIRST, "close", explanation="一人没有投票").json["state"] == "closing"
    assert voted.hand_in(body).json["code"] == "box_closed"
    voted.seal()
    assert voted.hand_in(body).json["code"] == "box_closed"


def test_a_ballot_on_paper_has_no_box(ballot: Service) -> None:
    paper = call(ballot)
    client = ballot.app.test_client()
    for path in (f"/ballot/api/box/{paper.id}", f"/ballot/box/{paper.id}", f"/ballot/boards/{paper.id}"):
        assert client.get(path).status_code == 404
    for body, code in (({}, "fields"), ({"election_uuid": "x"}, "box_not_found")):
        answer: Any = client.post(f"/ballot/api/box/{paper.id}", json=body)
        assert answer.json["code"] == code


def test_nothing_is_written_beside_a_ballot_not_even_for_who_is_signed_in(ballot: Service, voted: Voted) -> None:
    """Not the person, nor a key of the request, an audit line, an event: one row alone."""
    tables = ("request", "audit", "outbox", "inbox")
    count = " UNION ALL ".join(f"SELECT count(*) FROM {name}" for name in tables)
    with ballot.connect() as conn:
        before = conn.execute(count).fetchall()
    client = ballot.client(SECRETARY)
    headers = {"Idempotency-Key": "mine", "User-Agent": "phone"}
    answer = client.post(voted.box, data=voted.make(0, 0), content_type="application/json", headers=headers)
    assert answer.status_code == 202
    with ballot.connect() as conn:
        assert conn.execute(count).fetchall() == before
        columns = conn.execute(
            "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'pending_ballot'"
        ).fetchall()
    assert {name for (name,) in columns} == {"tenant_id", "ballot_id", "credential", "tracker", "body"}


def test_no_other_row_of_the_database_bears_the_transaction_of_a_ballot(ballot: Service, voted: Voted) -> None:
    """Not even one that the server wrote by itself, as the check of a foreign key would be: `xmin` joins rows."""
    voted.cast(0, 0)
    voted.cast(1, 0)
    with ballot.connect() as conn:
        names = conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        own = {row[0] for row in conn.execute("SELECT xmin::text FROM pending_ballot").fetchall()}
        joined = []
        for (name,) in names:
            statement = "SELECT xmin::text, xmax::text FROM {}"
            for row in conn.execute(sql.SQL(statement).format(sql.Identifier(name))).fetchall():
                joined += [name for mark in row if mark in own]
    assert len(own) == 2
    assert joined == ["pending_ballot", "pending_ballot"]


def test_the_booth_is_told_what_it_needs(voted: Voted) -> None:
    client = voted.service.app.test_client()
    shown: Any = client.get(voted.box).json
    assert shown["election"] == voted.facts().election.text
    assert [each["name"] for each in shown["candidates"]] == ["尤文静", "毛建国", "仇大海"]
    assert (shown["state"], shown["choices"], shown["exactly"], shown["secure"]) == ("open", 2, False, True)
    page = client.get(f"/ballot/box/{voted.id}")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.get("/ballot/box/rehearsal").status_code == 200
    with client.get("/ballot/box/static/booth.js") as script:
        assert script.status_code == 200
