"""What a request on people carries, and how a person is shown to whom."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.roster.person import address, days
from services.roster.person.domain import CHANNEL_NAMES, Channel, Gender, Record
from shared.directory.domain import IDENTITY_NAMES, STANDING_NAMES, Identity, Standing
from shared.web.forms import Whole, at_most, filled, one_of


class DayField(fields.Field[days.Day]):
    """A day known to the day, the month or the year: 2013-04-01, 2013.4, 2013."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> days.Day:
        try:
            return days.parse(value)
        except ValueError as error:
            raise ValidationError("请填写日期，如 2013-04-01、2013.4 或 2013年4月。") from error


class Choice(fields.Str):
    """One of an enumeration's values, loaded as its member."""

    def __init__(self, enum: type, **given: Any) -> None:
        """Take the enumeration."""
        self.enum = enum
        super().__init__(validate=one_of([str(each) for each in enum]), **given)  # type: ignore[attr-defined]

    def _deserialize(self, value: Any, attr: str | None, data: Any, **given: Any) -> Any:
        text = super()._deserialize(value, attr, data, **given)
        return self.enum(text) if text in list(self.enum) else text  # type: ignore[call-overload]


class PersonChange(Schema):
    """What may be changed of a person; what is absent stays."""

    organization_id = fields.UUID(metadata={"label": "所在组织"})
    number = fields.Str(validate=filled(40), metadata={"label": "学工号"})
    name = fields.Str(validate=filled(40), metadata={"label": "姓名"})
    standing = Choice(Standing, metadata={"label": "人员类别"})
    identity = Choice(Identity, metadata={"label": "身份"})
    gender = Choice(Gender, metadata={"label": "性别"})
    birth_year = Whole(1900, 2100, allow_none=True, metadata={"label": "出生年份"})
    joined = DayField(allow_none=True, metadata={"label": "入党时间", "type": "string", "maxLength": 20})
    formal = DayField(allow_none=True, metadata={"label": "转正时间", "type": "string", "maxLength": 20})
    leader = fields.Bool(metadata={"label": "担任领导职务"})
    division_rank = fields.Bool(metadata={"label": "处级以上"})
    without_office = fields.Bool(metadata={"label": "无职党员"})
    post = fields.Str(validate=validate.Length(max=100), metadata={"label": "岗位职责"})
    floating = fields.Bool(metadata={"label": "流动党员"})
    floating_since = fields.Date(allow_none=True, metadata={"label": "外出时间"})
    email = fields.Str(validate=[validate.Length(max=address.LONGEST), address.check], metadata={"label": "邮箱"})
    phone = fields.Str(validate=validate.Length(max=40), metadata={"label": "联系电话"})
    reading = fields.Str(
        validate=validate.Regexp("^[A-Za-züÜ ]{0,80}$", error="只填写拼音字母和空格。"),
        metadata={"label": "姓名拼音"},
    )
    remark = fields.Str(validate=validate.Length(max=500), metadata={"label": "备注"})
    active = fields.Bool(metadata={"label": "在册"})


class PersonEntry(PersonChange):
    """A new person."""

    organization_id = fields.UUID(required=True, metadata={"label": "所在组织"})
    number = fields.Str(required=True, validate=filled(40), metadata={"label": "学工号"})
    name = fields.Str(required=True, validate=filled(40), metadata={"label": "姓名"})
    standing = Choice(Standing, required=True, metadata={"label": "人员类别"})
    identity = Choice(Identity, required=True, metadata={"label": "身份"})


class ContactEntry(Schema):
    """A contact with a member who is away (R-015, R-016)."""

    made_on = fields.Date(required=True, metadata={"label": "联系日期"})
    channel = Choice(Channel, required=True, metadata={"label": "联系方式"})
    by_member = fields.Bool(required=True, metadata={"label": "本人主动报到"})


class PersonSearch(Schema):
    """What people are looked for by."""

    q = fields.Str(load_default="", validate=at_most(100), metadata={"description": "姓名、学工号、拼音或首字母"})
    organization_id = fields.UUID(load_default=None)
    gone = fields.Bool(load_default=False, metadata={"description": "also those who left"})
    page = fields.Int(load_default=1, validate=validate.Range(1, 100_000, error="页码不对。"))


class PersonNamed(Schema):
    """A person as anybody of the branch may see them: no particulars."""

    id = fields.UUID()
    number = fields.Str()
    name = fields.Str()
    organization_id = fields.UUID()
    organization_name = fields.Str()
    active = fields.Bool()


class PeopleFound(Schema):
    """One page of people."""

    total = fields.Int()
    page = fields.Int()
    people = fields.List(fields.Nested(PersonNamed))


class PersonRecord(Schema):
    """A person with the particulars, for those who deal with them."""

    id = fields.UUID(attribute="person.id")
    version = fields.Int(attribute="person.version")
    number = fields.Str(attribute="person.number")
    name = fields.Str(attribute="person.name")
    organization_id = fields.UUID(attribute="person.organization_id")
    standing = fields.Str(attribute="person.standing")
    standing_name = fields.Function(lambda each: STANDING_NAMES[each.person.standing], metadata={"type": "string"})
    identity = fields.Str(attribute="person.identity")
    identity_name = fields.Function(lambda each: IDENTITY_NAMES[each.person.identity], metadata={"type": "string"})
    leader = fields.Bool(attribute="person.leader")
    division_rank = fields.Bool(attribute="person.division_rank")
    floating = fields.Bool(attribute="person.floating")
    floating_since = fields.Date(attribute="detail.floating_since", allow_none=True)
    last_contact_on = fields.Date(attribute="person.last_contact_on", allow_none=True)
    exempt = fields.Bool(attribute="person.exempt")
    counted = fields.Bool(attribute="person.counted")
    email = fields.Str(attribute="person.email")
    active = fields.Bool(attribute="person.active")
    gender = fields.Str(attribute="detail.gender")
    birth_year = fields.Int(attribute="detail.birth_year", allow_none=True)
    joined = fields.Function(lambda each: shown(each, "joined"), metadata={"type": "string"})
    formal = fields.Function(lambda each: shown(each, "formal"), metadata={"type": "string"})
    without_office = fields.Bool(attribute="detail.without_office")
    post = fields.Str(attribute="detail.post")
    phone = fields.Str(attribute="detail.phone")
    reading = fields.Str(attribute="detail.reading")
    remark = fields.Str(attribute="detail.remark")


class ContactShown(Schema):
    """A contact as the API shows it."""

    id = fields.UUID()
    made_on = fields.Date()
    channel = fields.Str()
    channel_name = fields.Function(lambda each: CHANNEL_NAMES[each.channel], metadata={"type": "string"})
    by_member = fields.Bool()


def shown(record: Record, name: str) -> str:
    """Write `joined` or `formal` as exactly as it is known: 2013年4月; empty when it is not."""
    on = getattr(record.detail, f"{name}_on")
    return str(days.Day(on, getattr(record.detail, f"{name}_precision"))) if on else ""
