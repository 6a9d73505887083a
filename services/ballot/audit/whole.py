"""Auditing an archive that is a file: the proofs of the ballots in several processes, all the rest in one."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path

from services.ballot.archive.chain import Event, Type
from services.ballot.archive.reader import Read, Reader
from services.ballot.archive.records import BLOCK, Kind
from services.ballot.audit import documents
from services.ballot.audit.box import prove
from services.ballot.audit.follower import Follower
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from services.ballot.protocol.ballot import Ballot
from services.ballot.protocol.election import Election
from services.ballot.protocol.text import Malformed

PIECE = 1 << 20
BUNCH = 4
Tell = Callable[[int, int], None]
Verdicts = dict[str, Malformed | None]


@dataclass(frozen=True)
class Place:
    """Where a text stands in the file."""

    start: int
    length: int


def audit(path: Path, jobs: int = 0, tell: Tell = lambda done, all_: None) -> Follower:
    """Audit a whole file; `complete()` of what is given says all that is wrong. OSError when it cannot be read.

    `jobs` processes check proofs (0: one for each core); `tell(done, all)` hears how many ballots are checked.
    """
    election, places = survey(path)
    verdicts = _judge_all(path, election, places, jobs or os.cpu_count() or 1, tell) if election else {}

    def check(found: Election, ballot: Ballot) -> None:
        """Take the verdict from before, or judge what the survey did not see."""
        if found.text != election or ballot.tracker not in verdicts:
            prove(found, ballot)
        elif (trouble := verdicts[ballot.tracker]) is not None:
            raise trouble

    with path.open("rb") as file:
        follower = Follower(partial(_read_at, path), check)
        for piece in iter(partial(file.read, PIECE), b""):
            follower.feed(piece)
    return follower


def survey(path: Path) -> tuple[str | None, list[Place]]:
    """Find the election's text and the places of its ballots; None for an archive without a readable setup."""
    election, places = None, []
    for event, given in _events(path):
        if event.type is Type.SETUP and election is None:
            election = _known(given)
        elif event.type is Type.BALLOT:
            read = given["ballot"]
            places.append(Place(read.start + BLOCK, len(read.record.content)))
    return election, places


def judge(path: Path, election: str, place: Place) -> tuple[str, Malformed | None]:
    """Check signature and proofs of the ballot that stands at a place: its tracking number, and what is wrong."""
    text = _read_at(path, place.start, place.length)
    tracker = ballots.tracker(text)
    try:
        found = _parsed(election)
        prove(found, ballots.read(found, text))
    except Malformed as trouble:
        return tracker, trouble
    return tracker, None


def _events(path: Path) -> Iterator[tuple[Event, documents.Documents]]:
    """Give every readable event with its documents, whatever else is wrong."""
    reader, waiting = Reader(), list[Read]()
    with path.open("rb") as file:
        for piece in iter(partial(file.read, PIECE), b""):
            for read in reader.feed(piece):
                if read.record.kind is Kind.DATA:
                    waiting.append(read)
                    continue
                try:
                    event = Event.parse(read.record.text)
                    given, _ = documents.gather(event, waiting)
                    if given:
                        yield event, given
                except Malformed:
                    pass  # the follower names it
                waiting = []


def _known(given: documents.Documents) -> str | None:
    text = given["election"].record.text if "election" in given else ""
    try:
        return _parsed(text).text
    except Malformed:
        return None


def _judge_all(path: Path, election: str, places: list[Place], jobs: int, tell: Tell) -> Verdicts:
    verdicts: Verdicts = {}
    with _mapping(min(jobs, -(-len(places) // BUNCH))) as apply:
        for done, (tracker, trouble) in enumerate(apply(partial(judge, path, election), places), start=1):
            verdicts[tracker] = trouble
            tell(done, len(places))
    return verdicts


Apply = Callable[[Callable[[Place], tuple[str, Malformed | None]], list[Place]], Iterator[tuple[str, Malformed | None]]]


@contextmanager
def _mapping(jobs: int) -> Iterator[Apply]:
    """Give a map over several processes, or in this one when that is enough."""
    if jobs <= 1:
        yield map
        return
    with get_context().Pool(jobs) as pool:
        yield partial(pool.imap_unordered, chunksize=BUNCH)


def _read_at(path: Path, start: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)


@lru_cache(maxsize=2)
def _parsed(text: str) -> Election:
    return elections.parse(text)
