"""Nobody sees a result of an electronic ballot before the count, nor a single paper beside it (R-130)."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from services.ballot.archive.chain import Type
from services.ballot.paper import documents
from shared.events.trustee import DecryptionMade
from tests.integration.ballot.boxes import Voted, electronic, said
from tests.integration.ballot.calls import ABOVE, CLERK, DEPARTMENT, FIRST, MEMBER, SECOND, SECRETARY, sheet
from tests.services import Service

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
