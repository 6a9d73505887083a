"""What questions and answers carry, and how the winner is shown them."""

from marshmallow import Schema, fields

from services.notify.objection.rules import LONGEST
from shared.web.forms import filled


class Question(Schema):
    """What the handler asks the winner."""

    facts = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "请本人说明的事项"})


class ReplyWritten(Schema):
    """What the winner answers."""

    text = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "说明"})


class ReplyListed(Schema):
    """Something that the viewer was asked."""

    objection_id = fields.UUID()
    asked_at = fields.AwareDateTime()
    reply_until_on = fields.Date()
    replied_at = fields.AwareDateTime(allow_none=True)
    outcome = fields.Str(metadata={"description": "upheld | dismissed, or empty while nothing is decided"})


class ReplyShown(ReplyListed):
    """The same with what was written; nothing of the objection."""

    notice_id = fields.UUID()
    award = fields.Str()
    period = fields.Str()
    facts = fields.Str()
    text = fields.Str()
    open = fields.Bool()
