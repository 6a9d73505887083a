"""Abuse of the electronic ballot: floods at the door, false voices on the broker, early looks at the result (R-130)."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import pytest
from werkzeug.serving import make_server

from services.ballot.protocol.text import compact
from shared.events.trustee import DecryptionDeclined, DecryptionMade
from shared.voting import seal
from tests.integration.ballot.boxes import Voted, electronic, said, totals
from tests.integration.ballot.calls import FIRST
from tests.services import Service
from tests.trustees import IDENTITIES
from tests.university import TENANT, uid

HONEST = 12
FLOOD = 1000


@pytest.fixture
def port(ballot: Service) -> Iterator[int]:
    """Give a real door on loopback."""
    server = make_server("127.0.0.1", 0, ballot.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def post(port: int, path: str, body: bytes, **headers: str) -> int:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("POST", path, body, {"Content-Type": "application/json", **headers})
    status = line.getresponse().status
    line.close()
    return status


def spoiled(text: str) -> bytes:
    """A ballot under a real, public credential whose signature does not hold: the dearest that anybody can make."""
    plain = json.loads(text)
    plain["signature"]["proof"]["response"] = "5"
    return compact(plain).encode()


def test_a_flood_of_garbage_keeps_no_honest_ballot_out(ballot: Service, port: int) -> None:
    """Every honest ballot is taken meanwhile, and of the garbage nothing is left."""
    voted = electronic(ballot, HONEST, entitled=20, present=HONEST).begin(present=HONEST)
    honest = [voted.make(elector, elector % 3).encode() for elector in range(HONEST)]
    kinds = [
        (b"{", 400),
        (b'{"election_uuid":"x"}', 422),
        (b"[" * 3000 + b"]" * 3000, 400),
        (spoiled(honest[0].decode()), 422),
        (honest[1].replace(b'"alpha":"', b'"alpha":"0', 1), 422),
        (b"\x00" * 1000, 400),
    ]
    with ThreadPoolExecutor(4) as crowd:
        flood = [crowd.submit(post, port, voted.box, kinds[at % len(kinds)][0]) for at in range(FLOOD)]
        taken = [post(port, voted.box, body) for body in honest]
        statuses = Counter((at % len(kinds), each.result()) for at, each in enumerate(flood))
    assert taken == [202] * HONEST
    assert set(statuses) == {(at, status) for at, (_, status) in enumerate(kinds)}
    assert voted.verify() == HONEST
    with ballot.connect() as conn:
        left = conn.execute(
            "SELECT (SELECT count(*) FROM pending_ballot), (SELECT count(*) FROM refused_ballot),"
            " (SELECT count(*) FROM accepted_ballot)"
        ).fetchone()
    assert left == (0, 0, HONEST)
    assert len([text for text in voted.records() if text.startswith('{"election_uuid"')]) == HONEST


def test_what_is_announced_too_large_is_refused_before_it_is_sent(ballot: Service, port: int) -> None:
    voted = electronic(ballot).begin()
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    line.putrequest("POST", voted.box)
    line.putheader("Content-Type", "application/json")
    line.putheader("Content-Length", str(2**30))
    line.endheaders(b"{")
    answer = line.getresponse()
    assert answer.status == 413
    assert "close" in (answer.getheader("Connection") or "")
    line.close()


def sealed_box(ballot: Service) -> Voted:
    voted = electronic(ballot).begin()
    for elector in range(4):
        voted.cast(elector, 0)
    voted.post(FIRST, "close")
    return voted.seal()


FALSE: dict[str, Callable[[Voted], dict[str, Any]]] = {
    "another seat's seal": lambda voted: said(voted, 2, voted.answer_of(2), seat=1, owner=1),
    "no such seat": lambda voted: said(voted, 1, voted.answer_of(1), seat=4),
    "another content": lambda voted: said(voted, 1, voted.answer_of(1), partial_decryption=voted.answer_of(2)),
    "another ballot's": lambda voted: said(voted, 1, voted.answer_of(1), ballot_id=uid("another")),
    "no seal": lambda voted: said(voted, 1, voted.answer_of(1), seal=""),
}


@pytest.mark.parametrize("kind", FALSE)
def test_an_answer_under_a_false_seal_is_refused_named_and_changes_nothing(
    ballot: Service, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    voted = sealed_box(ballot)
    false = FALSE[kind](voted)
    before = voted.records()
    with pytest.raises(seal.ForgedSeal) as refused:
        ballot.hear(DecryptionMade, **false)
    assert refused.value.seat == false["seat"]
    assert any("seal_forged" in str(record.msg) for record in caplog.records)
    assert voted.get(FIRST).json["progress"]["decrypted"] == 0
    assert voted.records() == before
    for seat in (1, 2):
        ballot.hear(DecryptionMade, **said(voted, seat, voted.answer_of(seat)))
    assert totals(voted.get(FIRST).json["candidates"]) == [4, 0, 0]


def test_a_true_seal_under_a_false_proof_is_named_and_does_not_keep_the_others_from_counting(ballot: Service) -> None:
    voted = sealed_box(ballot)
    ballot.hear(DecryptionMade, **said(voted, 1, voted.answer_of(3)))
    shown = voted.get(FIRST).json
    assert (shown["state"], shown["progress"]["decrypted"]) == ("tallying", 0)
    with ballot.connect() as conn:
        assert conn.execute("SELECT seat, code FROM decryption_fault").fetchall() == [(1, "decryption_proof")]
    for seat in (2, 3):
        ballot.hear(DecryptionMade, **said(voted, seat, voted.answer_of(seat)))
    assert totals(voted.get(FIRST).json["candidates"]) == [4, 0, 0]


def test_nobody_declines_in_a_seat_s_name(ballot: Service) -> None:
    voted = sealed_box(ballot)
    facts: dict[str, Any] = {"ballot_id": voted.id, "seat": 1, "faults": ["archive_changed"]}
    forged = seal.sign(IDENTITIES[2], DecryptionDeclined, TENANT, facts)
    with pytest.raises(seal.ForgedSeal):
        ballot.hear(DecryptionDeclined, **facts, seal=forged)
    with ballot.connect() as conn:
        assert conn.execute("SELECT count(*) FROM decryption_fault").fetchone() == (0,)
