"""What notify tells: filings, notices, objections, publications; and what the outside may hear of them."""

from marshmallow import Schema, fields

from shared.events.event import PUBLIC, Event


def doer() -> fields.UUID:
    """Declare who did it; nobody where the system did it by a rule, or where it was told before this was."""
    return fields.UUID(load_default=None, allow_none=True, metadata={"description": "who did it, if a person did"})


class CorrectedLine(Schema):
    """A line of the 登记表 as it stands after a correction; stroke_key orders by 姓氏笔画."""

    award_id = fields.UUID(required=True)
    name = fields.Str(required=True)
    identity = fields.Str(required=True)
    stroke_key = fields.Str(required=True)


class OfFiling(Schema):
    """What everything told of a filing says: whose it is, in which revision, with which awards, and who did it."""

    filing_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    period = fields.Str(required=True)
    revision = fields.Int(required=True)
    award_ids = fields.List(fields.UUID(), required=True)
    by_id = doer()


class FilingSubmitted(OfFiling, Event):
    """A 党总支 or 直属党支部 filed awards with the 党委组织部; each revision names the awards it now holds.

    Whoever keeps names and identities takes those of `lines` from the highest revision.
    """

    event_name = "filing.submitted"
    teller = "notify"
    lines = fields.List(
        fields.Nested(CorrectedLine),
        load_default=list,
        metadata={"description": "after a return every line as corrected; none where the system submits by itself"},
    )


class FilingReturned(OfFiling, Event):
    """The department returned a filing for correction; the reasons stay with notify."""

    event_name = "filing.returned"
    teller = "notify"


class FilingAcknowledged(OfFiling, Event):
    """The department acknowledged a filing with a number and a date."""

    event_name = "filing.acknowledged"
    teller = "notify"
    number = fields.Str(required=True)
    acknowledged_on = fields.Date(required=True)


class NoticePosted(Event):
    """Names were posted for objections until the end of a working day; 0 days means that none can be raised."""

    event_name = "notice.posted"
    teller = "notify"
    notice_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    period = fields.Str(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, allow_none=True)
    award_ids = fields.List(fields.UUID(), required=True)


class OfObjection(Schema):
    """What everything told of an objection says: against which award of which notice, and of which branch."""

    objection_id = fields.UUID(required=True)
    notice_id = fields.UUID(required=True)
    award_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)


class ObjectionRaised(OfObjection, Event):
    """Somebody objected to an award. Neither the text nor the name of who objected travels."""

    event_name = "objection.raised"
    teller = "notify"


class ObjectionDecided(OfObjection, Event):
    """An objection was decided; upheld means that the award is stopped, or revoked, and that nobody moves up."""

    event_name = "objection.decided"
    teller = "notify"
    upheld = fields.Bool(required=True)
    by_id = doer()


class AwardStopped(Event):
    """An award will not be published: an objection was upheld, its line withdrawn, or its ballot annulled."""

    event_name = "award.stopped"
    teller = "notify"
    award_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    cause = fields.Str(required=True, metadata={"description": "objection | withdrawn | annulled"})
    by_id = doer()


class AwardPublished(Event):
    """An award was published on the board; told inside, with the ids that the services need."""

    event_name = "award.published"
    teller = "notify"
    award_id = fields.UUID(required=True)
    ballot_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    period = fields.Str(required=True)
    published_on = fields.Date(required=True)


class AwardRevoked(Event):
    """A published award was revoked by the department."""

    event_name = "award.revoked"
    teller = "notify"
    award_id = fields.UUID(required=True)
    organization_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    period = fields.Str(required=True)
    revoked_on = fields.Date(required=True)
    by_id = doer()


class PublicAwardPublished(Event):
    """What subscribers hear of a published award: the winner's name and organisation, no other personal data."""

    event_name = "award.published"
    exchange = PUBLIC
    teller = "notify"
    award_id = fields.UUID(required=True)
    award = fields.Str(required=True, metadata={"description": "闪光言行之星"})
    name = fields.Str(required=True)
    organization = fields.Str(required=True)
    university = fields.Str(required=True)
    period = fields.Str(required=True, metadata={"description": "2013年第一季度"})
    published_on = fields.Date(required=True)
    url = fields.Str(required=True)


class PublicAwardRevoked(Event):
    """What subscribers hear of a revocation: only which award."""

    event_name = "award.revoked"
    exchange = PUBLIC
    teller = "notify"
    award_id = fields.UUID(required=True)
    revoked_on = fields.Date(required=True)


class CalendarDay(Schema):
    """A day that the State Council's notice makes working or free."""

    day = fields.Date(required=True)
    working = fields.Bool(required=True)
    note = fields.Str(required=True)


class CalendarChanged(Event):
    """The organisation department entered holidays and make-up working days; a later entry of a day wins."""

    event_name = "calendar.changed"
    teller = "notify"
    entered_at = fields.AwareDateTime(required=True)
    days = fields.List(fields.Nested(CalendarDay), required=True)
