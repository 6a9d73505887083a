"""What requests on care carry, and how it is shown."""

from marshmallow import Schema, fields

from services.pledge.care.rules import LONGEST
from shared.web.forms import filled


class HardshipWritten(Schema):
    """Who is to be cared for, and why."""

    person_id = fields.UUID(required=True, metadata={"label": "党员"})
    circumstances = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "情况"})
    since_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "从何时起"})


class CareEnded(Schema):
    """Since when it is over."""

    on = fields.Date(load_default=None, allow_none=True, metadata={"label": "日期"})


class CareWritten(Schema):
    """What was done."""

    text = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "关怀情况"})
    given_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "日期"})


class CareAsked(Schema):
    """In which organisation."""

    organization_id = fields.UUID(required=True)


class PageAsked(Schema):
    """In which organisation; one's own without a name."""

    organization_id = fields.UUID(load_default=None)


class HardshipShown(Schema):
    """That a member is cared for."""

    person_id = fields.UUID()
    organization_id = fields.UUID()
    since_on = fields.Date()
    ended_on = fields.Date(allow_none=True)


class CareShown(Schema):
    """That something was done."""

    id = fields.UUID()
    person_id = fields.UUID()
    given_on = fields.Date()


class GivenShown(Schema):
    """What was done."""

    given_on = fields.Date()
    text = fields.Str()


class CaredShown(HardshipShown):
    """A member who is cared for, with the texts."""

    name = fields.Str()
    circumstances = fields.Str()
    given = fields.List(fields.Nested(GivenShown))
