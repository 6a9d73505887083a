"""Abuse of the electronic ballot: floods at the door, false voices on the broker, early looks at the result (R-130)."""

import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import pytest
from werkzeug.serving import make_server

from services.ballot.archive.chain import Type
from services.ballot.paper import documents
from services.ballot.protocol.text import compact
from shared.events.trustee import DecryptionDeclined, DecryptionMade
from shared.voting import seal
from tests.integration.ballot.boxes import Voted, electronic, totals
from tests.integration.ballot.calls import ABOVE, CLERK, DEPARTMENT, FIRST, MEMBER, SECOND, SECRETARY, sheet
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


def said(voted: Voted, by: int, answer: str, **changes: Any) -> dict[str, Any]:
    """What a seat says of the sum under its seal, with some of it changed afterwards."""
    facts = {"ballot_id": voted.id, "seat": by, "owner": by, "partial_decryption": answer}
    return {**facts, "seal": seal.sign(IDENTITIES[by], DecryptionMade, TENANT, facts), **changes}


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


NUMBER = re.compile(r'<td class="text-end">\d+</td>|\d+票</td>')
BETRAYING = (Type.PARTIAL_DECRYPTION, Type.RESULT)
EYES = {
    "监票人": FIRST,
    "书记": SECRETARY,
    "党员": MEMBER,
    "党总支": ABOVE,
    "党总支干事": CLERK,
    "组织部": DEPARTMENT,
    "公众": None,
}


SPLIT = ("valid", "invalid", "abstained", "blank")


def early(voted: Voted) -> list[str]:
    """Give every place that tells something of the result, whoever looks."""
    found = []
    for name, who in EYES.items():
        client = voted.service.client(who)
        for path in (voted.url, f"{voted.url}/count", f"/ballot/ballots/{voted.id}", voted.board, voted.box):
            answer = client.get(path)
            text = answer.get_data(as_text=True)
            shown: Any = answer.json if answer.is_json and answer.status_code == 200 else {}
            votes = [each.get("votes") for each in shown.get("candidates", [])]
            votes += [shown.get(number) for number in (*SPLIT, "total")]
            if any(vote is not None for vote in votes) or NUMBER.search(text):
                found.append(f"{name} {path}")
        archive = voted.archive(client).data
        found += [f"{name} archive {kind}" for kind in BETRAYING if f'"type":"{kind}"'.encode() in archive]
    told = [row["name"] for row in voted.service.told() if "totals" in row["data"]]
    with voted.service.connect() as conn:
        kept = conn.execute("SELECT count(*) FROM candidate WHERE votes IS NOT NULL").fetchone()
    return [*found, *told, *(["candidate"] if kept != (0,) else [])]


def test_results_are_hidden_from_everybody_on_every_path_until_the_count(ballot: Service) -> None:
    """R-130 requirements 2.3: open, closing, closed, sheet entered, one of two answers there."""
    voted = electronic(ballot, channel="mixed").begin(present=6, issued=2)
    for elector, choice in enumerate([0, 0, 1, 1]):
        voted.cast(elector, choice)
    steps: list[tuple[str, Callable[[], Any]]] = [
        ("open", voted.verify),
        ("closing", lambda: voted.post(FIRST, "close", returned=2)),
        ("closed", voted.seal),
        ("entered", lambda: voted.post(FIRST, "count", **sheet(1, 0, 1, valid=2, invalid=0, abstained=0))),
        ("tallying", lambda: voted.post(SECOND, "confirm")),
        ("tallying", lambda: voted.decrypt(1)),
    ]
    for state, step in steps:
        step()
        assert voted.state() == state
        assert early(voted) == [], state
    voted.decrypt(3)
    assert voted.state() == "counted"
    assert early(voted), "what is looked for is there once it may be"


def test_a_single_paper_beside_a_box_is_never_announced_by_itself(ballot: Service) -> None:
    """R-130 requirements 5.1: the only paper is blank; whoever looks learns the sums of both channels, never the split.

    Its tellers, who unfolded it, see both channels and are told not to read them aloud.
    """
    voted = electronic(ballot, channel="mixed").begin(present=5, issued=1)
    for elector in range(4):
        voted.cast(elector, 0)
    voted.post(FIRST, "close", returned=1)
    voted.seal().post(FIRST, "count", **sheet(0, 0, 0, valid=1, invalid=0, abstained=1))
    voted.post(SECOND, "confirm")
    voted.decrypt(1, 2)
    said = "其中电子投票4人；电子选票与纸质选票合计发出选票5张，收回5张，有效5张，无效0张，弃权1张。"
    for name, who in EYES.items():
        client = ballot.client(who)
        pages = "".join(client.get(f"/ballot/{path}/{voted.id}").text for path in ("ballots", "boards"))
        shown: Any = client.get(voted.url).json or {}
        split = [shown.get(number) for number in SPLIT]
        assert ("弃权1张；" in pages or "纸质选票发出" in pages) == (name == "监票人"), name
        if name in {"监票人", "书记", "党员", "党总支", "党总支干事"}:
            assert said in shown["announcement"], name
            assert said in pages, name
            assert split == ([1, 0, 1, 0] if name == "监票人" else [None] * 4), name
            assert shown["total"] == {"issued": 5, "returned": 5, "valid": 5, "invalid": 0, "abstained": 1}, name


def test_the_printed_report_says_of_a_single_paper_only_the_sums(
    ballot: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-130 requirements 5.1: also what a teller prints, for it is passed round and signed."""
    voted = electronic(ballot, channel="mixed").begin(present=5, issued=1)
    for elector in range(4):
        voted.cast(elector, 0)
    voted.post(FIRST, "close", returned=1)
    voted.seal().post(FIRST, "count", **sheet(0, 0, 0, valid=1, invalid=0, abstained=1))
    voted.post(SECOND, "confirm")
    voted.decrypt(1, 2)
    printed: list[str] = []

    def keep(html: str, style: object) -> bytes:
        printed.append(html)
        return b"%PDF"

    monkeypatch.setattr(documents, "printed", keep)
    assert ballot.client(FIRST).get(f"/ballot/ballots/{voted.id}/count.pdf").status_code == 200
    (report,) = printed
    assert "合计发出选票5张" in report
    assert "纸质选票发出" not in report


def test_an_early_request_for_the_sum_brings_an_answer_that_ballot_does_not_take(ballot: Service) -> None:
    """A false `decryption.requested` on the broker cannot make ballot count before the papers are confirmed."""
    voted = electronic(ballot, channel="mixed").begin(present=6, issued=2)
    for elector in range(4):
        voted.cast(elector, 0)
    voted.post(FIRST, "close", returned=2)
    voted.seal()
    for seat in (1, 2):
        ballot.hear(DecryptionMade, **said(voted, seat, voted.answer_of(seat)))
    assert voted.state() == "closed"
    assert early(voted) == []
