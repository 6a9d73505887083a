"""What the upload of a proof carries, and how one is shown."""

from marshmallow import Schema, fields


class ProofFile(Schema):
    """The file itself."""

    file = fields.Raw(
        required=True, metadata={"type": "string", "format": "binary", "description": "JPEG, PNG or PDF, at most 5 MB"}
    )


class ProofShown(Schema):
    """A file that proves a showing."""

    id = fields.UUID()
    publication_id = fields.UUID()
    filename = fields.Str()
    added_at = fields.AwareDateTime()
