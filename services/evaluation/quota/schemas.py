"""What a request about places carries, and what an answer shows."""

from marshmallow import Schema, fields

from services.evaluation.register.schemas import QUARTER
from shared.web.forms import Whole


class QuotaShown(Schema):
    """The places of a branch for a meeting."""

    base = fields.Int()
    places = fields.Int()
    calculation = fields.Str(attribute="line")


class BranchPlaces(Schema):
    """The places of one branch."""

    organization_id = fields.UUID(required=True)
    places = Whole(required=True)


class Quarter(Schema):
    """Which quarter."""

    period = fields.Str(required=True, validate=QUARTER, metadata={"label": "季度"})


class PoolAsked(Quarter):
    """Which general branch and quarter."""

    organization_id = fields.UUID(required=True)


class Allotted(PoolAsked):
    """What a general branch allots."""

    branches = fields.List(fields.Nested(BranchPlaces), required=True)


class PoolBranch(BranchPlaces):
    """One branch of a pool."""

    name = fields.Str()
    base = fields.Int()
    allotted = fields.Int(allow_none=True)


class PoolShown(Schema):
    """What the largest remainders give, and where the general branch must choose."""

    total = fields.Int()
    calculation = fields.Str()
    branches = fields.List(fields.Nested(PoolBranch))
    tied = fields.List(fields.UUID())
    open = fields.Int()
