"""What the answer of somebody who is named on a pledge carries."""

from marshmallow import Schema, fields


class WordGiven(Schema):
    """Whether somebody promises together with the pledger."""

    joins = fields.Bool(required=True, metadata={"label": "是否参加"})
