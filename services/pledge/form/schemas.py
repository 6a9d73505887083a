"""What forms carry on the JSON side, and how they and their totals are shown."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.pledge.assessment.domain import FORMS, Source
from services.pledge.form.rules import LONGEST
from shared.web.forms import Whole, at_most, filled, one_of

KEY = at_most(80)
MANY = validate.Length(max=5000, error="项目太多。")
SOURCES = [str(one) for one in FORMS]


class QuestionShown(Schema):
    """One line of a form."""

    key = fields.Str()
    name = fields.Str()
    text = fields.Str()
    choices = fields.List(fields.Str())
    result = fields.Str()


class FormShown(Schema):
    """A form with the token that lets it be answered once."""

    token = fields.Str(metadata={"description": "empty where the code of a slip takes its place"})
    source = fields.Str()
    coded = fields.Bool(metadata={"description": "answered with the code of a printed slip"})
    questions = fields.List(fields.Nested(QuestionShown))


class SlipsAsked(Schema):
    """Which batch of slips."""

    part = Whole(1, 100, load_default=1, metadata={"label": "第几批"})


class SlipsShown(Schema):
    """A batch of slips."""

    codes = fields.List(fields.Str())
    parts = fields.Int(metadata={"description": "how many batches there are"})


class AnswerGiven(Schema):
    """An answer: a choice by line, what is left out is an abstention; and a text for all."""

    source = fields.Str(required=True, validate=one_of(SOURCES), metadata={"label": "评议表"})
    token = fields.Str(required=True, validate=filled(100), metadata={"label": "评议码"})
    choices = fields.Dict(
        keys=fields.Str(validate=KEY), values=fields.Str(validate=at_most(20)), load_default=dict, validate=MANY,
        metadata={"label": "评价"},
    )  # fmt: skip
    text = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "意见和建议"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Give it as the command takes it."""
        return {"source": Source(data["source"]), "token_": data["token"], "choices": data.get("choices", {}),
                "text": data["text"].strip()}  # fmt: skip


class Taken(Schema):
    """That an answer is in."""

    received = fields.Bool()


class TotalsEntered(Schema):
    """Totals that were counted from paper."""

    source = fields.Str(required=True, validate=one_of(SOURCES), metadata={"label": "评议表"})
    papers = Whole(1, 100_000, required=True, metadata={"label": "收回份数"})
    tellers = fields.Str(required=True, validate=filled(100), metadata={"label": "计票人、监票人"})
    counts = fields.Dict(
        keys=fields.Str(validate=KEY),
        values=fields.Dict(keys=fields.Str(validate=at_most(20)), values=Whole(0, 100_000)),
        load_default=dict, validate=MANY, metadata={"label": "汇总"},
    )  # fmt: skip
    texts = fields.List(
        fields.Str(validate=at_most(LONGEST)), load_default=list,
        validate=validate.Length(max=500, error="不超过500条。"), metadata={"label": "意见和建议"},
    )  # fmt: skip

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Give it as the command takes it."""
        texts = [text.strip() for text in data.get("texts", []) if text.strip()]
        return {**data, "source": Source(data["source"]), "texts": texts}


class PaperDropped(Schema):
    """Why totals are taken back; asked for once forms are closed."""

    reason = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "作废的理由"})


class PaperShown(Schema):
    """Totals from paper, without the numbers."""

    id = fields.UUID()
    source = fields.Str()
    papers = fields.Int()
    tellers = fields.Str()
    entered_by = fields.UUID()
    confirmed_by = fields.UUID(allow_none=True)
    confirmed_at = fields.AwareDateTime(allow_none=True)
    dropped_at = fields.AwareDateTime(allow_none=True)
    drop_reason = fields.Str(metadata={"description": "stated where it was dropped after forms were closed"})
