"""What requests on an appraisal carry, and how one is shown."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.pledge.appraisal.domain import Comment, Own
from services.pledge.appraisal.rules import LONGEST
from services.pledge.assessment.domain import COMMENTS, Source
from shared.web.forms import at_most, filled, one_of

LIMIT = validate.Length(max=100, error="不超过100项。")


class OwnWritten(Schema):
    """What a pledger says: of each matter by its id, in sum, and the grade that the pledger would give."""

    matters = fields.Dict(
        keys=fields.Str(validate=at_most(36)), values=fields.Str(validate=at_most(LONGEST)), load_default=dict,
        validate=LIMIT, metadata={"label": "逐项自评"},
    )  # fmt: skip
    text = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "总的情况"})
    grade = fields.Str(load_default="", validate=at_most(20), metadata={"label": "自评等次"})
    entry_reason = fields.Str(load_default="", validate=at_most(200), metadata={"label": "代为填写的原因"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Give what was said and, apart, why another entered it."""
        matters = {key: text.strip() for key, text in data.get("matters", {}).items() if text.strip()}
        own = Own(matters, data["text"].strip(), data["grade"].strip())
        return {"own": own, "entry_reason": data["entry_reason"]}


class CommentWritten(Schema):
    """A comment in three parts, none of which may be missing (R-096)."""

    source = fields.Str(required=True, validate=one_of([str(one) for one in COMMENTS]), metadata={"label": "方式"})
    achievements = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "成绩"})
    problems = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "问题"})
    direction = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "努力方向"})
    grade = fields.Str(load_default="", validate=at_most(20), metadata={"label": "建议等次"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Comment:
        """Give the comment."""
        return Comment(**{**data, "source": Source(data["source"])})


class Decision(Schema):
    """What was decided."""

    grade = fields.Str(load_default="", validate=at_most(20), metadata={"label": "等次"})
    reason = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "评语或理由"})
    outside_document = fields.Str(load_default="", validate=at_most(200), metadata={"label": "上级文件的名称和文号"})
    outside_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "上级文件的日期"})


class ReplyWritten(Schema):
    """What the pledger says to the result."""

    text = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "本人意见"})
    entry_reason = fields.Str(load_default="", validate=at_most(200), metadata={"label": "代为记录的原因"})


class AppraisalShown(Schema):
    """An appraisal without what people wrote."""

    id = fields.UUID()
    assessment_id = fields.UUID()
    pledge_id = fields.UUID()
    person_id = fields.UUID(allow_none=True)
    state = fields.Str()
    grade = fields.Str(allow_none=True)
    done = fields.Int(allow_none=True)
    total = fields.Int(allow_none=True)
    decided_at = fields.AwareDateTime(allow_none=True)
    outside_document = fields.Str()
    outside_on = fields.Date(allow_none=True)


class OwnShown(Schema):
    """What the pledger said."""

    matters = fields.Dict(keys=fields.Str(), values=fields.Str())
    text = fields.Str()
    grade = fields.Str()


class CommentShown(Schema):
    """A comment."""

    source = fields.Str()
    achievements = fields.Str()
    problems = fields.Str()
    direction = fields.Str()
    grade = fields.Str()


class FiguresShown(Schema):
    """What can be counted."""

    total = fields.Int()
    done = fields.Int()
    partly = fields.Int(attribute="partial", data_key="partial")
    undone = fields.Int()
    changed = fields.Int()
    cancelled = fields.Int()
    open = fields.Int()
    on_time = fields.Int()


class AttendanceCounted(Schema):
    """How often somebody came to the meetings of the year (R-098)."""

    meetings = fields.Int()
    present = fields.Int()
    excused = fields.Int()
    absent = fields.Int()


class RemarkShown(Schema):
    """What was said in a quarter."""

    period = fields.Str()
    kind = fields.Str()
    text = fields.Str()


class CountShown(Schema):
    """What one kind of form says in sum; hidden while forms come in or too few took part."""

    source = fields.Str()
    people = fields.Int()
    hidden = fields.Bool()
    said = fields.Dict(keys=fields.Str(), values=fields.Int())


class SatisfactionShown(Schema):
    """How the masses see a matter of an organisation's pledge (R-197)."""

    content = fields.Str()
    said = fields.Dict(keys=fields.Str(), values=fields.Int())
    known = fields.Int()
    satisfied = fields.Int()


class AppraisalWhole(Schema):
    """An appraisal as far as the reader may see it."""

    appraisal = fields.Nested(AppraisalShown)
    figures = fields.Nested(FiguresShown)
    attendance = fields.Nested(AttendanceCounted)
    remarks = fields.List(fields.Nested(RemarkShown))
    own = fields.Nested(OwnShown, allow_none=True)
    comments = fields.List(fields.Nested(CommentShown))
    counts = fields.List(fields.Nested(CountShown))
    satisfaction = fields.List(fields.Nested(SatisfactionShown))
    expected = fields.Str(allow_none=True)
    obstacles = fields.List(fields.Str())
    reason = fields.Str()
    reply = fields.Str()
