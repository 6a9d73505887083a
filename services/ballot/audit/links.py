"""The chain as an auditor follows it: every event fits the one before, in the order of an election."""

from services.ballot.archive.chain import FOLLOWERS, Event, Head, Type
from services.ballot.archive.fault import Fault
from services.ballot.archive.reader import Read
from services.ballot.protocol.text import Malformed


class Links:
    """Remembers the last event; an event out of its turn does not move the election on."""

    def __init__(self, head: Head | None = None):
        self.hash = head.hash if head else None
        self.height = head.height if head else -1
        self.type: Type | None = head.type if head else None

    @property
    def head(self) -> Head | None:
        """Give what is needed to go on later."""
        return Head(self.hash, self.height, self.type) if self.hash and self.type else None

    def take(self, read: Read) -> tuple[Event | None, list[Fault]]:
        """Add an event; give it when it is readable and comes in its turn, and all that is wrong with it."""
        parent, height, self.hash = self.hash, self.height + 1, read.record.hash
        self.height = height
        try:
            event = Event.parse(read.record.text)
        except Malformed as trouble:
            code = trouble.code if trouble.code.startswith("event_") else "event_form"
            return None, [Fault(read.name, code, trouble.detail)]
        self.height = event.height
        in_turn = event.type in FOLLOWERS[self.type]
        wrong = {
            "wrong_parent": event.parent != parent,
            "wrong_height": event.height != height,
            "wrong_order": not in_turn,
            "payload": (event.payload is None) != (event.type is Type.END_BALLOTS),
        }
        faults = [Fault(read.name, code, str(event.type)) for code, holds in wrong.items() if holds]
        if not in_turn:
            return None, faults
        self.type = event.type
        return event, faults
