"""What a seat hears, and what it does by itself."""

from collections.abc import Callable

from services.ballot.trustee import seat as seats
from services.ballot.trustee.ceremony import commands as ceremony
from services.ballot.trustee.decryption import commands as decryption
from services.ballot.trustee.seat import Seat
from shared.db import Connection
from shared.events import Event, Message
from shared.events.ballot import BallotAnnulled, BallotClosed, BallotOpened, GradingAnnulled, GradingOpened
from shared.events.evaluation import BallotCalled
from shared.events.pledge import GradingCalled
from shared.events.trustee import (
    CertificateOffered,
    DecryptionRequested,
    KeyAbandoned,
    KeyMade,
    KeyRequested,
    KeyRetired,
    SharesDealt,
    VerificationOffered,
)
from shared.messaging import Errand, Handler

Command = Callable[[Connection, Seat, Message], None]

COMMANDS: dict[type[Event], Command] = {
    KeyRequested: ceremony.request,
    CertificateOffered: ceremony.hear_certificate,
    SharesDealt: ceremony.hear_shares,
    VerificationOffered: ceremony.hear_verification,
    KeyMade: ceremony.hear_key,
    KeyAbandoned: ceremony.hear_abandonment,
    KeyRetired: ceremony.hear_retirement,
    BallotCalled: decryption.hear_call,
    GradingCalled: decryption.hear_grading,
    GradingOpened: decryption.hear_opening,
    GradingAnnulled: decryption.hear_annulment,
    BallotOpened: decryption.hear_opening,
    BallotClosed: decryption.hear_opening,
    BallotAnnulled: decryption.hear_annulment,
    DecryptionRequested: decryption.hear_request,
}


def handlers(here: Callable[[], Seat]) -> dict[type[Event], Handler]:
    """Give what a seat hears; `here` says, when a message comes, whose process this is."""

    def handler(command: Command) -> Handler:
        def handle(conn: Connection, message: Message) -> None:
            command(conn, here(), message)

        return handle

    return {event: handler(command) for event, command in COMMANDS.items()}


def errands(here: Callable[[], Seat]) -> list[Errand]:
    """Give what a seat does without being told: following the archives of ballots."""
    claims = decryption.Claims()
    return [
        Errand(
            "follow_archives",
            lambda conn, now: claims.take(conn, here(), now),
            lambda taken: decryption.go(here(), taken),
            lambda conn, found, now: decryption.note(conn, here(), found, now),
            every=0.25,
        )
    ]


HANDLERS = handlers(seats.here)
DEADLINES = errands(seats.here)
