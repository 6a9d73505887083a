"""What requests on the calendar carry, and how its entries are shown."""

from marshmallow import Schema, fields, validate


class Day(Schema):
    """A day that is free though it would be worked, or worked though it would be free."""

    day = fields.Date(required=True)
    working = fields.Bool(required=True)
    note = fields.Str(load_default="", validate=validate.Length(max=100))


class Days(Schema):
    """The State Council's list for a year."""

    days = fields.List(fields.Nested(Day), required=True, validate=validate.Length(max=400))
