"""What an electronic box is: its facts, the chain of its archive, and a ballot that waits to be verified."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from services.ballot.archive.chain import Builder, Head, Type
from services.ballot.archive.records import OPENING_SIZE, Record
from services.ballot.protocol.election import Election
from services.ballot.protocol.envelope import Form
from shared.voting.roll import fingerprint


@dataclass(frozen=True)
class Box:
    """What a box is made of: the public credentials from the call on, election and keys once it is open."""

    tenant_id: UUID
    ballot_id: UUID
    credentials: str
    """their list as the archive carries it"""
    timestamp: int
    """the time that every record of the archive bears: that of the call, never a ballot's"""
    ceremony_id: UUID | None = None
    election: str | None = None
    trustees: str | None = None


@dataclass(frozen=True)
class Facts:
    """What a door or a worker must know of an open box; none of it ever changes."""

    tenant_id: UUID
    ballot_id: UUID
    election: Election
    credentials: frozenset[str]
    limit: int
    """the size of the largest lawful ballot in bytes"""

    @cached_property
    def form(self) -> Form:
        """Give the form that every ballot has here."""
        return Form(self.election, self.credentials)

    @cached_property
    def roll(self) -> str:
        """Give the mark of its credentials, which a booth compares with what it was told by who called the ballot."""
        return fingerprint(self.credentials)


@dataclass(frozen=True)
class Chain:
    """How far the archive of a box has come."""

    tenant_id: UUID
    ballot_id: UUID
    head: str = ""
    height: int = -1
    last: str = ""
    """the type of the last event"""
    records: int = 0
    size: int = OPENING_SIZE
    sealed_size: int | None = None
    """where the encrypted tally ends: what follows betrays the totals"""

    def builder(self) -> Builder:
        """Give what goes on with this chain."""
        return Builder(Head(self.head, self.height, Type(self.last)) if self.last else None)

    def grown(self, head: Head, records: Sequence[Record]) -> "Chain":
        """Give the chain with further records, the last of which is the event `head`."""
        grown = replace(
            self,
            head=head.hash,
            height=head.height,
            last=str(head.type),
            records=self.records + len(records),
            size=self.size + sum(record.size for record in records),
        )
        return replace(grown, sealed_size=grown.size) if head.type is Type.ENCRYPTED_TALLY else grown


@dataclass(frozen=True)
class Pending:
    """A received ballot that waits until its proofs are verified."""

    credential: str
    tracker: str
    body: str


@dataclass(frozen=True)
class Waiting:
    """How many ballots wait before a box; nobody else can come any more where it is closed."""

    tenant_id: UUID
    ballot_id: UUID
    number: int
    closed: bool
    records: int
    """how far its archive has come"""


@dataclass(frozen=True)
class Receipt:
    """What is said of a ballot: its tracking number, where it is, and the code of a refusal."""

    tracker: str
    state: str
    """waiting, accepted, replaced (by a later one of its credential, as the archive shows), refused or unknown"""
    code: str = ""


@dataclass(frozen=True)
class Decryption:
    """What a trustee gave for the sum of a box."""

    seat: int
    owner: int
    answer: str
