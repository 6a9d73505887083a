"""What requests on difficulties carry, and how one is shown."""

from marshmallow import Schema, fields

from services.pledge.difficulty.domain import OUTCOMES
from services.pledge.difficulty.rules import LONGEST
from services.pledge.turning import PageAsked
from shared.web.forms import at_most, filled, one_of


class DifficultyWritten(Schema):
    """A difficulty with a pledge or one of its matters."""

    pledge_id = fields.UUID(required=True, metadata={"label": "承诺"})
    item_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "事项"})
    text = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "困难"})
    entry_reason = fields.Str(load_default="", validate=at_most(200), metadata={"label": "代为反映的来由"})


class DifficultiesAsked(PageAsked):
    """With which pledge; without one, a page of all that one may answer."""

    pledge_id = fields.UUID(load_default=None)


class DifficultyAnswered(Schema):
    """An answer."""

    text = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "答复和帮助"})
    outcome = fields.Str(required=True, validate=one_of(list(OUTCOMES)), metadata={"label": "结果"})


class DifficultyAnswerShown(Schema):
    """An answer."""

    position = fields.Int()
    text = fields.Str()
    outcome = fields.Str()
    answered_at = fields.AwareDateTime()


class DifficultyShort(Schema):
    """A difficulty without its text."""

    id = fields.UUID()
    pledge_id = fields.UUID()
    item_id = fields.UUID(allow_none=True)
    organization_id = fields.UUID()
    person_id = fields.UUID(allow_none=True)
    state = fields.Str()
    reported_at = fields.AwareDateTime()


class DifficultyShown(DifficultyShort):
    """A difficulty with its text and answers."""

    text = fields.Str()
    entry_reason = fields.Str()
    answers = fields.List(fields.Nested(DifficultyAnswerShown))
