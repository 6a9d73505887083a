"""How the wall is asked for and shown."""

from marshmallow import Schema, fields

from services.pledge.pledge.schemas import ItemShown
from shared.web.forms import Whole


class WallAsked(Schema):
    """Which year and page."""

    year = Whole(2000, 2200, load_default=None, allow_none=True, metadata={"label": "年度"})
    page = Whole(1, 100_000, load_default=1, metadata={"label": "页"})
    after = fields.UUID(load_default=None, metadata={"description": "the page that follows this pledge"})
    before = fields.UUID(load_default=None, metadata={"description": "the page that ends before this pledge"})


class HungShown(Schema):
    """A pledge as it hangs on the wall."""

    pledge_id = fields.UUID()
    organization_id = fields.UUID()
    organization = fields.Str()
    name = fields.Str()
    signature = fields.Str(metadata={"description": "all who promise, or the first and how many"})
    secretary = fields.Bool()
    form = fields.Str()
    kind = fields.Str()
    year = fields.Int()
    headline = fields.Str()
    items = fields.List(fields.Nested(ItemShown))


class SecretaryShown(Schema):
    """Whether a secretary has pledged in public."""

    name = fields.Str()
    organization = fields.Str()
    published_on = fields.Date(allow_none=True)


class WallShown(Schema):
    """A page of the wall: secretaries first, then in 姓氏笔画 order."""

    year = fields.Int()
    years = fields.List(fields.Int())
    page = fields.Int()
    pages = fields.Int()
    total = fields.Int()
    following = fields.UUID(allow_none=True, metadata={"description": "`after` of the next page, if there is one"})
    hung = fields.List(fields.Nested(HungShown))
    secretaries = fields.List(fields.Nested(SecretaryShown))


class CompanionShown(Schema):
    """Somebody who promises together with the pledger, as anybody may know."""

    name = fields.Str()
    headcount = fields.Int()


class RecordShown(Schema):
    """Where a pledge was shown, as anybody may know."""

    channel = fields.Str()
    published_on = fields.Date()
    place = fields.Str()


class SingleShown(Schema):
    """One pledge as the public reads it."""

    pledge_id = fields.UUID(attribute="pledge.id")
    organization_id = fields.UUID(attribute="organization.id")
    organization = fields.Str(attribute="organization.name")
    name = fields.Function(
        lambda single: single.person.name if single.person else single.organization.name, metadata={"type": "string"}
    )
    form = fields.Str(attribute="pledge.form")
    kind = fields.Str(attribute="pledge.kind")
    year = fields.Int(attribute="pledge.year")
    headline = fields.Str(attribute="version.headline")
    items = fields.List(fields.Nested(ItemShown), attribute="version.items")
    authors = fields.List(fields.Nested(CompanionShown))
    records = fields.List(fields.Nested(RecordShown))
    signed = fields.Bool(metadata={"description": "opinions must be signed"})
