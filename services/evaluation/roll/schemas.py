"""What an elector's booth is given."""

from marshmallow import Schema, fields


class CandidateRead(Schema):
    """What an elector reads about a name on the ballot."""

    person_id = fields.UUID()
    deed = fields.Str(metadata={"description": "what was presented at the meeting, one deed a line; may be empty"})
    pledge = fields.Str(metadata={"description": "the pledge or item that the deeds refer to; may be empty"})


class TicketShown(Schema):
    """What one elector's booth needs."""

    credential = fields.Str(metadata={"description": "the elector's own, of use while the ballot is open"})
    candidates = fields.List(fields.Nested(CandidateRead), metadata={"description": "in the order of the ballot"})
    roll = fields.Str(metadata={"description": "mark of the roll's public credentials, as the box must show it"})
