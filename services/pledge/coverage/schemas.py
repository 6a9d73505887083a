"""What a request for coverage carries, and how it is shown."""

from marshmallow import Schema, fields

from shared.web.forms import Whole


class CoverageAsked(Schema):
    """Whose coverage, of which year; this year's of the highest organisation one may see when nothing is named."""

    organization_id = fields.UUID(load_default=None)
    year = Whole(2000, 2200, load_default=None, allow_none=True, metadata={"label": "年度"})


class CoverageRow(Schema):
    """The numbers of an organisation with all below it."""

    organization_id = fields.UUID()
    name = fields.Str()
    kind = fields.Str()
    members = fields.Int()
    asked = fields.Int(metadata={"description": "members without the exempt (R-014): of how many the others are"})
    covered = fields.Int(metadata={"description": "who pledged, in writing or orally, or is encouraged to other work"})
    pledged = fields.Int()
    oral = fields.Int()
    encouraged = fields.Int()
    exempt = fields.Int()
    missing = fields.Int()
    staff = fields.Int()
    staff_pledged = fields.Int()
    organizations = fields.Int()
    organizations_pledged = fields.Int()


class StandingShown(Schema):
    """How one person of a branch stands."""

    person_id = fields.UUID()
    name = fields.Str()
    party = fields.Bool()
    secretary = fields.Bool()
    status = fields.Str()
    pledge_id = fields.UUID(allow_none=True)


class CoverageShown(Schema):
    """An organisation with those right below it; of a branch also its people."""

    organization_id = fields.UUID(attribute="organization.id")
    year = fields.Int()
    total = fields.Nested(CoverageRow)
    rows = fields.List(fields.Nested(CoverageRow))
    people = fields.List(fields.Nested(StandingShown))
