"""What requests about messages carry and how a message is shown."""

from marshmallow import Schema, fields, validate


class List(Schema):
    """Which messages to list."""

    unread = fields.Bool(load_default=False)
    page = fields.Int(load_default=1, validate=validate.Range(min=1, max=10_000, error="页码不对。"))


class MessageShown(Schema):
    """A message."""

    id = fields.UUID()
    kind = fields.Str()
    text = fields.Str()
    href = fields.Str()
    made_at = fields.AwareDateTime()
    read_at = fields.AwareDateTime(allow_none=True)


class Unread(Schema):
    """How many messages are unread."""

    unread = fields.Int()
