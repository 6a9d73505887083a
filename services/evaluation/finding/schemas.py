"""What a request about a finding carries, and what an answer shows."""

from typing import Any

from marshmallow import Schema, fields, validate

from services.evaluation.finding.domain import Finding, Text
from services.evaluation.meeting.schemas import short
from services.evaluation.register.schemas import QUARTER
from shared.web.forms import Whole, filled

QUARTERS = 40


class Proposed(Schema):
    """A finding to be proposed."""

    person_id = fields.UUID(required=True, metadata={"label": "党员"})
    condition = Whole(1, 1000, required=True, metadata={"label": "情形"})
    facts = fields.Str(required=True, validate=filled(2000), metadata={"label": "事实"})
    evidence = short("依据", 2000)
    meeting_id = fields.UUID(load_default=None, allow_none=True)


class Nothing(Schema):
    """A request that says nothing more."""


class Replied(Schema):
    """The member's reply, or that there will be none."""

    text = short("申辩", 5000)
    waived = fields.Bool(load_default=False, metadata={"label": "放弃申辩"})


class DecidedWithoutNames(Schema):
    """What the branch committee decided, without who took part."""

    established = fields.Bool(required=True, metadata={"label": "认定结果"})
    statement = fields.Str(required=True, validate=filled(2000), metadata={"label": "认定意见"})
    valid_from_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "自"})
    valid_until_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "至"})
    periods = fields.List(
        fields.Str(validate=QUARTER),
        load_default=list,
        validate=validate.Length(max=QUARTERS, error=f"不超过{QUARTERS}个季度。"),
        metadata={
            "label": "适用的季度",
            "description": "the quarters whose vote it holds for; with neither these nor days, the next vote",
        },
    )


class Decided(DecidedWithoutNames):
    """What the branch committee decided."""

    participants = fields.List(
        fields.Str(validate=filled(100)),
        required=True,
        metadata={"label": "参加人", "description": "person ids or names, at least two"},
    )


class DecidedOnPage(DecidedWithoutNames):
    """The same from a form, with the names in one line."""

    names = fields.Str(required=True, validate=filled(500), metadata={"label": "参加人"})


class Reviewed(Schema):
    """What the general branch decided on review."""

    upheld = fields.Bool(required=True, metadata={"label": "复核结果"})
    statement = fields.Str(required=True, validate=filled(2000), metadata={"label": "复核意见"})


class Reason(Schema):
    """A reason."""

    reason = fields.Str(required=True, validate=filled(500), metadata={"label": "原因"})


class PageAsked(Schema):
    """Which page of the findings."""

    page = fields.Int(
        load_default=1,
        validate=validate.Range(min=1, max=10_000, error="页码不对。"),
        metadata={"description": "fifty findings a page", "label": "页"},
    )


class FindingsAsked(PageAsked):
    """Which branch's findings, and which page of them."""

    organization_id = fields.UUID(required=True)


class FindingShown(Schema):
    """A finding without its texts."""

    id = fields.UUID()
    person_id = fields.UUID()
    organization_id = fields.UUID()
    meeting_id = fields.UUID(allow_none=True)
    condition = fields.Int()
    sensitive = fields.Bool()
    state = fields.Str()
    state_name = fields.Str()
    proposed_at = fields.DateTime()
    reply_until_on = fields.Date(allow_none=True)
    replied_at = fields.DateTime(allow_none=True)
    waived = fields.Bool()
    decided_at = fields.DateTime(allow_none=True)
    participants = fields.List(fields.Str())
    established = fields.Bool(allow_none=True)
    valid_from_on = fields.Date(allow_none=True)
    valid_until_on = fields.Date(allow_none=True)
    periods = fields.List(fields.Str(), metadata={"description": "the quarters whose vote it holds for (R-160)"})
    reviewed_at = fields.DateTime(allow_none=True)
    upheld = fields.Bool(allow_none=True)
    erase_on = fields.Date(allow_none=True, metadata={"description": "from this day on the texts are erased"})
    erased_at = fields.DateTime(allow_none=True)


class TextShown(Schema):
    """What people wrote; each reading is noted."""

    facts = fields.Str()
    evidence = fields.Str()
    reply = fields.Str()
    statement = fields.Str()
    review_statement = fields.Str()
    withdraw_reason = fields.Str()


class FindingRead(FindingShown):
    """A finding with its texts."""

    text = fields.Nested(TextShown)


def read(finding: Finding, text: Text) -> dict[str, Any]:
    """Put a finding and its texts together as `FindingRead` shows them."""
    shown: dict[str, Any] = FindingShown().dump(finding)
    return {**{name: getattr(finding, name) for name in shown}, "text": text}
