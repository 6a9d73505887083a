"""What a request about awards carries, and what an answer shows."""

from typing import Any

from marshmallow import Schema, fields, validate

from services.evaluation import permissions
from services.evaluation.award import rules
from services.evaluation.award.domain import IDENTITIES, Award
from services.evaluation.award.path import Item, Path
from services.evaluation.award.reading import BallotPath
from services.evaluation.award.verification import Matter
from services.evaluation.eligibility.schemas import ObstacleShown, obstacle_shown
from shared.auth import Viewer
from shared.web.forms import at_most, one_of


class AwardsAsked(Schema):
    """Which quarter or year, and which organisation with all below it."""

    period = fields.Str(
        required=True,
        validate=validate.Regexp(r"^\d{4}(Q[1-4])?$", error="季度的写法应如 2013Q1，年度应如 2013。"),
        metadata={"description": "2013Q1, or a year"},
    )
    organization_id = fields.UUID(load_default=None, allow_none=True)


class AwardShown(Schema):
    """One line of the ledger."""

    award_id = fields.UUID(attribute="id")
    ballot_id = fields.UUID(attribute="election_id")
    meeting_id = fields.UUID()
    organization_id = fields.UUID()
    filing_organization_id = fields.UUID()
    person_id = fields.UUID()
    name = fields.Str()
    identity = fields.Str()
    ordinary = fields.Bool()
    deed = fields.Str()
    period = fields.Str()
    state = fields.Str()
    state_name = fields.Str()
    withheld_reasons = fields.List(fields.Str())
    filing_id = fields.UUID(allow_none=True)
    filing_number = fields.Str()
    acknowledged_on = fields.Date(allow_none=True)
    notice_id = fields.UUID(allow_none=True)
    notice_starts_on = fields.Date(allow_none=True)
    notice_ends_on = fields.Date(allow_none=True)
    published_on = fields.Date(allow_none=True)
    stop_cause = fields.Str()
    revoked_on = fields.Date(allow_none=True)


class LinkShown(Schema):
    """A document of a step."""

    label = fields.Str()
    href = fields.Str()


class ItemShown(Schema):
    """One step of a path."""

    key = fields.Str()
    title = fields.Str()
    done = fields.Bool()
    current = fields.Bool()
    at = fields.DateTime(allow_none=True)
    who = fields.Str()
    note = fields.Str()
    links = fields.List(fields.Nested(LinkShown))


class AwardPathShown(Schema):
    """The path of one award."""

    award_id = fields.UUID()
    name = fields.Str()
    state = fields.Str()
    steps = fields.List(fields.Nested(ItemShown))


class BallotPathShown(Schema):
    """The path of a meeting's ballots and of every award."""

    meeting_id = fields.UUID()
    organization_id = fields.UUID()
    steps = fields.List(fields.Nested(ItemShown))
    awards = fields.List(fields.Nested(AwardPathShown))


class DecisionOnAward(Schema):
    """What the branch committee decided on one proposed obstacle of a winner; from a page perhaps none."""

    code = fields.Str(load_default="", validate=at_most(60), metadata={"label": "情形"})
    confirmed = fields.Bool(load_default=False, metadata={"label": "认定结果"})
    reason = fields.Str(load_default="", validate=at_most(500), metadata={"label": "理由"})


def _identity() -> fields.Str:
    return fields.Str(
        load_default="",
        validate=one_of(["", *IDENTITIES]),
        metadata={"label": "党员身份", "description": "only where the scheme names none that the form knows (R-172)"},
    )


class DecisionOnPage(DecisionOnAward):
    """One decision from a page, or the 党员身份 that the form writes, or neither."""

    identity = _identity()


class VerificationAsked(Schema):
    """A second verification by people, with what they decided; none where only a finding was set aside."""

    decisions = fields.List(fields.Nested(DecisionOnAward), load_default=list)
    identity = _identity()


class VerificationShown(Schema):
    """A winner whose verification people complete."""

    award_id = fields.UUID()
    name = fields.Str()
    state = fields.Str()
    waits = fields.Bool(metadata={"description": "whether it can be verified again"})
    identity = fields.Str(metadata={"description": "党员身份 on the form; empty where people must choose it"})
    obstacles = fields.List(
        fields.Nested(ObstacleShown), metadata={"description": "empty for readers without eligibility.read"}
    )


class StarsShown(Schema):
    """A member's published awards (R-138)."""

    person_id = fields.UUID()
    name = fields.Str()
    awards = fields.List(fields.Nested(AwardShown))


def verification_shown(viewer: Viewer, found: Matter) -> dict[str, Any]:
    """Show a verification as far as its reader may know what stands in the way."""
    path = found.organization.path
    findings = viewer.may(permissions.READ_SENSITIVE_FINDING, path)
    obstacles = found.reviewed.obstacles if found.reviewed and viewer.may(permissions.READ_ELIGIBILITY, path) else ()
    return {
        "award_id": found.award.id,
        "name": found.award.name,
        "state": found.award.state,
        "waits": rules.verifiable(found.award),
        "identity": found.award.identity if found.award.identity in IDENTITIES else "",
        "obstacles": [obstacle_shown(one, findings=findings) for one in obstacles],
    }


def shown(award: Award, *, reasons: bool) -> Award | dict[str, Any]:
    """Show an award; without the need to know, not why it was withheld."""
    if reasons:
        return award
    return {
        **{name: getattr(award, name) for name in award.__dataclass_fields__},
        "state_name": award.state_name,
        "withheld_reasons": [],
    }


def item_shown(item: Item) -> dict[str, Any]:
    """Show one step."""
    return {
        "key": item.key,
        "title": item.title,
        "done": item.done,
        "current": item.current,
        "at": item.at,
        "who": item.who,
        "note": item.note,
        "links": [{"label": label, "href": href} for label, href in item.links],
    }


def award_path_shown(found: Path) -> dict[str, Any]:
    """Show the path of an award."""
    award = found.award
    return {
        "award_id": award.id,
        "name": award.name,
        "state": award.state,
        "steps": [item_shown(item) for item in found.items],
    }


def ballot_path_shown(found: BallotPath) -> dict[str, Any]:
    """Show the path of a ballot."""
    return {
        "meeting_id": found.meeting.id,
        "organization_id": found.organization.id,
        "steps": [item_shown(item) for item in found.items],
        "awards": [award_path_shown(one) for one in found.awards],
    }
