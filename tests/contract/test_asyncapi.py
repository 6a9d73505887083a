"""The AsyncAPI document: current, complete, and true of every frozen example."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from shared.messaging import asyncapi
from tests.contract.freeze import path_of

DOCUMENT = json.loads(asyncapi.text())
FILE = Path(__file__).parent.parent.parent / "docs" / "asyncapi.json"

SHAPE = {
    "type": "object",
    "required": ["asyncapi", "info", "channels", "operations", "components"],
    "additionalProperties": False,
    "properties": {
        "asyncapi": {"const": "3.0.0"},
        "id": {"type": "string", "format": "uri"},
        "info": {"type": "object", "required": ["title", "version"]},
        "defaultContentType": {"type": "string"},
        "channels": {
            "additionalProperties": {
                "type": "object",
                "required": ["address", "messages"],
                "properties": {"messages": {"additionalProperties": {"required": ["$ref"]}}},
            }
        },
        "operations": {
            "additionalProperties": {
                "type": "object",
                "required": ["action", "channel", "messages"],
                "properties": {"action": {"enum": ["send", "receive"]}, "channel": {"required": ["$ref"]}},
            }
        },
        "components": {
            "type": "object",
            "propertyNames": {"enum": ["messages", "schemas"]},
            "additionalProperties": {"propertyNames": {"pattern": r"^[\w.-]+$"}},
        },
    },
}
"""What AsyncAPI 3.0 asks of the parts that the document uses, in our words."""


def test_the_document_in_docs_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == asyncapi.text(), "run python -m shared.messaging.asyncapi"


def test_the_document_has_the_shape_of_asyncapi_3() -> None:
    jsonschema.Draft202012Validator(SHAPE).validate(DOCUMENT)


def test_every_reference_leads_somewhere() -> None:
    references = list(_references(DOCUMENT))
    assert len(references) > len(asyncapi.published())
    for reference in references:
        assert _follow(reference) is not None, reference


def test_an_operation_sends_only_messages_of_its_channel() -> None:
    for operation in DOCUMENT["operations"].values():
        for message in operation["messages"]:
            assert message["$ref"].startswith(operation["channel"]["$ref"] + "/messages/")


def test_every_event_is_in_it() -> None:
    told = {(channel["bindings"]["amqp"]["exchange"]["name"], channel["address"]) for channel in _channels()}
    assert told == {(event.exchange, event.event_name) for event in asyncapi.published()}


@pytest.mark.parametrize("key", sorted(DOCUMENT["components"]["messages"]))
def test_a_frozen_example_is_as_the_document_says(key: str) -> None:
    (event,) = [event for event in asyncapi.published() if asyncapi._key(event) == key]
    payload = {**DOCUMENT["components"]["messages"][key]["payload"], "components": DOCUMENT["components"]}
    validator = jsonschema.Draft202012Validator(payload, format_checker=jsonschema.FormatChecker())
    example = json.loads(path_of(event).read_text(encoding="utf-8"))
    validator.validate(example)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**example, "type": "something.else"})


def _channels() -> list[dict[str, Any]]:
    return list(DOCUMENT["channels"].values())


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)


def _follow(reference: str) -> Any:
    node: Any = DOCUMENT
    for step in reference.removeprefix("#/").split("/"):
        node = node.get(step)
        if node is None:
            return None
    return node
