"""The door of the box: what is taken, what is refused with which code, and that nothing stands beside a ballot."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from psycopg import sql

from services.ballot.box import receiving, store
from services.ballot.box.bucket import Buckets
from services.ballot.box.feeding import WINDOW, Feeder
from services.ballot.protocol import proofs as protocol
from services.ballot.protocol.text import b64_hash, compact
from shared import clock
from shared.voting.credential import secret
from tests.integration.ballot.boxes import Voted, electronic
from tests.integration.ballot.calls import FIRST, SECRETARY, call
from tests.services import Service
from tests.university import TENANT


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


Spoil = Callable[[dict[str, Any]], None]


def change(*path: Any, to: Any) -> Spoil:
    def spoil(plain: dict[str, Any]) -> None:
        place = plain
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to(place[path[-1]]) if callable(to) else to

    return spoil


CHOICE = ("answers", 0, "choices", 0)
WRONG = [
    (change("election_uuid", to="1" * 22), 422, "other_election"),
    (change("election_hash", to="A" * 43), 422, "other_election"),
    (change("credential", to="1"), 422, "identity_element"),
    (change("credential", to="2"), 422, "not_in_group"),
    (change(*CHOICE, "alpha", to=lambda text: "0" + text), 422, "number"),
    (change(*CHOICE, "alpha", to=lambda text: int(text)), 422, "number"),
    (change(*CHOICE, "beta", to="１２"), 422, "number"),
    (change(*CHOICE, "alpha", to="0"), 422, "element_range"),
    (change("answers", 0, "individual_proofs", 0, to=[]), 422, "length"),
    (change("answers", to=[]), 422, "length"),
    (change("signature", to=lambda given: {"hash": given["hash"]}), 422, "fields"),
    (change(*CHOICE, "beta", to="4"), 422, "signature_hash"),
    (change("signature", "proof", "response", to="5"), 422, "signature"),
    (change("signature", "proof", "response", to="9" * 77), 422, "number_range"),
]


@pytest.mark.parametrize(("spoil", "status", "code"), WRONG)
def test_a_spoiled_ballot_is_refused_with_a_code_and_leaves_no_trace(
    voted: Voted, spoil: Any, status: int, code: str
) -> None:
    plain = json.loads(voted.make(0, 0))
    spoil(plain)
    answer = voted.hand_in(compact(plain))
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert voted.verify() == 0
    assert voted.get(FIRST).json["progress"]["received"] == 0


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "json"),
        (b"{", 400, "json"),
        (b'{"a":1,"a":1}', 400, "json"),
        (b'{"a":"\xff"}', 400, "json"),
        (b'{"a":NaN}', 400, "json"),
        (b'{"a":"\\ud800"}', 400, "json"),
        (b"[" * 2000 + b"]" * 2000, 400, "json"),
        (b"[]", 422, "fields"),
        (b'"x"', 422, "fields"),
    ],
)
def test_what_is_no_ballot_is_refused(voted: Voted, body: bytes, status: int, code: str) -> None:
    answer = voted.hand_in(body)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_other_spaces_and_another_order_are_another_text(voted: Voted) -> None:
    text = voted.make(0, 0)
    assert voted.hand_in(text.replace(",", ", ", 1)).json["code"] == "not_canonical"
    turned = compact(dict(reversed(json.loads(text).items())))
    assert voted.hand_in(turned).json["code"] == "fields"


def test_an_oversized_body_is_cut_off(voted: Voted) -> None:
    answer = voted.hand_in(b" " * (voted.facts().limit + 2))
    assert (answer.status_code, answer.json["code"], answer.headers["Connection"]) == (413, "too_large", "close")


def test_an_endless_body_is_cut_off_where_the_largest_ballot_ends(voted: Voted) -> None:
    read = []

    class Endless:
        def read(self, size: int = -1) -> bytes:
            read.append(size)
            return b" " * size

    stream = {"wsgi.input": Endless(), "wsgi.input_terminated": True, "CONTENT_LENGTH": None}
    client = voted.service.app.test_client()
    answer = client.post(voted.box, content_type="application/json", environ_overrides=stream)
    assert answer.status_code == 413
    assert sum(read) <= 2 * (voted.facts().limit + 65536)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_another_content_type_is_refused(voted: Voted, kind: str) -> None:
    client = voted.service.app.test_client()
    assert client.post(voted.box, data=b"{}", content_type=kind).status_code == 415


def test_a_ballot_of_another_election_or_of_a_stranger_is_refused(ballot: Service, voted: Voted) -> None:
    other = electronic(ballot).begin()
    assert voted.hand_in(other.make(0, 0)).json["code"] == "other_election"
    stranger = Voted(ballot, voted.id, other.codes, voted.key)
    assert voted.hand_in(stranger.make(0, 0)).json["code"] == "credential_unknown"


def test_a_copied_ballot_under_another_credential_is_refused(voted: Voted) -> None:
    mine, copied = json.loads(voted.make(0, 0)), json.loads(voted.make(1, 1))
    answer = voted.hand_in(compact({**copied, "credential": mine["credential"]}))
    assert answer.json["code"] == "signature_hash"


def test_a_ballot_whose_proofs_do_not_hold_is_refused_by_the_worker_and_leaves_no_trace(voted: Voted) -> None:
    plain = json.loads(voted.make(0, 0))
    plain["answers"][0]["overall_proof"][0]["response"] = "7"
    unsigned = {name: value for name, value in plain.items() if name != "signature"}
    digest = b64_hash(compact(unsigned))
    election = voted.facts().election
    proof = protocol.know(election.group, secret(voted.codes[0], election.uuid), f"sig|{digest}|")
    body = compact({**unsigned, "signature": {"hash": digest, "proof": proof.plain()}})
    before = len(voted.records())
    taken = voted.hand_in(body)
    assert taken.status_code == 202
    voted.verify()
    assert voted.where(taken.json["tracker"]) == {**taken.json, "state": "refused", "code": "overall_proof"}
    assert len(voted.records()) == before
    assert voted.hand_in(body).json["state"] == "refused"
    assert voted.cast(0, 0)


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


def test_a_few_ballots_wait_for_company_until_their_window_ends(ballot: Service, voted: Voted) -> None:
    """R-130 decision 15: who comes within two seconds goes into the archive together, in an order of chance."""
    feeder, now = Feeder(), clock.now()
    voted.cast(0, 0)
    with ballot.connect() as conn:
        assert feeder.run(conn, now) == 0
    voted.cast(1, 0)
    with ballot.connect() as conn:
        assert feeder.run(conn, now + WINDOW / 2) == 0
        assert [feeder.run(conn, now + WINDOW), feeder.run(conn, now + WINDOW)] == [1, 0]
        assert feeder.run(conn, now + 2 * WINDOW) == 1, "what still waits is told again"
    assert ballot.told("ballot.cast")[0]["data"] == {"ballot_id": str(voted.id)}
    voted.verify()
    with ballot.connect() as conn:
        assert feeder.run(conn, now + 3 * WINDOW) == 0


def test_a_full_batch_and_a_closed_box_wait_for_nobody(ballot: Service) -> None:
    """R-130: in a crowd there is company enough, and between close and result nobody waits."""
    voted = electronic(ballot, 10, entitled=20, present=10).begin(present=10)
    for elector in range(10):
        voted.cast(elector, 0)
    feeder, now = Feeder(), clock.now()
    with ballot.connect() as conn:
        assert [feeder.run(conn, now), feeder.run(conn, now)] == [1, 0]
    voted.post(FIRST, "close")
    with ballot.connect() as conn:
        assert [feeder.run(conn, now), feeder.run(conn, now)] == [2, 0]


def test_who_came_after_the_last_waking_is_not_left_waiting_when_the_box_closes(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    feeder, now = Feeder(), clock.now()
    voted.cast(0, 0)
    with ballot.connect() as conn:
        assert [feeder.run(conn, now), feeder.run(conn, now + WINDOW)] == [0, 1]
    voted.cast(1, 0)
    voted.post(FIRST, "close", explanation="二人没有投票")
    with ballot.connect() as conn:
        assert [feeder.run(conn, now + WINDOW), feeder.run(conn, now + WINDOW)] == [1, 0]


def test_chance_decides_which_of_those_who_wait_come_first(ballot: Service) -> None:
    """R-130: no credential is always before another, and the order in which they came is not that of the archive."""
    voted = electronic(ballot, 10, entitled=20, present=10).begin(present=10)
    for elector in range(10):
        voted.cast(elector, 0)
    claimed = set()
    for _ in range(20):
        with ballot.connect() as conn:
            claimed.add(tuple(each.credential for each in store.claim(conn, TENANT, voted.id, 3)))
    assert len(claimed) > 10


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
