"""What a request on positions carries, and how one is shown."""

from marshmallow import Schema, fields

from shared.directory.domain import HELD, ROLE_NAMES
from shared.web.forms import one_of


class Appointment(Schema):
    """A person takes up a role in an organisation."""

    person_id = fields.UUID(required=True, metadata={"label": "人员"})
    organization_id = fields.UUID(required=True, metadata={"label": "任职组织"})
    role = fields.Str(required=True, validate=one_of(list(HELD)), metadata={"label": "职务"})
    starts_on = fields.Date(required=True, metadata={"label": "任职时间"})


class PositionEnd(Schema):
    """The last day of a position."""

    ends_on = fields.Date(required=True, metadata={"label": "免职日期"})


class PositionShown(Schema):
    """A position as the API shows it."""

    id = fields.UUID()
    version = fields.Int()
    person_id = fields.UUID()
    organization_id = fields.UUID()
    role = fields.Str()
    role_name = fields.Function(lambda each: ROLE_NAMES[each.role], metadata={"type": "string"})
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
