"""What a request for initial passwords names, and what its one answer shows."""

from marshmallow import Schema, fields

from services.roster.first_password.domain import Whom

ONCE = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Headers of the answer that holds passwords: neither a browser's cache nor a file of the gateway keeps it."""


class SlipsWanted(Schema):
    """For whom slips are made."""

    whom = fields.Enum(
        Whom,
        by_value=True,
        required=True,
        metadata={
            "label": "范围",
            "description": "without: who has no password yet; unused: who has not replaced the one somebody else set, "
            "which opens nothing from then on",
        },
    )


class PlaceShown(Schema):
    """An organisation below, with how many wait."""

    id = fields.UUID()
    name = fields.Str()
    without = fields.Int()
    unused = fields.Int()


class WaitingShown(Schema):
    """Who waits, but for an administrator."""

    id = fields.UUID()
    name = fields.Str()
    number = fields.Str()
    organization = fields.Str()


class OverviewShown(Schema):
    """Who waits for an initial password in an organisation and below."""

    without = fields.Int(metadata={"description": "have no password yet"})
    unused = fields.Int(metadata={"description": "have not replaced the one that somebody else set"})
    higher = fields.List(
        fields.Nested(WaitingShown), metadata={"description": "hold an office that only an administrator may touch"}
    )
    below = fields.List(fields.Nested(PlaceShown))


class SlipShown(WaitingShown):
    """One slip."""

    password = fields.Str(metadata={"description": "shown in this answer only, and kept nowhere"})


class SlipsShown(Schema):
    """The slips of one request."""

    slips = fields.List(fields.Nested(SlipShown))
    left = fields.Int(metadata={"description": "how many of the group wait for the next request"})
