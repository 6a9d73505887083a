"""What ballot tells of elections and gradings: opened, wakings of its workers, closed, totals, void; never a vote."""

from marshmallow import Schema, fields

from shared.events.event import Event
from shared.events.trustee import BALLOT_SEAL


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
    traced = False
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
    seal = fields.Str(load_default="", metadata=BALLOT_SEAL)


class GradingOpened(Event):
    """The tellers opened a grading: its electors can fill in the form."""

    event_name = "grading.opened"
    teller = "ballot"
    ballot_id = fields.UUID(required=True)
    assessment_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)


class Graded(Schema):
    """How many gave each grade on one line, in the order of the call, and how many none."""

    subject_id = fields.UUID(required=True)
    counts = fields.List(fields.Int(), required=True)
    blank = fields.Int(required=True)


class GradingCounted(Event):
    """The count of a grading stands; for the service that called it alone."""

    event_name = "grading.counted"
    teller = "ballot"
    ballot_id = fields.UUID(required=True)
    assessment_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    issued = fields.Int(required=True)
    returned = fields.Int(required=True)
    totals = fields.List(fields.Nested(Graded), required=True)


class GradingAnnulled(Event):
    """A grading is void, by rule (too few forms) or by decision; another one may be called."""

    event_name = "grading.annulled"
    teller = "ballot"
    ballot_id = fields.UUID(required=True)
    assessment_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    reason = fields.Str(required=True, metadata={"description": "too_few_ballots | decision"})
    statement = fields.Str(required=True, metadata={"description": "the reason in words, as announced"})
    seal = fields.Str(load_default="", metadata=BALLOT_SEAL)
