"""What requests on measures carry, and how one is shown."""

from marshmallow import Schema, fields

from services.pledge.measure.domain import Kind
from services.pledge.measure.rules import LONGEST
from shared.web.forms import at_most, filled, one_of


class HelpWritten(Schema):
    """Help that was given."""

    pledge_id = fields.UUID(required=True, metadata={"label": "承诺"})
    item_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "事项"})
    grounds = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "事由"})
    content = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "内容"})
    on = fields.Date(load_default=None, allow_none=True, metadata={"label": "日期"})


class MeasureWritten(HelpWritten):
    """A measure that is proposed, or help."""

    kind = fields.Str(required=True, validate=one_of(list(Kind)), metadata={"label": "措施"})
    skip_reason = fields.Str(load_default="", validate=at_most(200), metadata={"label": "越过前面措施的原因"})


class MeasuresAsked(Schema):
    """On which pledge."""

    pledge_id = fields.UUID(required=True)


class MeasureReplied(Schema):
    """What who is concerned says; nothing with `waived`."""

    reply = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "意见"})
    waived = fields.Bool(load_default=False, metadata={"label": "不陈述意见"})
    source = fields.Str(load_default="", validate=at_most(200), metadata={"label": "代为录入的来由"})


class MeasureDecided(Schema):
    """What the superior decided."""

    decision = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "决定"})
    due_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "整改期限"})
    announcement = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "公布的内容"})


class MeasureDropped(Schema):
    """Why a measure is not taken."""

    reason = fields.Str(required=True, validate=filled(200), metadata={"label": "原因"})


class MeasureAccepted(Schema):
    """Whether what was to be put right was put right."""

    passed = fields.Bool(required=True, metadata={"label": "是否合格"})
    result = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "验收情况"})


class MeasureShort(Schema):
    """A measure without its texts."""

    id = fields.UUID()
    pledge_id = fields.UUID()
    item_id = fields.UUID(allow_none=True)
    organization_id = fields.UUID()
    person_id = fields.UUID(allow_none=True)
    kind = fields.Str()
    state = fields.Str()
    reply_by_on = fields.Date(allow_none=True)
    waived = fields.Bool()
    decided_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    accepted_on = fields.Date(allow_none=True)


class MeasureShown(MeasureShort):
    """A measure with its texts."""

    skip_reason = fields.Str()
    grounds = fields.Str()
    content = fields.Str()
    reply = fields.Str()
    entry_reason = fields.Str()
    announcement = fields.Str()
    decision = fields.Str()
    result = fields.Str()


class AnnouncementShown(Schema):
    """What was announced in an organisation."""

    organization_id = fields.UUID()
    organization = fields.Str()
    announced_on = fields.Date()
    words = fields.Str()
