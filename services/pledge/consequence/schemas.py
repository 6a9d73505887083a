"""What requests on consequences carry, and how one is shown."""

from marshmallow import Schema, fields

from services.pledge.consequence.domain import Step
from services.pledge.consequence.rules import LONGEST
from shared.web.forms import at_most, filled, one_of


class ConsequenceProposed(Schema):
    """A step is proposed."""

    step = fields.Str(required=True, validate=one_of(list(Step)), metadata={"label": "方式"})
    facts = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "事实和依据"})
    reply_by_on = fields.Date(required=True, metadata={"label": "本人申辩截止日"})


class Heard(Schema):
    """What the member says."""

    text = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "申辩"})
    entry_reason = fields.Str(load_default="", validate=at_most(200), metadata={"label": "代为记录的原因"})


class Decided(Schema):
    """What was decided, or why it rests."""

    carried = fields.Bool(required=True, metadata={"label": "是否进行"})
    decision = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "决定"})


class ConsequenceShown(Schema):
    """One without its words."""

    id = fields.UUID()
    appraisal_id = fields.UUID()
    step = fields.Str()
    state = fields.Str()
    reply_by_on = fields.Date()
    decided_on = fields.Date(allow_none=True)


class ConsequenceWhole(ConsequenceShown):
    """One with its words; every reading by others than the member is audited."""

    facts = fields.Str()
    reply = fields.Str()
    decision = fields.Str()
