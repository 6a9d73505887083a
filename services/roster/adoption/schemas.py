"""What an adoption carries, and how what is in force is shown."""

from marshmallow import Schema, fields

from services.roster.scheme.schemas import SettingShown
from shared.web.forms import Whole, at_most


class Adopt(Schema):
    """A preset, or a scheme with its version (none: its newest), or neither to follow the superior; and changes."""

    organization_id = fields.UUID(required=True, metadata={"label": "组织"})
    preset = fields.Str(load_default=None, allow_none=True, validate=at_most(60))
    scheme_id = fields.UUID(load_default=None, allow_none=True)
    version = Whole(1, load_default=None, allow_none=True)
    changes = fields.Dict(keys=fields.Str(), load_default=dict, metadata={"description": "value by key of a setting"})


class InForceShown(Schema):
    """What an organisation follows."""

    organization_id = fields.UUID(metadata={"description": "who decided it: the organisation itself or one above"})
    organization = fields.Str()
    adoption = fields.Int(metadata={"description": "counts the adoptions of that organisation"})
    scheme_id = fields.UUID()
    scheme_version = fields.Int()
    name = fields.Str()
    decided_at = fields.AwareDateTime(allow_none=True)


class FollowedShown(InForceShown):
    """What an organisation follows, with every setting in force."""

    document = fields.Str()
    settings = fields.Dict(keys=fields.Str(), values=fields.Nested(SettingShown))
