"""What roster tells: organisations, people, positions and schemes as they become; each the whole new state.

Every event carries the aggregate's `version`, so that a projection can ignore an older one that arrives later.
"""

from marshmallow import fields
from marshmallow.validate import Range

from shared.events.event import Event

_version = fields.Int(required=True, strict=True, validate=Range(min=1))


class OrganizationChanged(Event):
    """An organisation was entered, renamed, moved or closed."""

    event_name = "organization.changed"
    teller = "roster"
    organization_id = fields.UUID(required=True)
    version = _version
    parent_id = fields.UUID(required=True, allow_none=True)
    kind = fields.Str(required=True)
    name = fields.Str(required=True)
    code = fields.Str(required=True)
    path = fields.Str(required=True, metadata={"description": "codes from the top down, each followed by /"})
    unit_type = fields.Str(required=True, allow_none=True)
    phone = fields.Str(load_default="", metadata={"description": "公开电话, printed on notices"})
    address = fields.Str(load_default="", metadata={"description": "意见箱 or office, printed on notices"})
    active = fields.Bool(required=True)


class PersonChanged(Event):
    """A person was entered, moved, changed class, left or came back. Carries no reason of health or discipline."""

    event_name = "person.changed"
    teller = "roster"
    person_id = fields.UUID(required=True)
    version = _version
    organization_id = fields.UUID(required=True)
    number = fields.Str(required=True, metadata={"description": "学工号"})
    name = fields.Str(required=True)
    stroke_key = fields.Str(required=True, metadata={"description": "sorts by 姓氏笔画 under byte order"})
    standing = fields.Str(required=True, metadata={"description": "shared.directory.domain.Standing"})
    identity = fields.Str(required=True, metadata={"description": "shared.directory.domain.Identity"})
    leader = fields.Bool(required=True, metadata={"description": "担任领导职务 (R-007)"})
    division_rank = fields.Bool(required=True, metadata={"description": "处级以上 (R-008)"})
    floating = fields.Bool(required=True, metadata={"description": "流动党员 (R-016)"})
    last_contact_on = fields.Date(required=True, allow_none=True)
    exempt = fields.Bool(required=True, metadata={"description": "may stay away, with the superior's consent (R-014)"})
    counted = fields.Bool(required=True, metadata={"description": "belongs to 应到会 (requirements 2.1)"})
    email = fields.Str(required=True)
    active = fields.Bool(required=True)
    session_epoch = fields.Int(required=True, metadata={"description": "sign-ins of an earlier epoch are void"})


class PasswordReset(Event):
    """Somebody else set a person's password, a first one too; the person is to know. Carries nothing of it."""

    event_name = "password.reset"
    teller = "roster"
    person_id = fields.UUID(required=True)
    by_id = fields.UUID(required=True, metadata={"description": "who set it"})


class PositionChanged(Event):
    """A person took up or left a position in an organisation."""

    event_name = "position.changed"
    teller = "roster"
    position_id = fields.UUID(required=True)
    version = _version
    person_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    role = fields.Str(required=True, metadata={"description": "shared.directory.domain.Role"})
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, allow_none=True, metadata={"description": "last day"})


class SchemeAdopted(Event):
    """An organisation adopted a version of a scheme; its descendants without one of their own follow it."""

    event_name = "scheme.adopted"
    teller = "roster"
    organization_id = fields.UUID(required=True)
    version = _version
    scheme_id = fields.UUID(required=True)
    scheme_version = fields.Int(required=True)
    name = fields.Str(required=True)
    document = fields.Str(required=True, metadata={"description": "文号 and title of the founding document"})
    settings = fields.Dict(keys=fields.Str(), required=True, metadata={"description": "shared.scheme.settings"})
