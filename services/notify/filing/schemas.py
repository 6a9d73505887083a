"""What requests on filings carry, and how a filing is shown."""

from marshmallow import Schema, fields, validate

from services.notify.filing.domain import IDENTITIES, State
from shared import period as quarter
from shared.web.forms import Whole, filled, one_of


class FilingsAsked(Schema):
    """Which filings to list."""

    period = fields.Str(
        load_default=None,
        validate=validate.Regexp(quarter.PATTERN, error="季度须写作 2013Q1。"),
        metadata={"description": "2013Q1", "label": "季度"},
    )
    state = fields.Str(load_default=None, validate=one_of([str(state) for state in State]), metadata={"label": "状态"})


class Return(Schema):
    """A return for correction."""

    reasons = fields.Str(required=True, validate=filled(1000), metadata={"label": "退回原因"})
    revision = Whole(1, required=True, metadata={"label": "报送次数"})


class LineCorrection(Schema):
    """What a line should say."""

    award_id = fields.UUID(required=True)
    name = fields.Str(load_default="", validate=filled(60))
    identity = fields.Str(load_default="", validate=one_of(list(IDENTITIES)))


class LineWithdrawal(Schema):
    """A line to take off, and why."""

    award_id = fields.UUID(required=True)
    reason = fields.Str(required=True, validate=filled(500))


class Correct(Schema):
    """Corrections and withdrawals of a returned filing."""

    lines = fields.List(fields.Nested(LineCorrection), load_default=list)
    withdraw = fields.List(fields.Nested(LineWithdrawal), load_default=list)


class Acknowledge(Schema):
    """The department's number and date."""

    number = fields.Str(required=True, validate=filled(60), metadata={"label": "备案号"})
    acknowledged_on = fields.Date(load_default=None, metadata={"label": "备案日期"})
    revision = Whole(1, required=True, metadata={"label": "报送次数"})


class FilingShown(Schema):
    """A filing in a list."""

    id = fields.UUID()
    organization_id = fields.UUID()
    period = fields.Str()
    batch = fields.Int()
    state = fields.Str()
    revision = fields.Int()
    due_on = fields.Date()
    number = fields.Str(allow_none=True)
    acknowledged_on = fields.Date(allow_none=True)


class LineShown(Schema):
    """A line of the 登记表."""

    award_id = fields.UUID(attribute="id")
    name = fields.Str()
    identity = fields.Str()
    organization_id = fields.UUID()
    organization = fields.Str()
    state = fields.Str()


class StepShown(Schema):
    """Something that happened to a filing."""

    act = fields.Str()
    revision = fields.Int()
    at = fields.AwareDateTime()
    person = fields.Str()
    statement = fields.Str()


class FilingWhole(FilingShown):
    """A filing with its lines and history."""

    organization = fields.Str()
    notice_id = fields.UUID(allow_none=True)
    lines = fields.List(fields.Nested(LineShown))
    history = fields.List(fields.Nested(StepShown))


class QuarterAsked(Schema):
    """Which quarter."""

    period = fields.Str(
        required=True,
        validate=validate.Regexp(quarter.PATTERN, error="季度须写作 2013Q1。"),
        metadata={"label": "季度"},
    )
