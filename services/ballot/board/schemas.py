"""What a request for the board carries."""

from marshmallow import Schema, fields, validate


class Page(Schema):
    """Which page of the tracking numbers."""

    page = fields.Int(load_default=1, validate=validate.Range(min=1, max=10_000, error="页码不对。"))
