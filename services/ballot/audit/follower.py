"""Following an archive while it grows: whatever is new is held to every rule at once, and nothing is read twice."""

from collections.abc import Callable
from enum import StrEnum

from services.ballot.archive.chain import Event, Type
from services.ballot.archive.fault import Fault
from services.ballot.archive.reader import Read, Reader
from services.ballot.archive.records import Kind
from services.ballot.audit import documents, memory, setup
from services.ballot.audit.box import Box, Earlier, Prove, prove
from services.ballot.audit.count import Count, check_tally
from services.ballot.audit.documents import Documents
from services.ballot.audit.links import Links
from services.ballot.audit.setup import Setup
from services.ballot.protocol.election import Election
from services.ballot.protocol.tally import Accumulator


class State(StrEnum):
    """How far an election has come by its archive."""

    EMPTY = "empty"
    OPEN = "open"
    ENDED = "ended"
    SEALED = "sealed"
    DECRYPTING = "decrypting"
    FINISHED = "finished"


STATES = {
    None: State.EMPTY,
    Type.SETUP: State.OPEN,
    Type.BALLOT: State.OPEN,
    Type.END_BALLOTS: State.ENDED,
    Type.ENCRYPTED_TALLY: State.SEALED,
    Type.PARTIAL_DECRYPTION: State.DECRYPTING,
    Type.RESULT: State.FINISHED,
}


class Follower:
    """Takes the bytes of one archive in order and knows, at every event, whether all up to it is right.

    `earlier(offset, length)` gives bytes that were fed before; it is asked only when a credential votes again. What it
    raises passes through `feed`, and the follower is then of no more use: load the last dump. A bad archive
    never raises.
    """

    def __init__(self, earlier: Earlier, check: Prove = prove):
        self._earlier, self._check = earlier, check
        self.reader, self.links = Reader(), Links()
        self.setup: Setup | None = None
        self.box: Box | None = None
        self.count: Count | None = None
        self.ballots = 0
        self.begin = 0  # the offset behind the last event: where a dump goes on
        self._faults: dict[Fault, None] = {}
        self._waiting: list[Read] = []
        self._steps: dict[Type, Callable[[Documents], list[Fault]]] = {
            Type.SETUP: self._set_up,
            Type.BALLOT: self._cast,
            Type.ENCRYPTED_TALLY: self._seal,
            Type.PARTIAL_DECRYPTION: lambda given: self.count.part(given) if self.count else [],
            Type.RESULT: lambda given: self.count.finish(given) if self.count else [],
        }

    def feed(self, data: bytes) -> None:
        """Take the bytes from `offset` on; whatever is wrong is then in `faults`."""
        for read in self.reader.feed(data):
            if read.record.kind is Kind.DATA:
                self._wait(read)
            else:
                self._event(read)
        self.blame(self.reader.faults)

    def dump(self) -> bytes:
        """Give all that `load` needs to go on from the last whole event."""
        return memory.dump(self)

    @classmethod
    def load(cls, state: bytes, earlier: Earlier, check: Prove = prove) -> "Follower":
        """Go on where another was when it was dumped; nothing before its last event is read or verified again."""
        made = cls(earlier, check)
        memory.fill(made, state)
        return made

    def blame(self, faults: list[Fault] | tuple[Fault, ...]) -> None:
        """Remember faults, each once."""
        self._faults |= dict.fromkeys(faults)

    @property
    def offset(self) -> int:
        """Give the offset at which the next feed must begin."""
        return self.reader.offset

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Give all that is wrong so far, in the order found."""
        return tuple(self._faults)

    def complete(self) -> tuple[Fault, ...]:
        """Give all that is wrong when nothing more will come: torn records and unnamed documents too."""
        end = [Fault(f"byte {self.reader.begin}", "torn_record")] if self.reader.torn and not self.reader.lost else []
        return tuple(dict.fromkeys((*self.faults, *end, *documents.unnamed(self._waiting))))

    @property
    def state(self) -> State:
        """Give how far the election has come."""
        return STATES[self.links.type]

    @property
    def head(self) -> str | None:
        """Give the hash of the last event."""
        return self.links.hash

    @property
    def height(self) -> int:
        """Give the height of the last event, -1 before the first."""
        return self.links.height

    @property
    def election(self) -> Election | None:
        """Give the election, once its setup was read."""
        return self.setup.election if self.setup else None

    @property
    def trustees_text(self) -> str | None:
        """Give the exact text of the trustees."""
        return self.setup.texts[1] if self.setup else None

    @property
    def credentials(self) -> tuple[str, ...]:
        """Give the public credentials as listed."""
        return self.setup.credentials if self.setup else ()

    @property
    def num_tallied(self) -> int | None:
        """Give the number of ballots in the tally, once it is sealed."""
        return self.count.num_tallied if self.count else None

    @property
    def tally_text(self) -> str | None:
        """Give the encrypted tally, once it is sealed: worked out here, from the ballots."""
        return self.count.tally.text if self.count else None

    @property
    def tally_hash(self) -> str | None:
        """Give the hash of the encrypted tally."""
        return self.count.tally.hex if self.count else None

    def _wait(self, read: Read) -> None:
        """Keep a document for the event after it; a board that sends them without end fills no memory."""
        self._waiting.append(read)
        while len(self._waiting) > documents.MOST:
            self.blame(documents.unnamed([self._waiting.pop(0)]))

    def _event(self, read: Read) -> None:
        event, faults = self.links.take(read)
        self.blame(faults)
        if event is not None:
            self._take(event)
            self.begin = read.end

    def _take(self, event: Event) -> None:
        waiting, self._waiting = self._waiting, []
        given, faults = documents.gather(event, waiting)
        self.blame(faults)
        self.ballots += event.type is Type.BALLOT
        if given is not None and event.type in self._steps:
            self.blame(self._steps[event.type](given))

    def _set_up(self, given: Documents) -> list[Fault]:
        found, faults = setup.check(given)
        if found is not None:
            self.set_up(found, Accumulator(found.election))
        return faults

    def set_up(self, found: Setup, product: Accumulator) -> None:
        """Begin, or begin again, with a setup and the product of the ballots so far."""
        self.setup = found
        self.box = Box(found, self._earlier, self._check, product)

    def _cast(self, given: Documents) -> list[Fault]:
        return self.box.cast(given["ballot"]) if self.box else []

    def _seal(self, given: Documents) -> list[Fault]:
        if self.setup is None or self.box is None:
            return []
        self.count = Count(self.setup, self.box.product.tally, self.box.num_tallied)
        return check_tally(given, self.box)
