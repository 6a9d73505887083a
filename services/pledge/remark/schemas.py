"""What requests on remarks and summaries carry, and how an overview is shown."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.pledge.progress.schemas import ProgressTableShown
from services.pledge.remark import rhythm
from services.pledge.remark.domain import Kind
from services.pledge.remark.rules import LONGEST, Said
from shared.web.forms import at_most, filled, one_of

PERIOD = validate.Regexp(rhythm.PATTERN, error="周期的写法应如 2013-04、2013M2、2013Q1 或 2013。")


class PeriodRemarkWritten(Schema):
    """What is said of one pledger; with `skipped` the text says why nothing is."""

    person_id = fields.UUID(required=True, metadata={"label": "承诺人"})
    kind = fields.Str(required=True, validate=one_of(list(Kind)), metadata={"label": "点评"})
    text = fields.Str(required=True, validate=at_most(LONGEST), metadata={"label": "内容"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Said:
        """Make what is said."""
        return Said(data["person_id"], Kind(data["kind"]), data["text"].strip())


class RemarksWritten(Schema):
    """Remarks of an organisation in a period."""

    organization_id = fields.UUID(required=True, metadata={"label": "党组织"})
    period = fields.Str(required=True, validate=PERIOD, metadata={"label": "周期"})
    remarks = fields.List(
        fields.Nested(PeriodRemarkWritten),
        required=True,
        validate=validate.Length(max=500, error="一次不超过500人。"),
        metadata={"label": "点评"},
    )


class PeriodSummaryWritten(Schema):
    """The summary of an organisation in a period."""

    organization_id = fields.UUID(required=True, metadata={"label": "党组织"})
    period = fields.Str(required=True, validate=PERIOD, metadata={"label": "周期"})
    text = fields.Str(required=True, validate=filled(5000), metadata={"label": "梳理总结"})


class RemarksAsked(Schema):
    """Which organisation, which period."""

    organization_id = fields.UUID(required=True)
    period = fields.Str(required=True, validate=PERIOD)


class PageAsked(Schema):
    """Which organisation, which period; without them one's own and the present one."""

    organization_id = fields.UUID(load_default=None)
    period = fields.Str(load_default=None, validate=PERIOD)


class PeriodRemarkShown(Schema):
    """What was said of a pledger."""

    id = fields.UUID()
    person_id = fields.UUID()
    organization_id = fields.UUID()
    pledge_id = fields.UUID()
    period = fields.Str()
    kind = fields.Str()
    text = fields.Str()
    made_at = fields.AwareDateTime()


class PeriodSummaryShown(Schema):
    """The summary of a period."""

    id = fields.UUID()
    organization_id = fields.UUID()
    period = fields.Str()
    text = fields.Str()
    made_at = fields.AwareDateTime()


class PeriodPledgerShown(Schema):
    """A pledger in the overview of a period."""

    person_id = fields.UUID(attribute="person.id")
    name = fields.Str(attribute="person.name")
    pledge_id = fields.UUID()
    here = fields.Bool(metadata={"description": "still in the organisation"})
    gap = fields.Bool(metadata={"description": "neither a remark nor the reason for none"})
    remark = fields.Nested(PeriodRemarkShown, allow_none=True)


class RemarksShown(Schema):
    """All pledgers of an organisation in a period."""

    organization_id = fields.UUID(attribute="organization.id")
    period = fields.Str()
    wanted = fields.Bool()
    lines = fields.List(fields.Nested(PeriodPledgerShown))
    own = fields.List(fields.Nested(ProgressTableShown))
    summaries = fields.List(fields.Nested(PeriodSummaryShown))
