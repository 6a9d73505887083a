"""Two versions of an event of the tests' own, taken out of the catalogue again."""

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import fields

from shared.events import CATALOGUE, Event


@pytest.fixture
def versions() -> Iterator[tuple[type[Event], type[Event], type[Event]]]:
    class First(Event):
        event_name = "tried.out"
        teller = "tests"
        count = fields.Integer(required=True)

    class Second(Event):
        event_name = "tried.out"
        event_version = 2
        teller = "tests"
        number = fields.Integer(required=True)

        @classmethod
        def upcast(cls, facts: dict[str, Any]) -> dict[str, Any]:
            return {"number": facts["count"]}

    class Third(Event):
        event_name = "tried.out"
        event_version = 3
        teller = "tests"
        numbers = fields.List(fields.Integer(), required=True)

        @classmethod
        def upcast(cls, facts: dict[str, Any]) -> dict[str, Any]:
            return {"numbers": [facts["number"]]}

    yield First, Second, Third
    for key in [key for key, event in CATALOGUE.items() if event.teller == "tests"]:
        del CATALOGUE[key]
