"""What requests of a sitting meeting carry."""

from marshmallow import Schema, fields, validate

from services.evaluation.meeting.domain import Capacity, CommentKind, Manner, Presence
from services.evaluation.meeting.schemas import CommentShown, NoteShown, PresentationShown, Text, short
from shared.web.forms import at_most, filled

__all__ = ["CommentShown", "NoteShown", "PresentationShown", "Text"]


class MarkMade(Schema):
    """What the roll shall say of one person."""

    person_id = fields.UUID(required=True, metadata={"label": "参会人"})
    presence = fields.Enum(Presence, by_value=True, required=True, metadata={"label": "出席情况"})
    excused = fields.Bool(
        load_default=False, allow_none=True,
        metadata={"label": "正当理由成立", "description": "null: of who is on leave, not yet decided"},
    )  # fmt: skip
    reason = short("原因")
    channel = short("参会方式", 20)


CHANGE_REASON = {"label": "更改原因", "description": "needed where it changes something after the vote was called"}


class MarksMade(Schema):
    """Several marks at once."""

    change_reason = fields.Str(load_default="", validate=at_most(200), metadata=CHANGE_REASON)
    marks = fields.List(fields.Nested(MarkMade), required=True, validate=validate.Length(min=1, max=500))


class ChangeExplained(Schema):
    """Why something is changed after the vote was called, from a form."""

    change_reason = fields.Str(load_default="", validate=at_most(200), metadata=CHANGE_REASON)


class LeaveAsked(Schema):
    """A request for leave."""

    reason = fields.Str(required=True, validate=filled(200), metadata={"label": "请假原因"})


class LeaveDecided(Schema):
    """A decision on leave."""

    granted = fields.Bool(required=True, metadata={"label": "正当理由成立"})
    note = short("说明")


class GuestInvited(Schema):
    """Somebody invited, from the directory or by name."""

    person_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "人员"})
    name = short("姓名", 50)
    capacity = fields.Enum(Capacity, by_value=True, load_default=Capacity.GUEST, metadata={"label": "身份"})
    change_reason = fields.Str(load_default="", validate=at_most(200), metadata=CHANGE_REASON)


class GuestShown(Schema):
    """Somebody invited, with the id that stands for the person in this meeting."""

    person_id = fields.UUID()
    name = fields.Str()
    capacity = fields.Str()


class Presented(Schema):
    """How a member presented."""

    person_id = fields.UUID(required=True, metadata={"label": "党员"})
    manner = fields.Enum(Manner, by_value=True, required=True, metadata={"label": "介绍方式"})
    reason = short("原因")
    text = short("书面介绍", 2000)
    change_reason = fields.Str(load_default="", validate=at_most(200), metadata=CHANGE_REASON)


class Commented(Schema):
    """The comment of a member."""

    person_id = fields.UUID(required=True, metadata={"label": "党员"})
    text = fields.Str(required=True, validate=filled(1000), metadata={"label": "点评"})
    kind = fields.Enum(CommentKind, by_value=True, load_default=CommentKind.PRAISE, metadata={"label": "类别"})


class CommentedOnPage(Schema):
    """The comment from a form: one's own words, or a phrase; and whether the deeds are confirmed with it."""

    person_id = fields.UUID(required=True, metadata={"label": "党员"})
    text = short("点评", 1000)
    phrase = short("常用语", 1000)
    kind = fields.Enum(CommentKind, by_value=True, load_default=CommentKind.PRAISE, metadata={"label": "类别"})
    confirm = fields.Bool(load_default=False, metadata={"label": "确认闪光言行"})
