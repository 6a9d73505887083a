"""What requests about a box carry and what is answered."""

from typing import Any

from marshmallow import Schema, fields, pre_load, validate

TRACKER = r"[A-Za-z0-9+/]{43}"


class Where(Schema):
    """Which ballot is asked for: its tracking number, as copied, with or without blanks."""

    tracker = fields.Str(
        required=True,
        validate=validate.Regexp(rf"^{TRACKER}\Z", error="票号须为43个字母、数字或符号“+”“/”，请完整复制。"),
        metadata={"label": "票号"},
    )

    @pre_load
    def join(self, data: Any, **_: Any) -> Any:
        """Take the blanks out, which people and pages put in to read it more easily."""
        if not data.get("tracker"):
            return data
        return {**data, "tracker": "".join(str(data["tracker"]).split())}


class ReceiptShown(Schema):
    """Where a ballot is."""

    tracker = fields.Str()
    state = fields.Str(validate=validate.OneOf(["waiting", "accepted", "replaced", "refused", "unknown"]))
    code = fields.Str(metadata={"description": "why it was refused, else empty"})


class NomineeShown(Schema):
    """A candidate as the booth shows it."""

    person_id = fields.UUID()
    name = fields.Str()
    note = fields.Str()


class QuestionShown(Schema):
    """A question of a grading as everybody may see it; who is meant, its electors are told with their credential."""

    label = fields.Str()
    grades = fields.List(fields.Str())


class BoxShown(Schema):
    """What a booth must know; the same for everybody."""

    state = fields.Str()
    title = fields.Str()
    organization = fields.Str()
    kind = fields.Str(metadata={"description": "election | grading"})
    register = fields.Str(metadata={"description": "where a signed-in elector asks for the own credential"})
    candidates = fields.List(fields.Nested(NomineeShown), metadata={"description": "none in a grading"})
    questions = fields.List(fields.Nested(QuestionShown), metadata={"description": "none in an election"})
    choices = fields.Int(metadata={"description": "how many names a ballot may bear"})
    exactly = fields.Bool(metadata={"description": "须选足"})
    election = fields.Str(allow_none=True, metadata={"description": "exact text, once the ballot was opened"})
    uuid = fields.Str()
    roll = fields.Str(allow_none=True, metadata={"description": "mark of the credentials, once the ballot was opened"})
    closes_at = fields.AwareDateTime(allow_none=True)
    secure = fields.Bool(metadata={"description": "whether the address lets a browser encrypt"})
