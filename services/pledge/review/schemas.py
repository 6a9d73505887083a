"""What a verdict carries, and how the queue and the rounds are shown."""

from typing import Any

from marshmallow import Schema, fields, post_load

from services.pledge.review.domain import Step, Verdict
from shared.web.forms import Whole, at_most, one_of

LONGEST = 1000


class VerdictWritten(Schema):
    """What a reviewer says of the text that the reviewer saw."""

    version = Whole(1, 10_000, required=True, metadata={"label": "版本"})
    step = fields.Str(required=True, validate=one_of(list(Step)), metadata={"label": "环节"})
    passed = fields.Bool(required=True, metadata={"label": "审诺结论"})
    met = fields.List(fields.Str(validate=at_most(200)), load_default=list, metadata={"label": "符合的标准"})
    advice = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "修改意见"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Verdict:
        """Make the verdict."""
        return Verdict(**{**data, "step": Step(data["step"])})


class VerdictPosted(Schema):
    """A verdict as the page posts it: nothing is decided by leaving it out."""

    version = Whole(1, 10_000, required=True, metadata={"label": "版本"})
    step = fields.Str(required=True, validate=one_of(list(Step)), metadata={"label": "环节"})
    outcome = fields.Str(required=True, validate=one_of(["passed", "returned"]), metadata={"label": "审诺结论"})
    met = fields.List(fields.Str(validate=at_most(200)), load_default=list, metadata={"label": "符合的标准"})
    advice = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "修改意见"})


class ReviewShown(Schema):
    """What a reviewer decided."""

    version = fields.Int()
    step = fields.Str()
    organization_id = fields.UUID()
    passed = fields.Bool()
    checklist = fields.List(fields.Str())
    met = fields.List(fields.Str())
    advice = fields.Str()
    follow_up_on = fields.Date(allow_none=True)
    reviewed_by = fields.UUID()
    reviewed_at = fields.AwareDateTime()


class QueueAsked(Schema):
    """Which page of the queue."""

    page = Whole(1, 100_000, load_default=1, metadata={"label": "页"})


class WaitingShown(Schema):
    """A pledge in the queue of reviews."""

    pledge_id = fields.UUID()
    organization_id = fields.UUID()
    organization = fields.Str()
    person_id = fields.UUID(allow_none=True)
    name = fields.Str()
    form = fields.Str()
    kind = fields.Str()
    year = fields.Int()
    version = fields.Int()
    state = fields.Str()
    headline = fields.Str()
    submitted_at = fields.AwareDateTime(allow_none=True)
    late = fields.Bool()
    total = fields.Int(metadata={"description": "how many wait in all, on every page"})


class LikeShown(Schema):
    """A pledge of the same branch that reads much like this one."""

    pledge_id = fields.UUID()
    name = fields.Str()
    headline = fields.Str()


class CaseShown(Schema):
    """A pledge before its reviewer: the step, the standards, what to look at, and every round."""

    version = fields.Int(allow_none=True)
    step = fields.Str(allow_none=True)
    checklist = fields.List(fields.Str())
    open = fields.Bool(metadata={"description": "whether the reader may decide now"})
    refused = fields.Str(metadata={"description": "why not"})
    hints = fields.List(fields.Str())
    likes = fields.List(fields.Nested(LikeShown))
    rounds = fields.List(fields.Nested(ReviewShown))
