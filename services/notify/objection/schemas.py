"""What objections carry, and how they are shown to their handlers and to who raised them."""

from marshmallow import Schema, fields, validate

from services.notify.objection.rules import LONGEST
from shared.web.forms import filled, one_of


class Raise(Schema):
    """An objection; without name and contact it is anonymous."""

    award_id = fields.UUID(required=True, metadata={"label": "被反映人"})
    text = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "异议内容"})
    name = fields.Str(load_default="", validate=validate.Length(max=60), metadata={"label": "姓名"})
    contact = fields.Str(load_default="", validate=validate.Length(max=200), metadata={"label": "联系方式"})


class RaisePaper(Raise):
    """An objection that came on paper."""

    received_on = fields.Date(required=True, metadata={"label": "收到日期"})


class Raised(Schema):
    """What whoever objected is given."""

    id = fields.UUID()
    code = fields.Str(metadata={"description": "asks for the answer; shown once"})


class Ask(Schema):
    """The code."""

    code = fields.Str(required=True, validate=filled(40), metadata={"label": "查询码"})


class Answer(Schema):
    """What whoever objected may know."""

    state = fields.Str()
    answer = fields.Str()
    decided_at = fields.AwareDateTime(allow_none=True)


class Hear(Schema):
    """What the winner and the branch said."""

    note = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "听取意见情况"})


class Decide(Schema):
    """A decision; the statement is the answer."""

    upheld = fields.Bool(required=True, metadata={"label": "异议是否成立"})
    statement = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "处理意见"})


class ObjectionsAsked(Schema):
    """Which page of the objections."""

    page = fields.Int(
        load_default=1,
        validate=validate.Range(min=1, max=10_000, error="页码不对。"),
        metadata={"description": "fifty objections a page", "label": "页"},
    )


class ObjectionShown(Schema):
    """An objection in a handler's list."""

    id = fields.UUID()
    notice_id = fields.UUID()
    award_id = fields.UUID()
    organization_id = fields.UUID()
    award_name = fields.Str()
    organization = fields.Str()
    channel = fields.Str()
    signed = fields.Bool()
    state = fields.Str()
    raised_at = fields.AwareDateTime()
    received_on = fields.Date(allow_none=True, metadata={"description": "when paper lay there"})
    published = fields.Bool(metadata={"description": "the award is published: upheld, it is revoked"})


class ObjectionWhole(ObjectionShown):
    """An objection as its handler reads it."""

    text = fields.Str()
    name = fields.Str()
    contact = fields.Str()
    question = fields.Str()
    reply_until_on = fields.Date(allow_none=True)
    reply = fields.Str()
    hearing = fields.Str()
    heard_by = fields.Str()
    statement = fields.Str()
    decided_by = fields.Str()


class DecideOnPage(Schema):
    """A decision as the page posts it: nothing is decided by leaving it out."""

    decision = fields.Str(required=True, validate=one_of(["upheld", "dismissed"]), metadata={"label": "异议是否成立"})
    statement = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "处理意见"})
