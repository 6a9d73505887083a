"""What pledge tells: the way of a pledge from 提诺 to 评诺. Published texts may travel, what people say of it never."""

from marshmallow import Schema, fields

from shared.events.event import Event


class PledgeSubmitted(Event):
    """A version of a pledge was handed in for review (提诺)."""

    event_name = "pledge.submitted"
    teller = "pledge"
    pledge_id = fields.UUID(required=True)
    version = fields.Int(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True, metadata={"description": "empty for an organisation's"})
    form = fields.Str(required=True, metadata={"description": "individual | group | joint | staff | organization"})
    kind = fields.Str(required=True, metadata={"description": "annual | instant"})
    year = fields.Int(required=True)
    late = fields.Bool(required=True, metadata={"description": "after the window; taken all the same"})


class PledgeReturned(Event):
    """A reviewer sent a pledge back with advice; the advice stays in pledge (R-054)."""

    event_name = "pledge.returned"
    teller = "pledge"
    pledge_id = fields.UUID(required=True)
    version = fields.Int(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    follow_up_on = fields.Date(required=True)


class PledgeItem(Schema):
    """One matter that was promised."""

    item_id = fields.UUID(required=True)
    content = fields.Str(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    aspect = fields.Str(required=True)
    linked_item_id = fields.UUID(
        load_default=None,
        allow_none=True,
        metadata={"description": "the organisation's item that it serves (R-046)"},
    )


class PledgePublished(Event):
    """A reviewed version of a pledge was made public (亮诺, R-056)."""

    event_name = "pledge.published"
    teller = "pledge"
    pledge_id = fields.UUID(required=True)
    version = fields.Int(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    form = fields.Str(required=True)
    kind = fields.Str(required=True)
    year = fields.Int(required=True)
    headline = fields.Str(required=True)
    items = fields.List(fields.Nested(PledgeItem), required=True)
    author_ids = fields.List(
        fields.UUID(), load_default=list, metadata={"description": "members who make it together with the pledger"}
    )


class PledgeProgressed(Event):
    """An item of a pledge was reported on (履诺, R-077)."""

    event_name = "pledge.progressed"
    teller = "pledge"
    pledge_id = fields.UUID(required=True)
    item_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    state = fields.Str(
        required=True, metadata={"description": "underway | done | partial | undone | changed | cancelled"}
    )


class PledgeDue(Event):
    """The deadline of an item comes near and it has no final state; told once an item and deadline (R-073)."""

    event_name = "pledge.due"
    teller = "pledge"
    pledge_id = fields.UUID(required=True)
    item_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    due_on = fields.Date(required=True)
    author_ids = fields.List(fields.UUID(), metadata={"description": "members who promised it together with person_id"})


class PledgeOverdue(Event):
    """An item passed its deadline without a final state; told once an item and deadline (R-041, R-073)."""

    event_name = "pledge.overdue"
    teller = "pledge"
    pledge_id = fields.UUID(required=True)
    item_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    due_on = fields.Date(required=True)
    author_ids = fields.List(fields.UUID(), metadata={"description": "members who promised it together with person_id"})


class PledgeCommented(Event):
    """An organisation commented on a pledger's fulfilment in a period (点评, R-072); the words stay in pledge."""

    event_name = "pledge.commented"
    teller = "pledge"
    pledge_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    period = fields.Str(
        required=True, metadata={"description": "2013Q1, or as the scheme has it 2013-04, 2013M2 (two months) or 2013"}
    )
    kind = fields.Str(required=True, metadata={"description": "praise | encourage | remind"})


class MeasureProposed(Event):
    """A superior proposed a measure on a pledge; who is concerned is asked for a reply (R-075), no more is said."""

    event_name = "measure.proposed"
    teller = "pledge"
    measure_id = fields.UUID(required=True)
    pledge_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True, metadata={"description": "empty for an organisation's"})


class MeasureDecided(Event):
    """A measure on a pledge was decided (R-075, R-079); neither its kind nor its grounds leave pledge."""

    event_name = "measure.decided"
    teller = "pledge"
    measure_id = fields.UUID(required=True)
    pledge_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True, metadata={"description": "empty for an organisation's"})


class PledgeAppraised(Event):
    """The appraisal of a pledge was decided (评诺, R-099)."""

    event_name = "pledge.appraised"
    teller = "pledge"
    appraisal_id = fields.UUID(required=True)
    pledge_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True, allow_none=True)
    year = fields.Int(required=True)
    grade = fields.Str(
        required=True, allow_none=True, metadata={"description": "as the scheme names it; some have none"}
    )
    done = fields.Int(required=True, metadata={"description": "items done"})
    total = fields.Int(required=True, metadata={"description": "items that were promised and not cancelled"})


class GradingQuestion(Schema):
    """One line of the form of a grading: a member's pledge, or a matter that the organisation promised."""

    subject_id = fields.UUID(required=True, metadata={"description": "ours; by it the totals come back"})
    name = fields.Str(required=True, metadata={"description": "shown inside the organisation only"})
    promise = fields.Str(required=True, metadata={"description": "what was promised, as it was published"})
    grades = fields.List(fields.Str(), required=True, metadata={"description": "exactly one of them, or none"})


class GradingCalled(Event):
    """Members are to grade one another's pledges in secret, by electronic ballot (电子测评, R-090)."""

    event_name = "grading.called"
    teller = "pledge"
    ballot_id = fields.UUID(required=True)
    assessment_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    title = fields.Str(required=True, metadata={"description": "public: it names nobody"})
    period = fields.Str(required=True, metadata={"description": "2013Q1, the quarter whose key is used"})
    questions = fields.List(fields.Nested(GradingQuestion), required=True, metadata={"description": "in order"})
    entitled = fields.Int(required=True)
    credentials = fields.List(
        fields.Str(), required=True, metadata={"description": "public credentials, decimal texts, sorted as texts"}
    )
    secrecy_minimum = fields.Int(required=True)
    tellers = fields.List(fields.UUID(), required=True, metadata={"description": "one or two members"})
    closes_at = fields.AwareDateTime(required=True, allow_none=True)
    scheme_id = fields.UUID(required=True)
    scheme_version = fields.Int(required=True)
