"""What a request on exemptions carries, and how one is shown; the reason is shown apart."""

from marshmallow import Schema, fields, validate

from services.roster.exemption.domain import EFFECT_NAMES, GROUND_NAMES, STATE_NAMES, Ground
from shared.web.forms import filled, one_of


class ExemptionRequest(Schema):
    """A branch asks for a member."""

    ground = fields.Str(required=True, validate=one_of(list(Ground)), metadata={"label": "情形"})
    reason = fields.Str(required=True, validate=filled(500), metadata={"label": "理由"})
    document = fields.Str(load_default="", validate=validate.Length(max=100), metadata={"label": "证明材料"})
    resolved_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "党员大会通过日期"})
    starts_on = fields.Date(required=True, metadata={"label": "开始日期"})
    ends_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "结束日期"})


class ExemptionDecision(Schema):
    """What the superior says."""

    decision = fields.Str(load_default="", validate=validate.Length(max=200), metadata={"label": "审批意见"})


class ExemptionShown(Schema):
    """An exemption without its reason."""

    id = fields.UUID()
    person_id = fields.UUID()
    organization_id = fields.UUID()
    effect = fields.Str()
    effect_name = fields.Function(lambda each: EFFECT_NAMES[each.effect], metadata={"type": "string"})
    document = fields.Str()
    resolved_on = fields.Date(allow_none=True)
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    state = fields.Str()
    state_name = fields.Function(lambda each: STATE_NAMES[each.state], metadata={"type": "string"})
    applied = fields.Bool(metadata={"description": "whether it works now"})
    decision = fields.Str()


class ReasonShown(Schema):
    """The reason; every reading is audited."""

    ground = fields.Str()
    ground_name = fields.Function(lambda each: GROUND_NAMES[each.ground], metadata={"type": "string"})
    text = fields.Str()
