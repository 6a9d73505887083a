"""How the public board is asked for and shown."""

from marshmallow import Schema, fields, validate

from shared import period as quarter


class BoardAsked(Schema):
    """Which winners to list."""

    period = fields.Str(
        load_default=None,
        validate=validate.Regexp(quarter.PATTERN, error="季度须写作 2013Q1。"),
        metadata={"description": "2013Q1; the newest with winners if absent", "label": "季度"},
    )
    organization_id = fields.UUID(load_default=None, metadata={"label": "组织"})
    university_id = fields.UUID(load_default=None, metadata={"label": "学校"})


class WinnerShown(Schema):
    """A published award."""

    award_id = fields.UUID()
    award = fields.Str()
    name = fields.Str()
    organization_id = fields.UUID()
    organization = fields.Str()
    deed = fields.Str()
    period = fields.Str()
    published_on = fields.Date()
