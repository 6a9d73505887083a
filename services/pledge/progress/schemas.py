"""What requests on progress carry, and how a 履诺进度表 is shown."""

from typing import Any

from marshmallow import Schema, fields, post_load

from services.pledge.progress.commands import Report
from services.pledge.progress.domain import ProgressState
from services.pledge.progress.rules import LONGEST
from shared.web.forms import at_most, one_of


class ProgressWritten(Schema):
    """A report on a matter."""

    item_id = fields.UUID(required=True, metadata={"label": "事项"})
    state = fields.Str(required=True, validate=one_of(list(ProgressState)), metadata={"label": "进展"})
    happened_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "日期"})
    note = fields.Str(load_default="", validate=at_most(LONGEST), metadata={"label": "情况"})
    reason = fields.Str(load_default="", validate=at_most(200), metadata={"label": "未完成、变更、取消的原因"})
    correction = fields.Str(load_default="", validate=at_most(200), metadata={"label": "更正的原因"})
    entry_reason = fields.Str(load_default="", validate=at_most(200), metadata={"label": "代为登记的原因"})

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Report:
        """Make the report."""
        return Report(**{**data, "state": ProgressState(data["state"])})


class ProgressEntryShown(Schema):
    """A report on a matter."""

    id = fields.UUID()
    item_id = fields.UUID()
    position = fields.Int()
    state = fields.Str()
    happened_on = fields.Date()
    note = fields.Str()
    reason = fields.Str()
    correction = fields.Str()
    entry_reason = fields.Str()
    entered_at = fields.AwareDateTime()


class MatterShown(Schema):
    """A matter with its reports, the last of which counts."""

    item_id = fields.UUID(attribute="item.item_id")
    content = fields.Str(attribute="item.content")
    due_on = fields.Date(attribute="item.due_on", allow_none=True)
    responsible = fields.Str(attribute="item.responsible")
    state = fields.Str(allow_none=True, metadata={"description": "empty when nothing was reported"})
    final = fields.Bool()
    entries = fields.List(fields.Nested(ProgressEntryShown))


class ProgressTableShown(Schema):
    """The 履诺进度表 of a pledge."""

    pledge_id = fields.UUID(attribute="pledge.id")
    headline = fields.Str()
    matters = fields.List(fields.Nested(MatterShown))
    done = fields.Int()
    total = fields.Int(metadata={"description": "promised and not cancelled"})
