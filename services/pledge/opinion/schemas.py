"""What opinions carry, and how they are shown to their handlers and to who gave them."""

from typing import Any

from marshmallow import Schema, fields, post_load

from services.pledge.opinion.domain import Said
from services.pledge.opinion.rules import LONGEST
from shared.web.forms import at_most, filled


class OpinionGiven(Schema):
    """An opinion on a pledge or an organisation; without name and contact it is unsigned."""

    pledge_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "承诺"})
    organization_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "党组织"})
    text = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "意见"})
    name = fields.Str(load_default="", validate=at_most(60), metadata={"label": "姓名"})
    contact = fields.Str(load_default="", validate=at_most(200), metadata={"label": "联系方式"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Give what was said and, apart, when it was received."""
        received_on = data.pop("received_on", None)
        said = Said(**data)
        return {"said": said, "received_on": received_on} if received_on else {"said": said}


class OpinionEntered(OpinionGiven):
    """An opinion out of the 意见箱."""

    received_on = fields.Date(required=True, metadata={"label": "收到日期"})


class Received(Schema):
    """What the author is given."""

    id = fields.UUID()
    code = fields.Str(metadata={"description": "asks for the answer; shown once"})


class Ask(Schema):
    """The code."""

    code = fields.Str(required=True, validate=filled(40), metadata={"label": "查询码"})


class Answer(Schema):
    """What the author may know."""

    answer = fields.Str()
    answered_at = fields.AwareDateTime(allow_none=True)


class AnswerWritten(Schema):
    """An answer."""

    answer = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "答复"})


class OpinionShown(Schema):
    """An opinion in a handler's list."""

    id = fields.UUID()
    organization_id = fields.UUID()
    organization = fields.Str()
    pledge_id = fields.UUID(allow_none=True)
    about = fields.Str()
    channel = fields.Str()
    signed = fields.Bool()
    received_on = fields.Date()
    answered_at = fields.AwareDateTime(allow_none=True)


class OpinionListed(OpinionShown):
    """The same, and how many there are in all."""

    total = fields.Int(metadata={"description": "with those that are not listed"})


class OpinionWhole(OpinionShown):
    """An opinion as its handler reads it."""

    text = fields.Str()
    name = fields.Str()
    contact = fields.Str()
    answer = fields.Str()
    answered_by = fields.Str()
