"""What the page of a pledge posts, put into the shape of the JSON side and loaded through the same schema."""

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields
from werkzeug.datastructures import MultiDict

from shared.errors import Invalid
from shared.web.api import flatten

Form = MultiDict[str, str]
PLAIN = ("form", "kind", "year", "person_id", "organization_id", "trigger", "trigger_text", "community", "entry_reason")
WORDS = ("headline", "ability", "duty", "goals", "reason")
ITEM = (
    "item_id", "content", "measure", "due_on", "responsible", "beneficiaries", "aspect", "origin", "linked_item_id",
)  # fmt: skip
CONSULTATION = ("method", "dates", "number", "opinions", "use")
ORAL = ("recorded_by", "recorded_on", "recorded_place", "witness")
_COUNTED = re.compile(r"^(.+?)[\s，,]*(\d{1,5})\s*[人名]$")
_APART = re.compile(r"[、，,；;\s]+")


class FieldDoubled(Invalid):
    """表单中同一项写了两次，请刷新页面后重新填写。"""


def load(schema: Schema, data: dict[str, Any]) -> Any:
    """Load what `proposal` or `text` made. Raises `Invalid` with every fault under its Chinese label."""
    try:
        return schema.load(data, unknown=EXCLUDE)
    except ValidationError as error:
        raise Invalid(details=_sentences(schema, error.messages_dict)) from error


def proposal(form: Form) -> dict[str, Any]:
    """Give a new pledge as the JSON side takes it."""
    data: dict[str, Any] = {**_filled(form, PLAIN), "text": text(form)}
    if form.get("oral"):
        data["oral"] = _filled(form, ORAL)
    return data


def text(form: Form) -> dict[str, Any]:
    """Give the words of a pledge as the JSON side takes them."""
    data: dict[str, Any] = {**_filled(form, WORDS), "items": _items(form), "authors": _authors(form)}
    if consultation := _filled(form, CONSULTATION):
        data["consultation"] = consultation
    return data


def _filled(form: Form, names: tuple[str, ...]) -> dict[str, str]:
    if any(len(form.getlist(name)) > 1 for name in names):
        raise FieldDoubled
    return {name: form[name].strip() for name in names if form.get(name, "").strip()}


def _items(form: Form) -> list[dict[str, Any]]:
    """Rows of fields with the same names; a row in which nobody wrote anything is none."""
    columns = {name: form.getlist(f"item_{name}") for name in (*ITEM, "tags")}
    found = []
    for place in range(len(columns["content"])):
        row = {name: values[place].strip() for name, values in columns.items() if place < len(values)}
        tags = [tag for tag in _APART.split(row.pop("tags", "")) if tag]
        filled: dict[str, Any] = {name: value for name, value in row.items() if value}
        if filled.keys() - {"item_id", "aspect"}:
            found.append({**filled, "tags": tags})
    return found


def _authors(form: Form) -> list[dict[str, Any]]:
    """Members ticked by name, then lines such as 大三班学生 30人."""
    found: list[dict[str, Any]] = []
    for ticked in form.getlist("author"):
        person_id, _, name = ticked.partition(" ")
        found.append({"person_id": person_id, "name": name})
    for line in form.get("authors", "").splitlines():
        if counted := _COUNTED.match(line.strip()):
            found.append({"name": counted[1], "headcount": int(counted[2])})
        elif line.strip():
            found.append({"name": line.strip()})
    return found


def _sentences(schema: Schema, messages: dict[Any, Any], before: str = "") -> list[str]:
    found = []
    for key, value in messages.items():
        field = schema.load_fields.get(str(key))
        label = str(field.metadata.get("label", "")) if field else ""
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(value, dict) and isinstance(inner, fields.Nested) and isinstance(inner.schema, Schema):
            rows = value.items() if isinstance(field, fields.List) else [(None, value)]
            for place, row in rows:
                where = f"{before}{label}第{place + 1}项的" if isinstance(place, int) else before
                found += _sentences(inner.schema, row, where) if isinstance(row, dict) else flatten(row, label)
        else:
            found += flatten(value, f"{before}{label or key}")
    return found
