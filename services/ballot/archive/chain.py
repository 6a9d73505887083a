"""The chain of events: each names the one before it, so that nothing can be taken out or put in between."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from services.ballot.archive.records import Kind, Record
from services.ballot.protocol.text import Malformed, compact, fields, hex_hash, load, whole

HEX = frozenset("0123456789abcdef")


class Type(StrEnum):
    """What an event says, in the order of an election."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


FOLLOWERS: dict[Type | None, frozenset[Type]] = {
    None: frozenset({Type.SETUP}),
    Type.SETUP: frozenset({Type.BALLOT, Type.END_BALLOTS}),
    Type.BALLOT: frozenset({Type.BALLOT, Type.END_BALLOTS}),
    Type.END_BALLOTS: frozenset({Type.ENCRYPTED_TALLY}),
    Type.ENCRYPTED_TALLY: frozenset({Type.PARTIAL_DECRYPTION}),
    Type.PARTIAL_DECRYPTION: frozenset({Type.PARTIAL_DECRYPTION, Type.RESULT}),
    Type.RESULT: frozenset(),
}


class OutOfOrderError(ValueError):
    """The chain cannot go on with this event."""


@dataclass(frozen=True)
class Event:
    """One link: the hash of the link before it (None for the first), its height from 0, its type, what it names."""

    parent: str | None
    height: int
    type: Type
    payload: str | None

    @cached_property
    def text(self) -> str:
        """Give the canonical text, which is what is hashed."""
        named = {"parent": self.parent, "height": self.height, "type": str(self.type), "payload": self.payload}
        return compact({key: value for key, value in named.items() if value is not None})

    @cached_property
    def hash(self) -> str:
        """Give the hexadecimal SHA-256 of the text."""
        return hex_hash(self.text)

    @classmethod
    def parse(cls, text: str) -> "Event":
        """Read an event; raises Malformed for anything but the canonical text of one."""
        plain = fields(load(text), "parent", "height", "type", "payload", optional=("parent", "payload"))
        for key in ("parent", "payload"):
            if key in plain and not is_hash(plain[key]):
                raise Malformed("event_form", key)
        if not isinstance(plain["type"], str) or plain["type"] not in list(Type):
            raise Malformed("event_type", str(plain["type"])[:40])
        event = cls(plain.get("parent"), whole(plain["height"]), Type(plain["type"]), plain.get("payload"))
        if event.text != text:
            raise Malformed("event_not_canonical")
        return event


def is_hash(value: object) -> bool:
    """Say whether `value` is a SHA-256 as 64 lower-case hexadecimal digits."""
    return isinstance(value, str) and len(value) == 64 and HEX.issuperset(value)


@dataclass(frozen=True)
class Head:
    """The last event of a chain: all that is needed to go on with it."""

    hash: str
    height: int
    type: Type


class Builder:
    """Goes on with a chain: every method gives the new records in archive order and moves `head`."""

    def __init__(self, head: Head | None = None):
        self.head = head

    def setup(self, election: str, trustees: str, credentials: str) -> tuple[Record, ...]:
        """Begin the chain with the exact texts of the election, its trustees and its public credentials."""
        documents = [_data(text) for text in (election, trustees, credentials)]
        named = dict(
            zip(("election", "trustees", "credentials"), (document.hash for document in documents), strict=True)
        )
        return self._append(Type.SETUP, *documents, _data(compact(named)))

    def ballot(self, text: str) -> tuple[Record, ...]:
        """Add one ballot."""
        return self._append(Type.BALLOT, _data(text))

    def end(self) -> tuple[Record, ...]:
        """Close the box: no ballot can follow."""
        return self._append(Type.END_BALLOTS)

    def tally(self, encrypted: str, num_tallied: int) -> tuple[Record, ...]:
        """Add the product of the ballots that count; every vote weighs one."""
        product = _data(encrypted)
        sized = {"num_tallied": num_tallied, "total_weight": num_tallied, "encrypted_tally": product.hash}
        return self._append(Type.ENCRYPTED_TALLY, product, _data(compact(sized)))

    def partial_decryption(self, owner: int, text: str) -> tuple[Record, ...]:
        """Add what the trustee with the 1-based number `owner` gave."""
        document = _data(text)
        owned = _data(compact({"owner": owner, "payload": document.hash}))
        return self._append(Type.PARTIAL_DECRYPTION, document, owned)

    def result(self, text: str) -> tuple[Record, ...]:
        """End the chain with the result."""
        return self._append(Type.RESULT, _data(text))

    def _append(self, kind: Type, *documents: Record) -> tuple[Record, ...]:
        last = self.head.type if self.head else None
        if kind not in FOLLOWERS[last]:
            raise OutOfOrderError(f"{kind} after {last}")
        parent, height = (self.head.hash, self.head.height + 1) if self.head else (None, 0)
        event = Event(parent, height, kind, documents[-1].hash if documents else None)
        self.head = Head(event.hash, height, kind)
        return (*documents, Record(Kind.EVENT, event.text))


def credentials(public: list[str]) -> str:
    """Give the text of the list of public credentials, sorted as texts so that it keeps nothing of the roll's order."""
    return compact(sorted(public))


def _data(text: str) -> Record:
    return Record(Kind.DATA, text)
