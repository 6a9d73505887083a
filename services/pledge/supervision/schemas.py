"""What is asked of the overview of 督诺, and how it is shown."""

from marshmallow import Schema, fields

from services.pledge.progress.schemas import ProgressTableShown
from shared.web.forms import Whole


class KeepingAsked(Schema):
    """Which organisation, which year."""

    organization_id = fields.UUID(required=True)
    year = Whole(2000, 2200, required=True)


class PageAsked(Schema):
    """Which organisation, which year; one's own and this year without them."""

    organization_id = fields.UUID(load_default=None)
    year = Whole(2000, 2200, load_default=None, allow_none=True)


class KeptLineShown(Schema):
    """A pledge with what is open in it."""

    name = fields.Str()
    overdue = fields.Int()
    unresolved = fields.Int()
    table = fields.Nested(ProgressTableShown)


class KeptShown(Schema):
    """The pledges of an organisation in a year."""

    organization_id = fields.UUID(attribute="organization.id")
    year = fields.Int()
    lines = fields.List(fields.Nested(KeptLineShown))
    unresolved_years = fields.List(fields.Int())
