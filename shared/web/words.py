"""How dates, periods and persons are written on Chinese pages; and what every template can use."""

import uuid
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from flask import Flask, g
from markupsafe import Markup

from shared import clock
from shared.directory.domain import IDENTITY_NAMES, KIND_NAMES, ROLE_NAMES, STANDING_NAMES

_WEEKDAYS = "一二三四五六日"
_QUARTERS = "一二三四"


def day(value: date | datetime | None) -> str:
    """Write 2013年4月1日."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.day_of(value)
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime | None) -> str:
    """Write 2013年4月1日（星期一）14:30."""
    if value is None:
        return ""
    local = value.astimezone(clock.SHANGHAI)
    return f"{day(value)}（星期{_WEEKDAYS[local.weekday()]}）{local:%H:%M}"


def period(value: str) -> str:
    """Write 2013Q1 as 2013年第一季度."""
    year, quarter = value.split("Q")
    return f"{year}年第{_QUARTERS[int(quarter) - 1]}季度"


def padded(name: str) -> str:
    """Write a name of two characters with a full-width space between, as columns of names do."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name


def register(app: Flask) -> None:
    """Give the templates the filters and names."""
    app.jinja_env.filters.update(day=day, moment=moment, period=period, padded=padded)
    app.jinja_env.globals.update(
        kind_names=KIND_NAMES,
        role_names=ROLE_NAMES,
        standing_names=STANDING_NAMES,
        identity_names=IDENTITY_NAMES,
        today=clock.today,
    )
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    return {"viewer": g.get("viewer"), "request_field": _request_field, "draft_mark": _draft_mark}


def _draft_mark() -> str:
    """Give the mark under which a browser keeps the viewer's drafts: the same in every service, and it names nobody."""
    viewer = g.get("viewer")
    return sha256(b"draft " + viewer.id.bytes).hexdigest()[:16] if viewer else ""


def _request_field() -> Markup:
    """Make the hidden field that lets the same form, sent twice, have one effect."""
    return Markup('<input type="hidden" name="_request" value="{}">').format(uuid.uuid4())
