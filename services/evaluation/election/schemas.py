"""What a request about an election carries, and what an answer shows."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, validate

from services.evaluation.election.domain import STATE_NAMES, Election
from services.evaluation.meeting.schemas import short
from services.evaluation.roll.domain import CHANNEL_NAMES, Roll, Way
from shared.web.forms import Whole, filled

HANDING_OUT = {"description": "who of the roll; null but to tellers and who calls the ballot, until it is closed"}


class Called(Schema):
    """The call of a ballot."""

    tellers = fields.List(fields.UUID(), required=True, metadata={"label": "监票人"})
    channel = fields.Str(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(list(CHANNEL_NAMES)),
        metadata={"label": "投票方式", "description": "null takes the scheme's"},
    )
    paper_electors = fields.List(
        fields.UUID(),
        load_default=list,
        metadata={"label": "使用纸质选票的投票人", "description": "mixed only: members present who vote on paper"},
    )
    exceptions_reason = short("先行投票的原因", 500)
    declined = fields.List(
        fields.UUID(),
        load_default=list,
        metadata={"label": "声明不参选", "description": "members who declared that they do not stand"},
    )


class NotElecting(Schema):
    """A resolution to elect nobody."""

    reason = fields.Str(required=True, validate=filled(500), metadata={"label": "原因"})


class SecondRound(Schema):
    """The call of a second round, which says nothing more."""


class FewerPlaces(Schema):
    """That the branch agreed to as many places as were filled."""

    agreed = Whole(1, required=True, metadata={"label": "同意的人数"})
    reason = fields.Str(required=True, validate=filled(500), metadata={"label": "理由"})


class CandidateShown(Schema):
    """A name on the ballot."""

    person_id = fields.UUID()
    name = fields.Str()
    note = fields.Str()
    votes = fields.Int(allow_none=True, metadata={"description": "null where the viewer may not know"})
    elected = fields.Bool()


class ElectionShown(Schema):
    """An election as far as the viewer may know it."""

    ballot_id = fields.UUID(attribute="id")
    meeting_id = fields.UUID()
    organization_id = fields.UUID()
    period = fields.Str()
    follows_id = fields.UUID(allow_none=True)
    reason = fields.Str()
    second = fields.Bool(metadata={"description": "a second round, for places that too few passed for"})
    title = fields.Str()
    channel = fields.Str()
    channel_name = fields.Str()
    electronic_electors = fields.Int(metadata={"description": "how many may vote electronically"})
    paper_electors = fields.Int(
        allow_none=True, metadata={"description": "how many of the roll vote on paper; null for a paper ballot"}
    )
    on_paper = fields.List(fields.UUID(), allow_none=True, metadata=HANDING_OUT)
    by_phone = fields.List(fields.UUID(), allow_none=True, metadata=HANDING_OUT)
    state = fields.Str()
    state_name = fields.Str()
    places = fields.Int()
    calculation = fields.Str()
    entitled = fields.Int()
    present = fields.Int()
    tellers = fields.List(fields.UUID())
    exceptions_reason = fields.Str()
    issued = fields.Int(allow_none=True)
    returned = fields.Int(allow_none=True)
    valid = fields.Int(allow_none=True)
    invalid = fields.Int(allow_none=True)
    abstained = fields.Int(allow_none=True)
    candidates = fields.List(fields.Nested(CandidateShown))
    notes = fields.List(fields.Str())
    short = fields.Int(
        metadata={"description": "places that too few passed for, while a second round or fewer places are on offer"}
    )
    empty = fields.Int(metadata={"description": "places left, also by a void vote that was to fill them"})


class NoElectionShown(Schema):
    """That a branch elects nobody this quarter."""

    meeting_id = fields.UUID(attribute="id")
    state = fields.Str(dump_default="no_election")


def shown(
    election: Election,
    votes: dict[UUID, int] | None,
    *,
    winners_only: bool,
    empty: int | None = None,
    short: int = 0,
    roll: Roll | None = None,
    ways: Mapping[UUID, Way] | None = None,
) -> dict[str, Any]:
    """Show an election; `votes` is None where the viewer may know none (R-136), `roll` for a paper ballot.

    `empty` says how many places stay empty where that is more than what its own count left, `short` for how many the
    branch may still do something; `ways` only for those who hand papers out.
    """
    outcome = election.outcome or {}
    won = set(outcome.get("winners", []))
    fields_of = {name: getattr(election, name) for name in election.__dataclass_fields__}
    return {
        **fields_of,
        "channel_name": CHANNEL_NAMES[election.channel],
        "electronic_electors": roll.electronic if roll else 0,
        "paper_electors": roll.paper if roll else None,
        "on_paper": _by(ways, Way.PAPER),
        "by_phone": _by(ways, Way.ELECTRONIC),
        "state_name": STATE_NAMES[election.state],
        "notes": outcome.get("notes", []),
        "short": short,
        "empty": election.empty if empty is None else empty,
        "candidates": [
            {
                "person_id": one.person_id,
                "name": one.name,
                "note": one.note,
                "elected": str(one.person_id) in won,
                "votes": votes.get(one.person_id)
                if votes is not None and (str(one.person_id) in won or not winners_only)
                else None,
            }
            for one in election.standing()
        ],
    }


def _by(ways: Mapping[UUID, Way] | None, way: Way) -> list[UUID] | None:
    return None if ways is None else [one for one, own in ways.items() if own is way]
