"""What a request for the ledger carries, and how its page is shown."""

from marshmallow import Schema, fields

from services.pledge.pledge.domain import Form, Kind
from shared.web.forms import Whole, at_most, one_of


class LedgerAsked(Schema):
    """Whose ledger, of which year; this year's of the highest organisation one may read when nothing is named."""

    organization_id = fields.UUID(load_default=None)
    year = Whole(2000, 2200, load_default=None, allow_none=True, metadata={"label": "年度"})
    kind = fields.Str(load_default=None, validate=one_of(list(Kind)), metadata={"label": "种类"})
    form = fields.Str(load_default=None, validate=one_of(list(Form)), metadata={"label": "方式"})
    tag = fields.Str(load_default="", validate=at_most(30), metadata={"label": "标签"})


class LedgerPageAsked(LedgerAsked):
    """The same, and which page."""

    page = Whole(1, 1_000_000, load_default=1, metadata={"label": "页"})


class LineShown(Schema):
    """A pledge in the ledger."""

    id = fields.UUID()
    organization = fields.Str()
    person_id = fields.UUID(allow_none=True)
    name = fields.Str()
    together = fields.Str(metadata={"description": "who promises with the pledger"})
    secretary = fields.Bool()
    form = fields.Str()
    kind = fields.Str()
    year = fields.Int()
    state = fields.Str()
    oral = fields.Bool()
    late = fields.Bool()
    community = fields.Str()
    headline = fields.Str()
    items = fields.Str()
    version_state = fields.Str()
    submitted_at = fields.AwareDateTime(allow_none=True)
    published_at = fields.AwareDateTime(allow_none=True)


class LedgerShown(Schema):
    """A page of the ledger."""

    organization_id = fields.UUID(attribute="organization.id")
    year = fields.Int(attribute="wanted.year")
    total = fields.Int()
    page = fields.Int()
    pages = fields.Int()
    lines = fields.List(fields.Nested(LineShown))
