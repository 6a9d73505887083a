"""What requests on awards carry, and how an award is shown to everybody."""

from marshmallow import Schema, fields

from shared.web.forms import filled


class Revoke(Schema):
    """A revocation; the reason stays inside."""

    reason = fields.Str(required=True, validate=filled(1000), metadata={"label": "撤销原因"})


class AwardShown(Schema):
    """An award as everybody may see it; a revoked one has no name."""

    award_id = fields.UUID()
    award = fields.Str()
    state = fields.Str(metadata={"description": "published | revoked"})
    name = fields.Str()
    organization = fields.Str()
    university = fields.Str()
    period = fields.Str()
    deed = fields.Str()
    published_on = fields.Date()
    revoked_on = fields.Date(allow_none=True)
