"""What ballot tells: opening, wakings of its own workers, closing, totals, annulment. Never a vote, never who voted."""

from marshmallow import Schema, fields

from shared.events.event import Event


class BallotOpened(Event):
    """The tellers opened the ballot: those present were counted, papers are handed out."""

    event_name = "ballot.opened"
    teller = "ballot"
    ballot_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    present = fields.Int(required=True)


class BallotCast(Event):
    """Ballots wait to be verified: a waking for the workers, which names none of them."""

    event_name = "ballot.cast"
    teller = "ballot"
    ballot_id = fields.UUID(required=True)


class BallotClosed(Event):
    """The box was closed; nothing can be put in any more."""

    event_name = "ballot.closed"
    teller = "ballot"
    ballot_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    issued = fields.Int(required=True)
    returned = fields.Int(required=True)


class Total(Schema):
    """How many valid ballots name a candidate."""

    person_id = fields.UUID(required=True)
    votes = fields.Int(required=True)


class BallotCounted(Event):
    """The count stands: of papers and of electronic ballots together. What follows does not know the channel."""

    event_name = "ballot.counted"
    teller = "ballot"
    ballot_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    present = fields.Int(
        load_default=None, allow_none=True, metadata={"description": "实到会 as the tellers found it, if corrected"}
    )
    issued = fields.Int(required=True)
    returned = fields.Int(required=True)
    valid = fields.Int(required=True)
    invalid = fields.Int(required=True)
    abstained = fields.Int(required=True, metadata={"description": "valid papers on which nothing is marked"})
    totals = fields.List(fields.Nested(Total), required=True)


class BallotAnnulled(Event):
    """The ballot is void: by rule (returned more than issued) or by decision; it is repeated, never edited."""

    event_name = "ballot.annulled"
    teller = "ballot"
    ballot_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    reason = fields.Str(required=True, metadata={"description": "returned_exceeds_issued | too_few_ballots | decision"})
    statement = fields.Str(required=True, metadata={"description": "the reason in words, as announced"})
