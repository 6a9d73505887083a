"""What the upload of a portrait carries."""

from marshmallow import Schema, fields


class PortraitFile(Schema):
    """The picture itself."""

    file = fields.Raw(
        required=True, metadata={"type": "string", "format": "binary", "description": "JPEG or PNG, at most 2 MB"}
    )
