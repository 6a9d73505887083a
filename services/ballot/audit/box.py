"""The ballot box as an auditor keeps it: which ballots are in it, which of them count, and their product."""

from collections.abc import Callable
from dataclasses import dataclass, field

from services.ballot.archive.fault import Fault
from services.ballot.archive.reader import Read
from services.ballot.audit.setup import Setup
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol.ballot import Ballot
from services.ballot.protocol.election import Election
from services.ballot.protocol.tally import Accumulator
from services.ballot.protocol.text import Malformed, hex_hash

Earlier = Callable[[int, int], bytes]
Prove = Callable[[Election, Ballot], None]
HEADER = 512


def prove(election: Election, ballot: Ballot) -> None:
    """Check signature and proofs of a ballot here and now; Malformed."""
    ballots.check_signature(election, ballot)
    ballots.check_proofs(election, ballot)


@dataclass(frozen=True)
class Placed:
    """Where in the archive a ballot stands: its hash, the beginning of its text, the text's length."""

    hash: str
    start: int
    length: int


class ArchiveChangedError(Exception):
    """The archive no longer holds what was read from it before."""


@dataclass
class Box:
    """Takes ballot after ballot; of each credential only the last remains in the product."""

    setup: Setup
    earlier: Earlier
    prove: Prove
    product: Accumulator
    last: dict[str, Placed] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    @property
    def num_tallied(self) -> int:
        """Give the number of ballots that count."""
        return len(self.last)

    def cast(self, read: Read) -> list[Fault]:
        """Check a ballot and put it into the product; a ballot with a fault stays out of it."""
        record, election = read.record, self.setup.election
        if record.hash in self.seen:
            return [Fault(read.name, "ballot_repeated")]
        self.seen.add(record.hash)
        try:
            ballot = ballots.read(election, record.text)
        except Malformed as trouble:
            return [Fault(read.name, "ballot_form", str(trouble))]
        if ballot.credential not in self._listed:
            return [Fault(read.name, "credential_unlisted")]
        try:
            self.prove(election, ballot)
        except Malformed as trouble:
            return [Fault(read.name, "ballot_refused", str(trouble))]
        self._count(ballot, Placed(record.hash, read.start + HEADER, len(record.content)))
        return []

    def _count(self, ballot: Ballot, place: Placed) -> None:
        before = self.last.get(ballot.credential)
        if before is None:
            self.product.add(ballot)
        else:
            self.product.replace(self._recall(before), ballot)
        self.last[ballot.credential] = place

    def _recall(self, place: Placed) -> Ballot:
        text = self.earlier(place.start, place.length)
        if hex_hash(text) != place.hash:
            raise ArchiveChangedError(f"byte {place.start}")
        return ballots.read(self.setup.election, text)

    def __post_init__(self) -> None:
        self._listed = frozenset(self.setup.credentials)
