"""What evaluation tells: meetings, ballots that are called, and awards that are verified or withheld."""

from marshmallow import Schema, fields

from shared.events.event import Event


class MeetingAnnounced(Event):
    """A branch announced its quarterly meeting: the report to the superior (R-117)."""

    event_name = "meeting.announced"
    teller = "evaluation"
    meeting_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    superior_id = fields.UUID(required=True, allow_none=True)
    title = fields.Str(required=True)
    period = fields.Str(required=True, metadata={"description": "2013Q1"})
    starts_at = fields.AwareDateTime(required=True)
    place = fields.Str(required=True)
    agenda = fields.Str(required=True)


class ObserverAppointed(Event):
    """The superior appointed an observer for a meeting, or said why none comes (R-019)."""

    event_name = "observer.appointed"
    teller = "evaluation"
    meeting_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    observer_id = fields.UUID(required=True, allow_none=True)


class MeetingClosed(Event):
    """A meeting ended and its minutes were locked."""

    event_name = "meeting.closed"
    teller = "evaluation"
    meeting_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    period = fields.Str(required=True)
    entitled = fields.Int(required=True)
    present = fields.Int(required=True)


class MeetingPresence(Schema):
    """Whether one member came to a meeting; why somebody did not is not said."""

    person_id = fields.UUID(required=True)
    presence = fields.Str(required=True, metadata={"description": "present | excused | absent"})


class MeetingAttended(Event):
    """Who of a branch came to a meeting, told when its minutes are locked; who is exempt is left out (R-098, R-124)."""

    event_name = "meeting.attended"
    teller = "evaluation"
    meeting_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    period = fields.Str(required=True, metadata={"description": "2013Q1"})
    held_on = fields.Date(required=True)
    people = fields.List(fields.Nested(MeetingPresence), required=True)


class MeetingCancelled(Event):
    """A branch called a reported meeting off."""

    event_name = "meeting.cancelled"
    teller = "evaluation"
    meeting_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    superior_id = fields.UUID(required=True, allow_none=True)
    observer_id = fields.UUID(required=True, allow_none=True)
    period = fields.Str(required=True)


class DeedConfirmed(Event):
    """The branch confirmed a deed that refers to a pledge (R-123, R-139); its words stay in evaluation."""

    event_name = "deed.confirmed"
    teller = "evaluation"
    deed_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    period = fields.Str(required=True, metadata={"description": "2013Q1"})
    pledge_id = fields.UUID(required=True)
    pledge_item_id = fields.UUID(
        required=True, allow_none=True, metadata={"description": "the item of the pledge; empty for all of it"}
    )


class HearingOpened(Event):
    """A member is asked to reply to a proposed finding. Neither the condition nor its facts travel (2.10)."""

    event_name = "hearing.opened"
    teller = "evaluation"
    finding_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    reply_until_on = fields.Date(required=True)


class FindingDecided(Event):
    """The branch committee decided on a finding. Neither the condition nor its facts nor the result travel (2.10)."""

    event_name = "finding.decided"
    teller = "evaluation"
    finding_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)


class FindingReviewed(Event):
    """The superior reviewed a finding; what came of it does not travel (2.10)."""

    event_name = "finding.reviewed"
    teller = "evaluation"
    finding_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)


class FindingWithdrawn(Event):
    """A finding of which the member had been told was withdrawn."""

    event_name = "finding.withdrawn"
    teller = "evaluation"
    finding_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)


class Candidate(Schema):
    """A name on the ballot, as it was when the ballot was called."""

    person_id = fields.UUID(required=True)
    name = fields.Str(required=True)
    note = fields.Str(load_default="", metadata={"description": "tells persons of one name apart"})


class BallotCalled(Event):
    """A branch calls a secret ballot: candidates in 姓氏笔画 order, how many may be chosen, who counts."""

    event_name = "ballot.called"
    teller = "evaluation"
    ballot_id = fields.UUID(required=True)
    follows_id = fields.UUID(
        required=True, allow_none=True, metadata={"description": "the ballot that this one repeats or completes"}
    )
    reason = fields.Str(required=True, metadata={"description": "first | tie | second | void | annulled"})
    meeting_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    title = fields.Str(required=True)
    period = fields.Str(required=True)
    channel = fields.Str(required=True, metadata={"description": "paper | electronic | mixed"})
    candidates = fields.List(fields.Nested(Candidate), required=True)
    places = fields.Int(required=True)
    calculation = fields.Str(required=True, metadata={"description": "13 × 15% = 1.95，四舍五入，取2名"})
    entitled = fields.Int(required=True, metadata={"description": "应到会, who may vote"})
    present = fields.Int(required=True, metadata={"description": "实到会, who may vote"})
    tellers = fields.List(fields.UUID(), required=True)
    scheme_id = fields.UUID(required=True)
    scheme_version = fields.Int(required=True)
    credentials = fields.List(
        fields.Str(),
        load_default=list,
        metadata={"description": "public credentials of the electronic channel, sorted as texts: no one's order"},
    )
    secrecy_minimum = fields.Int(
        load_default=0, metadata={"description": "fewer electronic ballots than this are never decrypted"}
    )
    paper_electors = fields.Int(load_default=0, metadata={"description": "how many are to vote on paper"})


class AwardVerified(Event):
    """A winner passed the second eligibility check: to be filed, posted and published."""

    event_name = "award.verified"
    teller = "evaluation"
    award_id = fields.UUID(required=True)
    ballot_id = fields.UUID(required=True)
    meeting_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    filing_organization_id = fields.UUID(
        required=True, metadata={"description": "the 党总支, or the 直属党支部 itself (R-170)"}
    )
    person_id = fields.UUID(required=True)
    name = fields.Str(required=True)
    stroke_key = fields.Str(required=True)
    identity = fields.Str(required=True, metadata={"description": "教师 | 学生 | 离退休同志 (R-172)"})
    ordinary = fields.Bool(required=True, metadata={"description": "普通党员 (R-132)"})
    deed = fields.Str(required=True, metadata={"description": "confirmed deed that outsiders may read, or empty"})
    period = fields.Str(required=True)
    star_title = fields.Str(required=True)
    scheme_id = fields.UUID(required=True)
    scheme_version = fields.Int(required=True)
    pledge_id = fields.UUID(
        load_default=None, allow_none=True, metadata={"description": "the pledge to which the deed refers (R-139)"}
    )
    pledge_item_id = fields.UUID(
        load_default=None, allow_none=True, metadata={"description": "the item of that pledge; empty for all of it"}
    )


class AwardHeld(Event):
    """The second check of a winner waits for people to decide what the system proposes (R-134); not what, nor who."""

    event_name = "award.held"
    teller = "evaluation"
    award_id = fields.UUID(required=True)
    ballot_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    period = fields.Str(required=True)


class AwardWithheld(Event):
    """A winner failed the second check. Reasons are codes; a finding shows as `finding`, never which one."""

    event_name = "award.withheld"
    teller = "evaluation"
    award_id = fields.UUID(required=True)
    ballot_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    period = fields.Str(required=True)
    reasons = fields.List(fields.Str(), required=True)
