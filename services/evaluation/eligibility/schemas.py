"""What a request about eligibility carries, and what an answer shows."""

from typing import Any

from marshmallow import Schema, fields

from services.evaluation.eligibility.domain import Obstacle, Reviewed, Weight
from services.evaluation.meeting.schemas import short
from shared.web.forms import filled

HIDDEN = "不在候选人之列"
"""Instead of a finding for those who have no need to know (requirements 2.5)."""


class DecisionGiven(Schema):
    """What was decided on one proposed obstacle."""

    person_id = fields.UUID(required=True, metadata={"label": "党员"})
    code = fields.Str(required=True, validate=filled(60), metadata={"label": "情形"})
    confirmed = fields.Bool(required=True, metadata={"label": "认定结果"})
    reason = short("理由", 500)


class DecisionsGiven(Schema):
    """Several decisions at once; all of them or none."""

    decisions = fields.List(fields.Nested(DecisionGiven), required=True)


class ObstacleShown(Schema):
    """One obstacle."""

    code = fields.Str()
    text = fields.Str()
    weight = fields.Str(metadata={"description": "fixed | finding | proposed"})
    evidence = fields.Str()
    confirmed = fields.Bool(allow_none=True)
    reason = fields.Str()


class ReviewedShown(Schema):
    """A member with every obstacle."""

    person_id = fields.UUID()
    name = fields.Str()
    stands = fields.Bool()
    undecided = fields.Bool()
    obstacles = fields.List(fields.Nested(ObstacleShown))


def shown(reviewed: Reviewed, *, findings: bool) -> dict[str, Any]:
    """Show a member; without the need to know a finding is only a name that is not on the list."""
    return {
        "person_id": reviewed.person.id,
        "name": reviewed.person.name,
        "stands": reviewed.stands,
        "undecided": any(one.undecided for one in reviewed.obstacles),
        "obstacles": [obstacle_shown(one, findings=findings) for one in reviewed.obstacles],
    }


def obstacle_shown(obstacle: Obstacle, *, findings: bool) -> dict[str, Any]:
    """Show an obstacle, or hide what it is."""
    if obstacle.weight is Weight.FINDING and not findings:
        return {"code": "not_listed", "text": HIDDEN, "weight": Weight.FIXED, "evidence": "", "confirmed": None,
                "reason": ""}  # fmt: skip
    return {
        "code": obstacle.code,
        "text": obstacle.text,
        "weight": obstacle.weight,
        "evidence": obstacle.evidence,
        "confirmed": obstacle.confirmed,
        "reason": obstacle.reason,
    }
