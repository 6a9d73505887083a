"""What requests about gradings carry, and what an elector's booth is given."""

from marshmallow import Schema, fields, validate

from shared.web.forms import LocalDateTime

TELLERS = fields.List(
    fields.UUID(), required=True, validate=validate.Length(max=10, error="监票人太多。"), metadata={"label": "监票人"}
)


class GradingCalled(Schema):
    """The call of a grading; for the JSON side."""

    assessment_id = fields.UUID(required=True, metadata={"label": "评诺"})
    tellers = TELLERS
    closes_at = fields.AwareDateTime(
        load_default=None, allow_none=True, metadata={"label": "截止时间", "description": "null: the tellers close it"}
    )


class CallForm(Schema):
    """The same as a page sends it: its time is that of the clock on the wall."""

    tellers = TELLERS
    closes_at = LocalDateTime(load_default=None, metadata={"label": "截止时间"})


class Wanted(Schema):
    """Of which occasion."""

    assessment_id = fields.UUID(required=True, metadata={"label": "评诺"})


class GradingShown(Schema):
    """A grading as members may see it: never a total."""

    ballot_id = fields.UUID()
    assessment_id = fields.UUID()
    title = fields.Str()
    period = fields.Str()
    state = fields.Str(metadata={"description": "called | opened | counted | annulled"})
    state_name = fields.Str()
    entitled = fields.Int()
    returned = fields.Int(allow_none=True)
    tellers = fields.List(fields.UUID())
    closes_at = fields.AwareDateTime(allow_none=True)
    called_at = fields.AwareDateTime()
    counted_at = fields.AwareDateTime(allow_none=True)
    annulled_at = fields.AwareDateTime(allow_none=True)
    statement = fields.Str()


class GradedLineShown(Schema):
    """One line of the form as an elector reads it."""

    place = fields.Int(metadata={"description": "from 1; by it the line stands in the election"})
    name = fields.Str()
    text = fields.Str()
    result = fields.Str()
    choices = fields.List(fields.Str())


class TicketShown(Schema):
    """What one elector's booth needs."""

    credential = fields.Str(metadata={"description": "the elector's own, of use while the grading is open"})
    questions = fields.List(fields.Nested(GradedLineShown), metadata={"description": "in the order of the election"})
    roll = fields.Str(metadata={"description": "mark of the roll's public credentials, as the box must show it"})
