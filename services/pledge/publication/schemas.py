"""What the record of a publication carries, and how it is shown."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.pledge.publication.domain import Said, Scope
from shared.web.forms import at_most, filled, one_of

MOST = 300


class PublicationWritten(Schema):
    """Where, when and for whom pledges were shown."""

    pledge_ids = fields.List(
        fields.UUID(),
        load_default=list,
        validate=validate.Length(max=MOST, error=f"一次不超过{MOST}份。"),
        metadata={"label": "承诺"},
    )
    channel = fields.Str(required=True, validate=filled(60), metadata={"label": "公示形式"})
    scope = fields.Str(required=True, validate=one_of(list(Scope)), metadata={"label": "公示范围"})
    published_on = fields.Date(required=True, metadata={"label": "公示日期"})
    place = fields.Str(required=True, validate=filled(300), metadata={"label": "地点或网址"})
    evidence = fields.Str(load_default="", validate=at_most(500), metadata={"label": "佐证材料"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Give the pledges and, apart, what is said of them."""
        chosen = data.pop("pledge_ids")
        return {"pledge_ids": chosen, "said": Said(**{**data, "scope": Scope(data["scope"])})}


class StrikeWritten(Schema):
    """Why a record is struck out."""

    reason = fields.Str(required=True, validate=filled(200), metadata={"label": "划去的原因"})


class PublicationShown(Schema):
    """A record of a publication."""

    id = fields.UUID()
    pledge_id = fields.UUID()
    version = fields.Int()
    channel = fields.Str()
    scope = fields.Str()
    published_on = fields.Date()
    place = fields.Str()
    evidence = fields.Str()
    recorded_at = fields.AwareDateTime()
    struck_at = fields.AwareDateTime(allow_none=True)
    struck_reason = fields.Str()
