"""What the JSON side says of a body that does not fit: a sentence for each fault, under the name of its field."""

import pytest
from marshmallow import Schema, fields
from werkzeug.exceptions import UnprocessableEntity

from shared.web.api import validation_details


class Written(Schema):
    form = fields.Str()
    json = fields.Int()
    items = fields.List(fields.Str())


def refused(place: str, body: dict[str, object]) -> list[str]:
    error = UnprocessableEntity()
    error.data = {"messages": {place: Written().validate(body)}}  # type: ignore[attr-defined]
    return validation_details(error)


@pytest.mark.parametrize("place", ["json", "query", "form"])
@pytest.mark.parametrize("name", ["form", "json"])
def test_a_field_keeps_its_name_even_if_it_is_called_as_a_place_of_fields(place: str, name: str) -> None:
    (line,) = refused(place, {name: {"$gt": ""}})
    assert line.startswith(f"{name}：")


def test_every_fault_is_told_with_the_way_to_it() -> None:
    assert [line.partition("：")[0] for line in refused("json", {"items": ["a", 7, 8], "json": "x"})] == [
        "json", "items.1", "items.2",
    ]  # fmt: skip
