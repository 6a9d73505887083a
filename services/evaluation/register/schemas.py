"""What requests on deeds carry, and how a deed is shown."""

from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from services.evaluation.register.rules import LONGEST
from shared import period
from shared.web.forms import Whole, at_most, filled

QUARTER = validate.Regexp(period.PATTERN, error="季度的写法应如 2013Q1。")


class DeedWritten(Schema):
    """An entry, new or changed."""

    aspects = fields.List(fields.Str(validate=at_most(60)), required=True, metadata={"label": "五带头"})
    type = fields.Str(required=True, validate=at_most(60), metadata={"label": "类型"})
    field = fields.Str(load_default=None, allow_none=True, validate=at_most(60), metadata={"label": "体现方面"})
    text = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "事迹"})
    happened_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "发生日期"})
    place = fields.Str(load_default="", validate=validate.Length(max=100), metadata={"label": "地点"})
    witness = fields.Str(load_default="", validate=validate.Length(max=100), metadata={"label": "见证人"})
    pledge_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "对应的承诺"})
    pledge_item_id = fields.UUID(
        load_default=None,
        allow_none=True,
        metadata={"label": "对应的承诺事项", "description": "an item implies its pledge"},
    )
    pledge_version = Whole(
        1,
        load_default=None,
        allow_none=True,
        metadata={
            "label": "承诺的版本",
            "description": "in which words the item is meant: those that the entry cites, which stay where nothing is "
            "said, or the newest",
        },
    )
    declared = fields.Bool(load_default=False, metadata={"label": "如实声明"})
    period = fields.Str(load_default="", validate=at_most(10), metadata={"label": "季度"})
    person_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "党员"})
    entry_reason = fields.Str(load_default="", validate=validate.Length(max=200), metadata={"label": "代为登记的原因"})


class DeedPosted(DeedWritten):
    """An entry from a page, where one choice names a pledge, or after slashes also one item of it and its version."""

    @pre_load
    def split(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Take the choice apart."""
        names = ("pledge_id", "pledge_item_id", "pledge_version")
        parts = data.get("pledge_id", "").split("/", 2)
        return {**data, **dict(zip(names, parts, strict=False))} if len(parts) > 1 else data


class Addition(Schema):
    """An addition to what was presented."""

    text = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "补充内容"})
    reason = fields.Str(required=True, validate=filled(200), metadata={"label": "补充原因"})


class NoEntryNoted(Schema):
    """Why a member has no entry."""

    person_id = fields.UUID(required=True, metadata={"label": "党员"})
    period = fields.Str(required=True, validate=QUARTER, metadata={"label": "季度"})
    objective = fields.Bool(required=True, metadata={"label": "客观原因"})
    reason = fields.Str(required=True, validate=filled(200), metadata={"label": "原因"})


class PledgesAsked(Schema):
    """Whose pledges; one's own when nobody is named."""

    person_id = fields.UUID(load_default=None)


class CitedItemShown(Schema):
    """An item of a published pledge, as it now stands."""

    id = fields.UUID(attribute="item_id")
    version = fields.Int()
    position = fields.Int()
    content = fields.Str()
    serves = fields.Str(metadata={"description": "the organisation's promise that it serves (R-046), or empty"})


class CitedShown(Schema):
    """A published pledge to which a deed may refer."""

    id = fields.UUID()
    year = fields.Int()
    words = fields.Str()
    items = fields.List(fields.Nested(CitedItemShown))


class DeedsAsked(Schema):
    """Whose deeds, of which quarter."""

    period = fields.Str(load_default="", validate=at_most(10))
    person_id = fields.UUID(load_default=None)


class OverviewAsked(Schema):
    """Which branch, which quarter."""

    organization_id = fields.UUID(required=True)
    period = fields.Str(required=True, validate=QUARTER)


class DeedShown(Schema):
    """A deed."""

    id = fields.UUID()
    person_id = fields.UUID()
    organization_id = fields.UUID()
    period = fields.Str()
    aspects = fields.List(fields.Str())
    type = fields.Str()
    field = fields.Str(allow_none=True)
    text = fields.Str()
    happened_on = fields.Date(allow_none=True)
    place = fields.Str()
    witness = fields.Str()
    pledge_id = fields.UUID(allow_none=True)
    pledge_item_id = fields.UUID(allow_none=True, metadata={"description": "empty: the whole pledge"})
    pledge_version = fields.Int(allow_none=True, metadata={"description": "in whose words the item is cited"})
    state = fields.Str()
    addition_of = fields.UUID(allow_none=True)
    addition_reason = fields.Str()
    by_another = fields.Bool()
    entry_reason = fields.Str()
    entered_at = fields.AwareDateTime()
    confirmed_at = fields.AwareDateTime(allow_none=True)


class RegisterLineShown(Schema):
    """A member in the overview of a branch."""

    person_id = fields.UUID(attribute="person.id")
    name = fields.Str(attribute="person.name")
    number = fields.Str(attribute="person.number")
    exempt = fields.Bool(attribute="person.exempt")
    deeds = fields.List(fields.Nested(DeedShown))
    last_period = fields.Str()
    objective = fields.Bool(attribute="no_entry.objective", metadata={"description": "an objective reason was noted"})
    reason = fields.Str(attribute="no_entry.reason")
