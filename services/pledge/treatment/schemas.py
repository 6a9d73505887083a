"""What a request on treatments carries, and how one is shown; the reason is shown apart."""

from marshmallow import Schema, fields

from services.pledge.treatment.domain import TreatmentKind
from shared.web.forms import Whole, at_most, filled, one_of


class TreatmentApplied(Schema):
    """A branch enters a treatment."""

    person_id = fields.UUID(required=True, metadata={"label": "党员"})
    year = Whole(2000, 2200, required=True, metadata={"label": "年度"})
    kind = fields.Str(required=True, validate=one_of(list(TreatmentKind)), metadata={"label": "办理方式"})
    reason = fields.Str(required=True, validate=filled(500), metadata={"label": "原因"})
    work = fields.Str(load_default="", validate=at_most(200), metadata={"label": "力所能及的工作"})


class TreatmentDecided(Schema):
    """What the superior says."""

    consents = fields.Bool(required=True, metadata={"label": "是否同意"})
    advice = fields.Str(load_default="", validate=at_most(200), metadata={"label": "意见"})


class TreatmentsAsked(Schema):
    """Whose treatments, of which year; `person_id` fills the page's form."""

    organization_id = fields.UUID(load_default=None)
    year = Whole(2000, 2200, load_default=None, allow_none=True)
    person_id = fields.UUID(load_default=None)


class TreatmentShown(Schema):
    """A treatment without its reason."""

    id = fields.UUID()
    person_id = fields.UUID()
    organization_id = fields.UUID()
    year = fields.Int()
    kind = fields.Str()
    work = fields.Str()
    state = fields.Str()
    advice = fields.Str()


class TreatmentListed(Schema):
    """A treatment in a list."""

    id = fields.UUID()
    name = fields.Str()
    organization = fields.Str()
    year = fields.Int()
    kind = fields.Str()
    work = fields.Str()
    state = fields.Str()
    advice = fields.Str()


class ReasonShown(Schema):
    """The reason; every reading is audited."""

    reason = fields.Str()
