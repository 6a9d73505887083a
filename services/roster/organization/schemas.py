"""What a request on organisations carries, and how one is shown."""

from marshmallow import Schema, fields

from shared.directory.domain import KIND_NAMES, UNIT_TYPES, Kind
from shared.web.forms import at_most, filled, one_of


class OrganizationChange(Schema):
    """What may be changed of an organisation; what is absent stays."""

    name = fields.Str(validate=filled(100), metadata={"label": "组织全称"})
    code = fields.Str(validate=filled(32), metadata={"label": "组织编号"})
    parent_id = fields.UUID(allow_none=True, metadata={"label": "上级组织"})
    unit_type = fields.Str(
        allow_none=True, validate=one_of(["", *UNIT_TYPES]), metadata={"label": "单位类型", "description": "R-006"}
    )
    phone = fields.Str(validate=at_most(40), metadata={"label": "公开电话", "description": "printed on notices"})
    address = fields.Str(
        validate=at_most(100), metadata={"label": "意见箱或办公地点", "description": "printed on notices"}
    )


class OrganizationEntry(OrganizationChange):
    """A new organisation."""

    kind = fields.Str(required=True, validate=one_of(list(Kind)), metadata={"label": "组织类别"})
    name = fields.Str(required=True, validate=filled(100), metadata={"label": "组织全称"})
    code = fields.Str(required=True, validate=filled(32), metadata={"label": "组织编号"})


class OrganizationRecord(Schema):
    """An organisation as the API shows it."""

    id = fields.UUID()
    version = fields.Int()
    parent_id = fields.UUID(allow_none=True)
    kind = fields.Str()
    kind_name = fields.Function(lambda each: KIND_NAMES[each.kind], metadata={"type": "string"})
    name = fields.Str()
    code = fields.Str()
    path = fields.Str()
    unit_type = fields.Str(allow_none=True)
    phone = fields.Str()
    address = fields.Str()
    active = fields.Bool()
