"""What requests on pledges carry, and how a pledge is shown."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.pledge.deed.schemas import GrownDeedShown, GrownStarShown
from services.pledge.pledge.domain import Author, Consultation, Form, Item, Kind, Oral, Trigger
from services.pledge.pledge.rules import LONGEST
from services.pledge.pledge.wording import Proposal, Text
from shared.web.forms import Whole, at_most, filled, one_of

MOST_ITEMS = 30


class ItemWritten(Schema):
    """One matter that is promised."""

    item_id = fields.UUID(
        load_default=None, allow_none=True, metadata={"description": "of an item that stays the same"}
    )
    content = fields.Str(required=True, validate=filled(LONGEST), metadata={"label": "内容"})
    measure = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "措施"})
    due_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "完成时限"})
    responsible = fields.Str(load_default="", validate=at_most(100), metadata={"label": "责任人"})
    beneficiaries = fields.Str(load_default="", validate=at_most(200), metadata={"label": "受益对象"})
    aspect = fields.Str(load_default="", validate=at_most(60), metadata={"label": "方面"})
    origin = fields.Str(load_default="", validate=at_most(100), metadata={"label": "来源"})
    tags = fields.List(fields.Str(validate=filled(30)), load_default=list, metadata={"label": "标签"})
    linked_item_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "所对应的党组织承诺事项"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Item:
        """Make the item; one without an id gets its own when it is kept."""
        return Item(**data)


class AuthorWritten(Schema):
    """Somebody who promises together with the pledger: a member by id, others by name or as a number."""

    person_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "党员"})
    name = fields.Str(required=True, validate=filled(60), metadata={"label": "姓名或称呼"})
    headcount = Whole(1, 10_000, load_default=1, metadata={"label": "人数"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Author:
        """Make the author."""
        return Author(**data)


class ConsultationWritten(Schema):
    """How an organisation asked the masses (R-040)."""

    method = fields.Str(required=True, validate=filled(200), metadata={"label": "征求方式"})
    dates = fields.Str(required=True, validate=filled(100), metadata={"label": "征求时间"})
    number = Whole(0, 1_000_000, required=True, metadata={"label": "征求人数"})
    opinions = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "收到的意见"})
    use = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "采纳情况"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Consultation:
        """Make the consultation."""
        return Consultation(**data)


class OralWritten(Schema):
    """Who wrote a spoken pledge down (R-012)."""

    recorded_by = fields.Str(required=True, validate=filled(60), metadata={"label": "记录人"})
    recorded_on = fields.Date(required=True, metadata={"label": "记录日期"})
    recorded_place = fields.Str(load_default="", validate=at_most(100), metadata={"label": "地点"})
    witness = fields.Str(load_default="", validate=at_most(60), metadata={"label": "见证人"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Oral:
        """Make the record."""
        return Oral(**data)


class TextWritten(Schema):
    """The words of a pledge."""

    headline = fields.Str(required=True, validate=filled(200), metadata={"label": "一句话承诺"})
    items = fields.List(
        fields.Nested(ItemWritten),
        load_default=list,
        validate=validate.Length(max=MOST_ITEMS, error=f"不超过{MOST_ITEMS}项。"),
        metadata={"label": "承诺事项"},
    )
    ability = fields.Str(load_default="", validate=at_most(200), metadata={"label": "能力特长"})
    duty = fields.Str(load_default="", validate=at_most(200), metadata={"label": "岗位职责"})
    goals = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "年度工作目标"})
    consultation = fields.Nested(ConsultationWritten, load_default=None, allow_none=True)
    reason = fields.Str(load_default="", validate=at_most(200), metadata={"label": "修订原因"})
    authors = fields.List(
        fields.Nested(AuthorWritten), load_default=None, allow_none=True, metadata={"label": "共同承诺人"}
    )

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Give the text and, apart, those who promise together (none: as before)."""
        authors = data.pop("authors")
        return {"text": Text(**data), "authors": authors}


class PledgeWritten(Schema):
    """A new pledge."""

    text = fields.Nested(TextWritten, required=True)
    form = fields.Str(load_default=Form.INDIVIDUAL, validate=one_of(list(Form)), metadata={"label": "承诺方式"})
    kind = fields.Str(load_default=Kind.ANNUAL, validate=one_of(list(Kind)), metadata={"label": "承诺种类"})
    year = Whole(2000, 2200, load_default=0, metadata={"label": "年度"})
    person_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "承诺人"})
    organization_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "党组织"})
    trigger = fields.Str(
        load_default=None, allow_none=True, validate=one_of(list(Trigger)), metadata={"label": "因何提出"}
    )
    trigger_text = fields.Str(load_default="", validate=at_most(200), metadata={"label": "何事"})
    community = fields.Str(load_default="", validate=at_most(100), metadata={"label": "社区党组织"})
    oral = fields.Nested(OralWritten, load_default=None, allow_none=True)
    entry_reason = fields.Str(load_default="", validate=at_most(200), metadata={"label": "代为填写的原因"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Proposal:
        """Make the proposal."""
        words = data.pop("text")
        trigger = Trigger(data.pop("trigger")) if data["trigger"] else data.pop("trigger")
        return Proposal(
            **{**data, "form": Form(data["form"]), "kind": Kind(data["kind"])},
            text=words["text"],
            authors=words["authors"] or (),
            trigger=trigger,
        )


class FormAsked(Schema):
    """For whom the form of a new pledge is shown: oneself when nothing is named."""

    person_id = fields.UUID(load_default=None)
    organization_id = fields.UUID(load_default=None)
    kind = fields.Str(load_default=Kind.ANNUAL, validate=one_of(list(Kind)))
    year = Whole(2000, 2200, load_default=None, allow_none=True)


class PledgesAsked(Schema):
    """Whose pledges, of which year."""

    person_id = fields.UUID(load_default=None)
    organization_id = fields.UUID(load_default=None)
    year = Whole(2000, 2200, load_default=None, allow_none=True)


class ItemShown(Schema):
    """One matter that is promised."""

    item_id = fields.UUID()
    content = fields.Str()
    measure = fields.Str()
    due_on = fields.Date(allow_none=True)
    responsible = fields.Str()
    beneficiaries = fields.Str()
    aspect = fields.Str()
    origin = fields.Str()
    tags = fields.List(fields.Str())
    linked_item_id = fields.UUID(allow_none=True)


class VersionShown(Schema):
    """A text of a pledge."""

    number = fields.Int()
    state = fields.Str()
    headline = fields.Str()
    items = fields.List(fields.Nested(ItemShown))
    ability = fields.Str()
    duty = fields.Str()
    goals = fields.Str()
    consultation = fields.Nested(ConsultationWritten, allow_none=True)
    reason = fields.Str()
    made_at = fields.AwareDateTime()
    submitted_at = fields.AwareDateTime(allow_none=True)
    published_at = fields.AwareDateTime(allow_none=True)


class PledgeShort(Schema):
    """A pledge in a list or after a command."""

    id = fields.UUID()
    organization_id = fields.UUID()
    person_id = fields.UUID(allow_none=True)
    form = fields.Str()
    kind = fields.Str()
    year = fields.Int()
    trigger = fields.Str(allow_none=True)
    trigger_text = fields.Str()
    community = fields.Str()
    oral = fields.Bool()
    state = fields.Str()
    version = fields.Int()
    published_version = fields.Int(allow_none=True)
    late = fields.Bool()
    by_another = fields.Bool()
    entry_reason = fields.Str()


class AuthorShown(Schema):
    """Somebody who promises together with the pledger."""

    person_id = fields.UUID(allow_none=True)
    name = fields.Str()
    headcount = fields.Int()


class ServingShown(Schema):
    """A published matter that serves one of this organisation's pledge."""

    served_id = fields.UUID()
    pledge_id = fields.UUID()
    name = fields.Str()
    content = fields.Str()
    deeds = fields.Int(metadata={"description": "confirmed deeds that came of it"})


class PledgeShown(PledgeShort):
    """A pledge with the texts that the reader may see, the newest first."""

    authors = fields.List(fields.Nested(AuthorShown))
    versions = fields.List(fields.Nested(VersionShown))
    serving = fields.List(fields.Nested(ServingShown))
    deeds = fields.List(fields.Nested(GrownDeedShown))
    stars = fields.List(fields.Nested(GrownStarShown))
    hints = fields.List(fields.Str(), metadata={"description": "of the newest text, for who may see drafts"})
