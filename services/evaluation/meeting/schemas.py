"""What requests on meetings carry, and how a meeting is shown."""

from typing import Any

from marshmallow import Schema, fields, validate

from services.evaluation.meeting.proceedings import Proceedings
from services.evaluation.register.schemas import QUARTER, DeedShown
from shared.web.forms import LocalDateTime, filled


def short(label: str, most: int = 200) -> fields.Str:
    """Declare a text that may be left empty."""
    return fields.Str(
        load_default="", validate=validate.Length(max=most, error=f"不超过{most}字。"), metadata={"label": label}
    )


class Planned(Schema):
    """Which branch's meeting of which quarter."""

    organization_id = fields.UUID(required=True, metadata={"label": "支部"})
    period = fields.Str(required=True, validate=QUARTER, metadata={"label": "季度"})


class Reported(Planned):
    """What a branch reports, without the time."""

    place = fields.Str(required=True, validate=filled(100), metadata={"label": "地点"})
    agenda = short("议程", 1000)
    late_reason = short("未能按时报告的原因")


class Announced(Reported):
    """A meeting to be announced."""

    starts_at = fields.AwareDateTime(required=True, metadata={"label": "会议时间"})


class AnnouncedOnPage(Reported):
    """The same from a form."""

    starts_at = LocalDateTime(required=True, metadata={"label": "会议时间"})


class ObserverChosen(Schema):
    """The superior's answer."""

    person_id = fields.UUID(load_default=None, allow_none=True, metadata={"label": "列席人员"})
    number = short("其他人员的学工号", 50)
    reason = short("不派员列席的原因")


class Opened(Schema):
    """Who chairs and who takes the minutes."""

    chair = short("主持人", 50)
    recorder = short("记录人", 50)


class Text(Schema):
    """A paragraph."""

    text = fields.Str(required=True, validate=filled(4000), metadata={"label": "内容"})


class Closed(Schema):
    """What is said at the end."""

    summary = short("会议小结", 2000)


class Cancelled(Schema):
    """Why a meeting is called off."""

    reason = fields.Str(required=True, validate=filled(200), metadata={"label": "取消原因"})


class MeetingsAsked(Schema):
    """Which quarter, which branch."""

    period = fields.Str(load_default="", validate=QUARTER)
    organization_id = fields.UUID(load_default=None)


class MeetingShown(Schema):
    """A meeting without its proceedings."""

    id = fields.UUID()
    organization_id = fields.UUID()
    superior_id = fields.UUID(allow_none=True)
    period = fields.Str()
    title = fields.Str()
    starts_at = fields.AwareDateTime()
    place = fields.Str()
    agenda = fields.Str()
    state = fields.Str()
    announced_at = fields.AwareDateTime()
    late_reason = fields.Str()
    observer_id = fields.UUID(allow_none=True)
    observer_reason = fields.Str()
    opened_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    chair = fields.Str()
    recorder = fields.Str()
    summary = fields.Str()
    cancel_reason = fields.Str()


class CountShown(Schema):
    """应到 and 实到."""

    entitled = fields.Int()
    present = fields.Int()
    absent_excused = fields.Int()
    absent = fields.Int()
    not_marked = fields.Int()
    needed = fields.Int()
    quorate = fields.Bool()


class PresentationShown(Schema):
    """How a member presented."""

    manner = fields.Str()
    text = fields.Str()
    entered_at = fields.AwareDateTime()


class CommentShown(Schema):
    """A comment."""

    text = fields.Str()
    kind = fields.Str()
    at = fields.AwareDateTime()


class RowShown(Schema):
    """An attendee with everything."""

    person_id = fields.UUID(attribute="attendee.person_id")
    name = fields.Str(attribute="attendee.name")
    number = fields.Str(attribute="attendee.number")
    capacity = fields.Str(attribute="attendee.capacity")
    standing = fields.Str(attribute="attendee.standing", allow_none=True)
    identity = fields.Str(attribute="attendee.identity", allow_none=True)
    leader = fields.Bool(attribute="attendee.leader")
    exempt = fields.Bool(attribute="attendee.exempt")
    counted = fields.Bool(attribute="attendee.counted")
    entitled = fields.Bool()
    presence = fields.Str(attribute="attendee.presence")
    excused = fields.Bool(attribute="attendee.excused")
    undecided = fields.Bool(attribute="attendee.waits", metadata={"description": "on leave, 正当理由 not yet found"})
    channel = fields.Str(attribute="attendee.channel")
    reason = fields.Str(metadata={"description": "only for those who run the meeting"})
    presentation = fields.Nested(PresentationShown, allow_none=True)
    comment = fields.Nested(CommentShown, allow_none=True)
    deeds = fields.List(fields.Nested(DeedShown))


class RequestShown(Schema):
    """A request for leave: all for those who run the meeting, else one's own."""

    person_id = fields.UUID(attribute="leave.person_id")
    name = fields.Str()
    reason = fields.Str()
    granted = fields.Bool(attribute="leave.granted", allow_none=True)
    note = fields.Str(attribute="leave.note")
    asked_at = fields.AwareDateTime(attribute="leave.asked_at")


class NoteShown(Schema):
    """A note of the discussion or a correction."""

    id = fields.UUID()
    kind = fields.Str()
    text = fields.Str()
    at = fields.AwareDateTime()


class ProceedingsShown(MeetingShown):
    """A meeting with everything that its reader may see."""

    organization = fields.Str()
    counts = fields.Nested(CountShown)
    attendees = fields.List(fields.Nested(RowShown))
    leaves = fields.List(fields.Nested(RequestShown))
    notes = fields.List(fields.Nested(NoteShown))
    ballot = fields.Str(allow_none=True, metadata={"description": "where the ballot stands"})
    missing = fields.List(fields.Str(), metadata={"description": "what attendance and exchange still lack"})
    uncommented = fields.List(fields.Str())


def shown(found: Proceedings) -> dict[str, Any]:
    """Give what `ProceedingsShown` dumps."""
    return {
        **vars(found.meeting),
        "organization": found.organization.name,
        "counts": found.count,
        "attendees": found.rows,
        "leaves": found.requests,
        "notes": found.notes,
        "ballot": found.ballot,
        "missing": found.gaps,
        "uncommented": found.uncommented,
    }
