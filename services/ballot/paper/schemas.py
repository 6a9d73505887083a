"""What the tellers send."""

from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from shared.web.forms import LocalDateTime, Whole, filled

MOST = 100_000


class Number(Whole):
    """A count of people or papers: whole, not negative; 12.7 is refused, not cut off."""

    def __init__(self, label: str, *, required: bool = True) -> None:
        """Take the label of the field; one that is not required may be absent."""
        given = {"required": True} if required else {"load_default": None, "allow_none": True}
        super().__init__(0, MOST, metadata={"label": label}, **given)


class _Written(Schema):
    @pre_load
    def strip(self, data: Any, **_: Any) -> Any:
        """Take blanks around a text for nothing."""
        if not isinstance(data, dict):
            return data
        return {key: value.strip() if isinstance(value, str) else value for key, value in data.items()}


class Issued(Schema):
    """清点人数、发票."""

    present = Number("实到会人数")
    issued = Number("发出选票")


class Open(Issued):
    """The same, and until when; for the JSON side."""

    closes_at = fields.AwareDateTime(
        load_default=None, allow_none=True, metadata={"description": "only of an electronic ballot without papers"}
    )


class OpenForm(Issued):
    """The same as a page sends it: its time is that of the clock on the wall."""

    closes_at = LocalDateTime(load_default=None, metadata={"label": "到时自动结束"})


class Correct(_Written):
    """更正清点."""

    present = Number("实到会人数")
    issued = Number("发出选票")
    reason = fields.Str(required=True, validate=filled(500), metadata={"label": "更正原因"})


class Close(_Written):
    """收回."""

    returned = Number("收回选票", required=False)
    explanation = fields.Str(
        load_default="",
        validate=validate.Length(max=500, error="不超过500字。"),
        metadata={"label": "出入说明"},
    )
    void = fields.Bool(
        load_default=False,
        metadata={"label": "确认作废", "description": "confirms that more papers came back than were issued"},
    )


class Total(Schema):
    """One candidate's total."""

    person_id = fields.UUID(required=True)
    votes = Number("得票")


class Papers(Schema):
    """The papers of a count, sorted."""

    valid = Number("有效选票")
    invalid = Number("无效选票")
    abstained = Number("弃权")


class Count(Papers):
    """计票: the whole sheet."""

    totals = fields.List(
        fields.Nested(Total), required=True, validate=validate.Length(max=10_000), metadata={"label": "各候选人得票"}
    )


class Confirm(Schema):
    """复核无误; nothing more is said."""


class Dispute(_Written):
    """复核有异议."""

    reason = fields.Str(required=True, validate=filled(500), metadata={"label": "异议说明"})
