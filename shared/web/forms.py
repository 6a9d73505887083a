"""Forms: what a page posted, loaded through the same marshmallow schema as the JSON side, with Chinese messages."""

import re
from datetime import datetime
from typing import Any

from flask import request
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from werkzeug.datastructures import MultiDict

from shared import clock
from shared.errors import Invalid
from shared.web.api import flatten

DIGITS = re.compile(r"-?\d{1,18}")


class LocalDateTime(fields.NaiveDateTime):
    """A time as `<input type="datetime-local">` sends it, taken as Asia/Shanghai; gives an aware one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        return super()._deserialize(value, attr, data, **kwargs).replace(tzinfo=clock.SHANGHAI)


def filled(most: int = 200) -> validate.Length:
    """Ask for a text of at least one and at most `most` characters."""
    return validate.Length(min=1, max=most, error=f"须填写，且不超过{most}字。")


def at_most(most: int) -> validate.Length:
    """Ask for a text of at most `most` characters, or none."""
    return validate.Length(max=most, error=f"不超过{most}字。")


class Whole(fields.Integer):
    """A whole number within bounds, as JSON has it or as a form sends it (also １３); 1.5 and 1_0 are refused."""

    def __init__(self, least: int = 0, most: int = 100_000, **given: Any) -> None:
        """Take the bounds."""
        sane = validate.Range(min=least, max=most, error=f"须在 {least} 至 {most} 之间。")
        super().__init__(validate=sane, **given)

    def _validated(self, value: Any) -> Any:
        if not (isinstance(value, int) or (isinstance(value, str) and DIGITS.fullmatch(value))):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


def one_of(choices: list[str]) -> validate.OneOf:
    """Ask for one of the choices."""
    return validate.OneOf(choices, error="请在所列各项中选择。")


def load(schema: Schema) -> dict[str, Any]:
    """Load the posted form. A field's label is its `metadata["label"]`. Raises `Invalid` with every fault."""
    return load_from(schema, request.form)


def load_from(schema: Schema, form: MultiDict[str, str]) -> dict[str, Any]:
    """Load a form: empty texts count as absent, repeated names as lists; what the schema does not know is ignored.

    A box that was not ticked says no; a choice that may be left open (`allow_none`) is absent when nobody made it.
    """
    given: dict[str, Any] = {}
    for name, field in schema.load_fields.items():
        key = field.data_key or name
        if isinstance(field, fields.List):
            given[key] = form.getlist(key)
        elif form.get(key, "").strip():
            given[key] = form[key].strip()
        elif isinstance(field, fields.Boolean) and not field.allow_none:
            given[key] = False
    try:
        loaded: dict[str, Any] = schema.load(given, unknown=EXCLUDE)
    except ValidationError as error:
        raise Invalid(details=flatten(_labelled(schema, error.normalized_messages()))) from error
    return loaded


def _labelled(schema: Schema, messages: dict[str, Any]) -> dict[str, Any]:
    labels = {field.data_key or name: field.metadata.get("label", name) for name, field in schema.load_fields.items()}
    return {labels.get(key, key): value for key, value in messages.items()}


def emptied(*names: str) -> dict[str, None]:
    """Give, as nothing, the named fields that the form shows and that were emptied: `load` takes these as absent."""
    return {name: None for name in names if name in request.form and not request.form[name].strip()}
