"""What requests about ballots carry and how a ballot is shown."""

from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from services.ballot.ballot.domain import STATE_NAMES
from shared.web.forms import filled

OF_PAPERS = {"description": "of papers alone; beside a box only to tellers, or where neither channel is a handful"}
OF_BOX = {"description": "of electronic ballots alone; beside papers only as their numbers"}


class List(Schema):
    """Which ballots to list."""

    organization_id = fields.UUID(load_default=None)
    page = fields.Int(load_default=1, validate=validate.Range(min=1, max=10_000, error="页码不对。"))


class Annul(Schema):
    """The secretary's decision."""

    reason = fields.Str(required=True, validate=filled(500), metadata={"label": "作废原因"})

    @pre_load
    def strip(self, data: Any, **_: Any) -> Any:
        """Take blanks for nothing."""
        if isinstance(data, dict) and isinstance(data.get("reason"), str):
            return {**data, "reason": data["reason"].strip()}
        return data


class BallotListed(Schema):
    """A ballot in a list: never a number from the count."""

    id = fields.UUID()
    follows_id = fields.UUID(allow_none=True)
    organization_id = fields.UUID()
    purpose = fields.Str(metadata={"description": "election | grading"})
    meeting_id = fields.UUID(allow_none=True, metadata={"description": "of an election"})
    assessment_id = fields.UUID(allow_none=True, metadata={"description": "of a grading"})
    title = fields.Str()
    period = fields.Str()
    channel = fields.Str()
    state = fields.Str()
    state_name = fields.Function(lambda ballot: STATE_NAMES[ballot.state], metadata={"type": "string"})
    places = fields.Int()
    called_at = fields.AwareDateTime()


class CandidateShown(Schema):
    """A candidate; `votes` only once the count stands and to those entitled."""

    person_id = fields.UUID()
    name = fields.Str()
    note = fields.Str()
    votes = fields.Int(allow_none=True)
    electronic_votes = fields.Int(allow_none=True, metadata={"description": "of these through the electronic channel"})


class TellerShown(Schema):
    """A teller."""

    person_id = fields.UUID()
    name = fields.Str()


class SheetShown(Schema):
    """A count sheet, shown to tellers only."""

    number = fields.Int()
    valid = fields.Int()
    invalid = fields.Int()
    abstained = fields.Int()
    entered_by = fields.UUID()
    entered_at = fields.AwareDateTime()
    disputed_by = fields.UUID(allow_none=True)
    dispute = fields.Str()
    totals = fields.Function(
        lambda sheet: [{"person_id": str(person), "votes": votes} for person, votes in sheet.votes.items()],
        metadata={"type": "array", "items": {"type": "object"}},
    )


class CorrectionShown(Schema):
    """Other numbers of 实到 and 发出, with the reason."""

    number = fields.Int()
    present_before = fields.Int()
    issued_before = fields.Int()
    present = fields.Int()
    issued = fields.Int()
    reason = fields.Str()
    made_by = fields.UUID()
    made_at = fields.AwareDateTime()


class ProgressShown(Schema):
    """How far the electronic channel has come; `received` is shown to tellers only."""

    received = fields.Int(allow_none=True)
    decrypted = fields.Int(metadata={"description": "how many trustees have answered"})
    needed = fields.Int(metadata={"description": "how many must"})
    key_ready = fields.Bool()
    trouble = fields.Str(metadata={"description": "what failed and what to do, for tellers; empty where nothing did"})


class NumbersShown(Schema):
    """The numbers of a count, both channels together."""

    issued = fields.Int()
    returned = fields.Int()
    valid = fields.Int()
    invalid = fields.Int()
    abstained = fields.Int()


class BallotShown(Schema):
    """A ballot as the signed-in person may see it."""

    id = fields.UUID(attribute="ballot.id")
    follows_id = fields.UUID(attribute="ballot.follows_id", allow_none=True)
    followers = fields.List(fields.UUID(), attribute="follower_ids")
    call_reason = fields.Str(attribute="ballot.call_reason")
    purpose = fields.Str(attribute="ballot.purpose", metadata={"description": "election | grading"})
    meeting_id = fields.UUID(attribute="ballot.meeting_id", allow_none=True)
    assessment_id = fields.UUID(attribute="ballot.assessment_id", allow_none=True)
    organization_id = fields.UUID(attribute="ballot.organization_id")
    organization = fields.Str(attribute="organization.name")
    title = fields.Str(attribute="ballot.title")
    period = fields.Str(attribute="ballot.period")
    channel = fields.Str(attribute="ballot.channel")
    state = fields.Str(attribute="ballot.state")
    state_name = fields.Str()
    places = fields.Int(attribute="ballot.places")
    choices = fields.Int(attribute="ballot.choices")
    calculation = fields.Str(attribute="ballot.calculation")
    entitled = fields.Int(attribute="ballot.entitled")
    expected = fields.Int(attribute="ballot.expected", metadata={"description": "实到会 as the meeting told it"})
    electronic = fields.Int(attribute="ballot.electronic", metadata={"description": "who votes electronically"})
    paper_electors = fields.Int(attribute="ballot.paper_electors")
    closes_at = fields.AwareDateTime(attribute="ballot.closes_at", allow_none=True)
    progress = fields.Nested(ProgressShown, allow_none=True)
    tallied = fields.Int(attribute="ballot.tallied", allow_none=True)
    blank = fields.Int(attribute="papers.blank", allow_none=True, metadata=OF_BOX)
    present = fields.Int(attribute="ballot.present", allow_none=True)
    issued = fields.Int(attribute="ballot.issued", allow_none=True)
    corrections = fields.List(fields.Nested(CorrectionShown))
    returned = fields.Int(attribute="ballot.returned", allow_none=True)
    explanation = fields.Str(attribute="ballot.explanation")
    valid = fields.Int(attribute="papers.valid", allow_none=True, metadata=OF_PAPERS)
    invalid = fields.Int(attribute="papers.invalid", allow_none=True, metadata=OF_PAPERS)
    abstained = fields.Int(attribute="papers.abstained", allow_none=True, metadata=OF_PAPERS)
    total = fields.Nested(NumbersShown, allow_none=True, metadata={"description": "once the count stands"})
    announcement = fields.Str(attribute="ballot.announcement")
    candidates = fields.List(fields.Nested(CandidateShown))
    tellers = fields.List(fields.Nested(TellerShown))
    sheet = fields.Nested(SheetShown, allow_none=True)
    disputed = fields.List(fields.Nested(SheetShown))
    called_at = fields.AwareDateTime(attribute="ballot.called_at")
    opened_at = fields.AwareDateTime(attribute="ballot.opened_at", allow_none=True)
    closed_at = fields.AwareDateTime(attribute="ballot.closed_at", allow_none=True)
    counted_at = fields.AwareDateTime(attribute="ballot.counted_at", allow_none=True)
    annulled_at = fields.AwareDateTime(attribute="ballot.annulled_at", allow_none=True)
    annulment = fields.Str(attribute="ballot.annulment")
    statement = fields.Str(attribute="ballot.statement")
    scheme_id = fields.UUID(attribute="ballot.scheme_id")
    scheme_version = fields.Int(attribute="ballot.scheme_version")
