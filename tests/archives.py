"""An archive that grows as a test says, and a public board that shows it over real HTTP, or shows something else."""

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid4

from services.ballot.archive import writer
from services.ballot.archive.chain import Builder, credentials
from services.ballot.archive.records import Record
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol.election import Election, Question, make
from services.ballot.protocol.tally import Accumulator
from shared.voting import credential
from tests.trustees import SeatedKey

NAMES = ("尤文静", "毛建国（计算机系）")
CANDIDATES = [
    {"person_id": UUID(int=1), "name": "尤文静", "note": ""},
    {"person_id": UUID(int=2), "name": "毛建国", "note": "计算机系"},
]
TIMESTAMP = 1_364_774_400


@dataclass
class Archive:
    """The archive of one election with three electors."""

    key: SeatedKey
    ballot_id: UUID = field(default_factory=uuid4)
    names: Sequence[str] = NAMES
    maximum: int = 1
    minimum: int = 1
    blank: bool = True
    uuid: str = ""
    records: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.uuid = self.uuid or credential.election_uuid(self.ballot_id)
        self.codes = [credential.new_code() for _ in range(3)]
        self.credentials = sorted(credential.public(code, self.uuid) for code in self.codes)
        question = Question(tuple(self.names), self.minimum, self.maximum, "评选", self.blank)
        self.election: Election = make(self.uuid, "评选", "计算", self.key.trustees.public_key, (question,))
        self.builder = Builder()
        self.cast: dict[str, ballots.Ballot] = {}

    def open(self) -> "Archive":
        self.records += self.builder.setup(self.election.text, self.key.trustees.text, credentials(self.credentials))
        return self

    def vote(self, elector: int, choice: int) -> "Archive":
        """Let an elector choose a candidate, from 1, or none with 0; again to choose otherwise."""
        width = len(self.names) + self.blank
        text = ballots.make(self.election, self.codes[elector], [[int(place == choice) for place in range(width)]])
        made = ballots.read(self.election, text)
        self.cast[made.credential] = made
        self.records += self.builder.ballot(text)
        return self

    def seal(self, *, leave_out: int = 0) -> "Archive":
        """Close the box and add up the ballots, or, for a bad archive, not all of them."""
        summed = Accumulator(self.election)
        for each in list(self.cast.values())[leave_out:]:
            summed.add(each)
        self.records += self.builder.end()
        self.records += self.builder.tally(summed.text, len(self.cast))
        return self

    @property
    def head(self) -> str:
        assert self.builder.head
        return self.builder.head.hash

    @property
    def data(self) -> bytes:
        return b"".join(writer.tar(self.records, TIMESTAMP)) if self.records else b""

    def called(self, **changes: Any) -> dict[str, Any]:
        """Give the facts of its call."""
        return {
            "ballot_id": self.ballot_id,
            "channel": "electronic",
            "candidates": CANDIDATES,
            "places": self.maximum,
            "credentials": self.credentials,
            "secrecy_minimum": 2,
            **changes,
        }

    def requested(self, **changes: Any) -> dict[str, Any]:
        """Give the facts of the request for its sum."""
        return {
            "ballot_id": self.ballot_id,
            "ceremony_id": self.key.ceremony_id,
            "period": "2013Q1",
            "uuid": self.uuid,
            "head": self.head,
            **changes,
        }


@dataclass
class Board:
    """What the board shows: bytes by ballot; a test may change them, count requests, or let it fail."""

    url: str
    shown: dict[str, bytes] = field(default_factory=dict)
    ranges: bool = True
    fails: int = 0
    """the status that it answers instead, if any"""
    asked: list[str] = field(default_factory=list)

    def show(self, archive: Archive) -> None:
        self.shown[str(archive.ballot_id)] = archive.data


@contextmanager
def board() -> Iterator[Board]:
    """Serve a board on a free port."""

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = re.fullmatch(r"/ballot/boards/([0-9a-f-]+)/archive", self.path)
            span = re.fullmatch(r"bytes=(\d+)-", self.headers["Range"])
            assert asked
            assert span
            made.asked.append(self.path)
            status, body, headers = _answer(made, made.shown.get(asked[1]), int(span[1]))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        made = Board(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        yield made
        server.shutdown()
        thread.join()


def _answer(shown: Board, data: bytes | None, start: int) -> tuple[int, bytes, dict[str, str]]:
    if shown.fails:
        return shown.fails, b"", {}
    if data is None:
        return 404, b"", {}
    if not shown.ranges:
        return 200, data, {}
    if start >= len(data):
        return 416, b"", {"Content-Range": f"bytes */{len(data)}"}
    return 206, data[start:], {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"}
