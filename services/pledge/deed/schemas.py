"""How what came of a pledge is shown."""

from marshmallow import Schema, fields


class GrownDeedShown(Schema):
    """A confirmed deed that refers to a pledge."""

    deed_id = fields.UUID()
    person_id = fields.UUID()
    period = fields.Str()
    item_id = fields.UUID(allow_none=True, metadata={"description": "empty: the whole pledge"})


class GrownStarShown(Schema):
    """A published award whose deed refers to a pledge."""

    award_id = fields.UUID()
    period = fields.Str()
    title = fields.Str(attribute="label")
    item_id = fields.UUID(allow_none=True, metadata={"description": "empty: the whole pledge"})
    published_on = fields.Date()
