"""What ballot and the trustees tell one another: the key ceremony of a period, and the decryption of a sum.

The seats are numbered; a seat may be a process or a person (监票人). Each message of a seat carries its `seal`, so that
nobody else can speak for it: see `shared/voting/seal.py`. So does what ballot asks of the seats and tells them.
"""

from marshmallow import Schema, fields

from shared.events.event import Event

SEAL = {"description": "Ed25519, base64, by the seat's long-term identity key"}
BALLOT_SEAL = {"description": "Ed25519, base64, by ballot's long-term identity key; no seat acts without it"}


class KeyRequested(Event):
    """The seats are asked to make a key together, of which `threshold` of them can decrypt."""

    event_name = "key.requested"
    teller = "ballot"
    ceremony_id = fields.UUID(required=True)
    period = fields.Str(required=True)
    group = fields.Str(required=True, metadata={"description": "BELENIOS-2048"})
    threshold = fields.Int(required=True)
    seats = fields.List(fields.Int(), required=True)
    seal = fields.Str(load_default="", metadata=BALLOT_SEAL)


class CertificateOffered(Event):
    """Round one: a seat shows the keys by which it signs and receives in this ceremony."""

    event_name = "certificate.offered"
    teller = "trustee"
    ceremony_id = fields.UUID(required=True)
    seat = fields.Int(required=True)
    certificate = fields.Str(required=True, metadata={"description": "signed message of the ballot format"})
    seal = fields.Str(required=True, metadata=SEAL)


class Share(Schema):
    """What one seat gives another: readable for that one only."""

    seat = fields.Int(required=True, metadata={"description": "the receiver"})
    sealed = fields.Str(required=True)


class SharesDealt(Event):
    """Round two: a seat commits to its secret polynomial and gives every seat its value, encrypted to it."""

    event_name = "shares.dealt"
    teller = "trustee"
    ceremony_id = fields.UUID(required=True)
    seat = fields.Int(required=True)
    coefexps = fields.Str(required=True, metadata={"description": "signed message of the ballot format"})
    shares = fields.List(fields.Nested(Share), required=True)
    seal = fields.Str(required=True, metadata=SEAL)


class VerificationOffered(Event):
    """Round three: a seat has checked all that it was given, and shows the public side of its share with a proof."""

    event_name = "verification.offered"
    teller = "trustee"
    ceremony_id = fields.UUID(required=True)
    seat = fields.Int(required=True)
    verification_key = fields.Str(required=True)
    seal = fields.Str(required=True, metadata=SEAL)


class CeremonyFailed(Event):
    """A seat ends a ceremony, because what another seat gave it is wrong or the key is not the one they made."""

    event_name = "ceremony.failed"
    teller = "trustee"
    ceremony_id = fields.UUID(required=True)
    seat = fields.Int(required=True)
    accused = fields.Int(required=True, metadata={"description": "the seat at fault; 0 where it is ballot"})
    fault = fields.Str(required=True, metadata={"description": "a code"})
    seal = fields.Str(required=True, metadata=SEAL)


class KeyAbandoned(Event):
    """A ceremony ended without a key; the seats forget their secrets of it, and another one may follow."""

    event_name = "key.abandoned"
    teller = "ballot"
    ceremony_id = fields.UUID(required=True)
    period = fields.Str(required=True)
    seal = fields.Str(required=True, metadata=BALLOT_SEAL)


class KeyMade(Event):
    """The key of a period stands; ballots of this period are encrypted with it."""

    event_name = "key.made"
    teller = "ballot"
    ceremony_id = fields.UUID(required=True)
    period = fields.Str(required=True)
    trustees = fields.Str(required=True, metadata={"description": "exact text, as every archive carries it"})
    public_key = fields.Str(required=True)
    seal = fields.Str(load_default="", metadata=BALLOT_SEAL)


class KeyRetired(Event):
    """Every ballot of a key was over long ago; the seats erase their shares of it."""

    event_name = "key.retired"
    teller = "ballot"
    ceremony_id = fields.UUID(required=True)
    period = fields.Str(required=True)
    seal = fields.Str(required=True, metadata=BALLOT_SEAL)


class DecryptionRequested(Event):
    """A ballot is sealed; each seat is asked to check its archive and to decrypt the sum."""

    event_name = "decryption.requested"
    teller = "ballot"
    ballot_id = fields.UUID(required=True)
    ceremony_id = fields.UUID(required=True)
    period = fields.Str(required=True)
    uuid = fields.Str(required=True, metadata={"description": "of the election"})
    head = fields.Str(required=True, metadata={"description": "hash of the archive's EncryptedTally event"})
    seal = fields.Str(load_default="", metadata=BALLOT_SEAL)


class DecryptionMade(Event):
    """A seat found everything right and decrypted the sum, for the only time."""

    event_name = "decryption.made"
    teller = "trustee"
    ballot_id = fields.UUID(required=True)
    seat = fields.Int(required=True)
    owner = fields.Int(required=True, metadata={"description": "number over all trustees of the key, from 1"})
    partial_decryption = fields.Str(required=True, metadata={"description": "exact text of the ballot format"})
    seal = fields.Str(required=True, metadata=SEAL)


class DecryptionDeclined(Event):
    """A seat does not decrypt, and says which faults it found."""

    event_name = "decryption.declined"
    teller = "trustee"
    ballot_id = fields.UUID(required=True)
    seat = fields.Int(required=True)
    faults = fields.List(fields.Str(), required=True)
    seal = fields.Str(required=True, metadata=SEAL)
