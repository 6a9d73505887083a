"""What ballot hears of the key ceremony."""

from services.ballot.key import commands
from shared.events import Event
from shared.events.trustee import CeremonyFailed, CertificateOffered, SharesDealt, VerificationOffered
from shared.messaging import Handler

HANDLERS: dict[type[Event], Handler] = {
    CertificateOffered: commands.hear_certificate,
    SharesDealt: commands.hear_shares,
    VerificationOffered: commands.hear_verification,
    CeremonyFailed: commands.hear_failure,
}
