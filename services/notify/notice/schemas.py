"""How notices are asked for and shown."""

from marshmallow import Schema, fields, validate

from shared import period as quarter


class NoticesAsked(Schema):
    """Which notices to list; the university only where a system serves several."""

    period = fields.Str(
        load_default=None,
        validate=validate.Regexp(quarter.PATTERN, error="季度须写作 2013Q1。"),
        metadata={"description": "2013Q1", "label": "季度"},
    )
    university_id = fields.UUID(load_default=None, metadata={"label": "学校"})
    page = fields.Int(
        load_default=1,
        validate=validate.Range(min=1, max=10_000, error="页码不对。"),
        metadata={"description": "fifty notices a page", "label": "页"},
    )


class NameShown(Schema):
    """A name on a notice."""

    award_id = fields.UUID()
    name = fields.Str()
    organization = fields.Str()


class NoticeShown(Schema):
    """A notice as everybody may see it."""

    id = fields.UUID()
    filing_id = fields.UUID()
    organization_id = fields.UUID()
    organization = fields.Str()
    period = fields.Str()
    heading = fields.Str()
    document = fields.Str()
    issuer = fields.Str()
    phone = fields.Str()
    address = fields.Str()
    days = fields.Int()
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    counting = fields.Str()
    warning = fields.Str()
    over = fields.Bool()
    names = fields.List(fields.Nested(NameShown))
