"""What requests on occasions of 评诺 carry, and how one is shown."""

from marshmallow import Schema, fields, validate

from services.pledge.assessment.domain import AssessmentKind
from shared.web.forms import Whole, at_most, one_of


class AssessmentOpened(Schema):
    """An occasion is opened; an instant one names its pledge, an extra one may name some."""

    organization_id = fields.UUID(required=True, metadata={"label": "党组织"})
    kind = fields.Str(required=True, validate=one_of(list(AssessmentKind)), metadata={"label": "种类"})
    year = Whole(2000, 2200, required=True, metadata={"label": "年度"})
    title = fields.Str(load_default="", validate=at_most(100), metadata={"label": "名称"})
    pledge_ids = fields.List(
        fields.UUID(), load_default=list, validate=validate.Length(max=500, error="不超过500份。"),
        metadata={"label": "承诺"},
    )  # fmt: skip
    invited = Whole(0, 10_000, load_default=0, metadata={"label": "邀请参加测评的群众人数"})
    coded = fields.Bool(load_default=None, allow_none=True, metadata={"label": "凭评议码填写"})
    closes_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "收表截止日"})


class Invited(Schema):
    """How many of the masses are asked."""

    invited = Whole(0, 10_000, required=True, metadata={"label": "邀请参加测评的群众人数"})
    coded = fields.Bool(load_default=None, allow_none=True, metadata={"label": "凭评议码填写"})


class ResultsPublished(Schema):
    """Within which scope results are shown."""

    scope = fields.Str(required=True, validate=one_of(["branch", "school", "public"]), metadata={"label": "公示的范围"})


class AssessmentShown(Schema):
    """An occasion."""

    id = fields.UUID()
    organization_id = fields.UUID()
    kind = fields.Str()
    year = fields.Int()
    title = fields.Str()
    invited = fields.Int()
    coded = fields.Bool(metadata={"description": "the form of the masses asks for the code of a printed slip"})
    closes_on = fields.Date(allow_none=True)
    opened_at = fields.AwareDateTime()
    forms_closed_at = fields.AwareDateTime(allow_none=True)
    published_scope = fields.Str(allow_none=True)
    published_at = fields.AwareDateTime(allow_none=True)


class RowShown(Schema):
    """An appraisal in the list of an occasion."""

    id = fields.UUID()
    pledge_id = fields.UUID()
    person_id = fields.UUID(allow_none=True)
    name = fields.Str()
    headline = fields.Str()
    state = fields.Str()
    grade = fields.Str(allow_none=True)
    done = fields.Int(allow_none=True)
    total = fields.Int(allow_none=True)
    own = fields.Bool()
    comments = fields.Int()


class ParticipationShown(Schema):
    """How many took part by one kind of form, of how many who were asked (R-095)."""

    source = fields.Str()
    online = fields.Int()
    paper = fields.Int()
    unconfirmed = fields.Int(metadata={"description": "on paper, not yet confirmed; they do not count"})
    ballots = fields.Int()
    people = fields.Int()
    asked = fields.Int(metadata={"description": "members but the exempt (R-014), or how many were invited"})
    whole = fields.Int(metadata={"description": "of how many the rate is: asked, and the exempt who took part"})
    excess = fields.Int(metadata={"description": "more forms than people who may fill one in"})
    rate = fields.Str(metadata={"description": "such as 85.7%; empty where nobody is known to be asked"})


class UncoveredShown(Schema):
    """A member whom an occasion does not appraise."""

    person_id = fields.UUID()
    name = fields.Str()
    why = fields.Str()


class AssessmentWhole(Schema):
    """An occasion with its appraisals, how many took part, and whom it leaves out."""

    assessment = fields.Nested(AssessmentShown)
    rows = fields.List(fields.Nested(RowShown))
    answers = fields.Dict(keys=fields.Str(), values=fields.Int())
    taken = fields.Int()
    participation = fields.List(fields.Nested(ParticipationShown))
    uncovered = fields.List(fields.Nested(UncoveredShown))


class Added(Schema):
    """How many pledges were added."""

    added = fields.Int()


class ResultShown(Schema):
    """A result as it is made public: no reason, no comment, no order of merit."""

    name = fields.Str()
    headline = fields.Str()
    done = fields.Int(allow_none=True)
    total = fields.Int(allow_none=True)
    grade = fields.Str(allow_none=True)
