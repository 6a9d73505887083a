"""What requests on inspections carry, and how one is shown."""

from marshmallow import Schema, fields

from services.pledge.inspection import sample
from services.pledge.inspection.domain import Kind
from services.pledge.inspection.rules import MOST
from shared.web.forms import Whole, at_most, filled, one_of


class InspectionWritten(Schema):
    """An inspection."""

    organization_id = fields.UUID(required=True, metadata={"label": "检查的党组织"})
    kind = fields.Str(required=True, validate=one_of(list(Kind)), metadata={"label": "方式"})
    title = fields.Str(required=True, validate=filled(100), metadata={"label": "名称"})
    year = Whole(2000, 2200, required=True, metadata={"label": "承诺年度"})
    held_on = fields.Date(required=True, metadata={"label": "日期"})
    size = Whole(0, MOST, load_default=0, metadata={"label": "抽取份数"})


class ObservationWritten(Schema):
    """What was found."""

    text = fields.Str(required=True, validate=filled(1000), metadata={"label": "发现的情况"})
    pledge_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "承诺"})
    follow_up = fields.Str(load_default="", validate=at_most(1000), metadata={"label": "整改要求"})
    follow_up_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "整改期限"})


class ObservationFinished(Schema):
    """What was put right."""

    result = fields.Str(required=True, validate=filled(1000), metadata={"label": "整改结果"})
    on = fields.Date(load_default=None, allow_none=True, metadata={"label": "日期"})


class ObservationShown(Schema):
    """What was found, and what followed."""

    id = fields.UUID()
    pledge_id = fields.UUID(allow_none=True)
    text = fields.Str()
    follow_up = fields.Str()
    follow_up_on = fields.Date(allow_none=True)
    result = fields.Str()
    done_on = fields.Date(allow_none=True)


class InspectionShort(Schema):
    """An inspection in a list."""

    id = fields.UUID()
    organization_id = fields.UUID()
    kind = fields.Str()
    year = fields.Int()
    title = fields.Str()
    held_on = fields.Date()


class InspectionShown(InspectionShort):
    """An inspection, with seed, list and sample for who inspects."""

    seed = fields.Str()
    listed = fields.List(fields.UUID())
    digest = fields.Function(lambda one: sample.digest(one["listed"]), metadata={"type": "string"})
    drawn = fields.List(fields.UUID())
    observations = fields.List(fields.Nested(ObservationShown))
