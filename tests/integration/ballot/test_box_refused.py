"""What the door of the box refuses: with which code, and without a trace."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from services.ballot.protocol import proofs as protocol
from services.ballot.protocol.text import b64_hash, compact
from shared.voting.credential import secret
from tests.integration.ballot.boxes import Voted, electronic
from tests.integration.ballot.calls import FIRST
from tests.services import Service


@pytest.fixture
def voted(ballot: Service) -> Voted:
    return electronic(ballot).begin()


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
