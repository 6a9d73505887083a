"""What ballot hears, and what time alone makes due."""

from services.ballot.ballot import commands
from services.ballot.box import counting, sealing, verifying
from services.ballot.box.feeding import Feeder
from services.ballot.key import commands as keys
from services.ballot.key import events as key_events
from services.ballot.waking import store as wakings
from shared.db import Connection
from shared.directory import projection
from shared.events import Event, Message
from shared.events.ballot import BallotCast
from shared.events.evaluation import BallotCalled
from shared.events.pledge import GradingCalled
from shared.events.trustee import DecryptionDeclined, DecryptionMade
from shared.messaging import Deadline, Handler, Handlers


def call_ballot(conn: Connection, message: Message) -> None:
    """Enter the ballot that a branch called."""
    commands.call(conn, message.tenant_id, message.data)


def call_grading(conn: Connection, message: Message) -> None:
    """Enter the grading that an organisation called."""
    commands.call_grading(conn, message.tenant_id, message.data)


HANDLERS: dict[type[Event], Handler] = {
    **projection.HANDLERS,
    **key_events.HANDLERS,
    BallotCalled: call_ballot,
    GradingCalled: call_grading,
    DecryptionMade: counting.hear_decryption,
    DecryptionDeclined: counting.hear_declined,
}

EXTRA_HANDLERS: dict[str, Handlers] = {wakings.QUEUE: {BallotCast: verifying.hear}}

DEADLINES: list[Deadline] = [
    Deadline("box.feed", Feeder().quietly, every=0.1, traced=False),
    Deadline("box.close", sealing.close_due, every=1.0),
    Deadline("box.seal", sealing.seal_drained, every=0.1),
    Deadline("box.count", counting.count_again, every=1.0),
    Deadline("key.again", keys.ask_again, every=5.0),
    Deadline("key.retire", keys.retire, every=600.0),
    Deadline("wakings.forget", wakings.forget_served, every=60.0),
]
