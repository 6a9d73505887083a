"""The published language: frozen examples load for ever, each event has one teller, none says too much."""

import ast
import importlib
import inspect
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

import pytest
from marshmallow import Schema, fields

from shared.events import EVENTS, PUBLIC, Event
from shared.events.catalogue import CATALOGUE
from shared.messaging import envelope
from shared.messaging.asyncapi import published
from shared.messaging.reading import Reader
from tests.contract.freeze import EXAMPLES, path_of

ROOT = Path(__file__).parent.parent.parent
SERVICES = sorted(path.parent.name for path in (ROOT / "services").glob("*/events.py"))
CLASSES = published()
FILES = sorted(EXAMPLES.glob("*.json"))

UNSPEAKABLE = {
    "password",
    "credential",
    "secret",
    "choice",
    "choices",
    "facts",
    "finding",
    "text",
    "conditions",
    "votes_by",
}
"""Fields by which a finding's text, a key or a vote would leave the service that owns it."""


@pytest.mark.parametrize("event", CLASSES, ids=lambda event: path_of(event).stem)
def test_every_event_has_a_frozen_example(event: type[Event]) -> None:
    assert path_of(event).exists(), "run python -m tests.contract.freeze"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_frozen_example_loads_for_ever(path: Path) -> None:
    whole = json.loads(path.read_text(encoding="utf-8"))
    exchange, name = EVENTS if path.name.startswith(EVENTS) else PUBLIC, whole["type"]
    newest = CATALOGUE[max(key for key in CATALOGUE if key[:2] == (exchange, name))]
    whole.setdefault("correlationid", whole["id"])
    heard = Reader({newest: lambda *_: None}).read(json.dumps(whole))
    assert heard is not None
    assert set(heard.message.data) >= {name for name, field in newest().fields.items() if field.required}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_hearer_ignores_fields_that_it_does_not_know(path: Path) -> None:
    came = json.loads(path.read_text(encoding="utf-8"))
    version = int(came["dataschema"].rpartition(":")[2])
    exchange = EVENTS if path.name.startswith(EVENTS) else PUBLIC
    event = CATALOGUE[(exchange, came["type"], version)]
    assert "surplus" not in event().load({**came["data"], "surplus": 1})


@pytest.mark.parametrize("event", CLASSES, ids=lambda event: path_of(event).stem)
def test_every_event_is_described_and_says_nothing_unspeakable(event: type[Event]) -> None:
    assert inspect.getdoc(event)
    assert not (set(_names(event())) & UNSPEAKABLE)


def _names(schema: Schema) -> Iterator[str]:
    for name, field in schema.fields.items():
        yield name
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from _names(inner.schema)


def test_the_public_exchange_carries_no_thread_and_no_number_of_a_person() -> None:
    for event in CLASSES:
        if event.exchange == PUBLIC:
            came = json.loads(path_of(event).read_text(encoding="utf-8"))
            assert not {"correlationid", "causationid", "traceparent"} & set(came)
            assert not {"person_id", "number", "email", "phone", "identity"} & set(came["data"])


@pytest.mark.parametrize("event", CLASSES, ids=lambda event: path_of(event).stem)
def test_every_event_is_told_by_its_one_teller(event: type[Event]) -> None:
    assert _tellers().get(event) == {event.teller}


@pytest.mark.parametrize("service", SERVICES)
def test_services_hear_only_what_some_service_tells_among_them(service: str) -> None:
    heard = importlib.import_module(f"services.{service}.events").HANDLERS
    assert all(event.exchange == EVENTS and event in CLASSES for event in heard)


@cache
def _tellers() -> dict[type[Event], set[str]]:
    """Find, in the sources, which service names which event in the second place of a call of `tell`."""
    found: dict[type[Event], set[str]] = {}
    for service in SERVICES:
        for path in (ROOT / "services" / service).rglob("*.py"):
            for name, module in _told_in(ast.parse(path.read_text(encoding="utf-8"))):
                teller = "trustee" if "trustee" in path.parts else service
                found.setdefault(getattr(importlib.import_module(module), name), set()).add(teller)
    return found


def _told_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    origins: dict[str, tuple[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("shared"):
            for alias in node.names:
                origins[alias.asname or alias.name] = (alias.name, node.module or "")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == "tell" and len(node.args) > 1:
            yield from (origins[inner.id] for inner in ast.walk(node.args[1]) if _is_event(inner, origins))
            yield from (
                _attribute(inner, origins) for inner in ast.walk(node.args[1]) if isinstance(inner, ast.Attribute)
            )


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _is_event(node: Any, origins: dict[str, tuple[str, str]]) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and origins.get(node.id, ("", ""))[1].startswith("shared.events.")


def _attribute(node: ast.Attribute, origins: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Resolve `events.BallotClosed`, where `events` is a module imported from `shared.events`."""
    assert isinstance(node.value, ast.Name)
    name, package = origins[node.value.id]
    return node.attr, f"{package}.{name}"


def test_the_envelope_of_an_example_is_whole() -> None:
    for path in FILES:
        if path.name.startswith(EVENTS):
            came = envelope.decode(path.read_bytes())
            # What a version gained later has an example beside the first: `…v1-electronic`.
            assert path.stem.partition("-")[0] == f"{EVENTS}.{came.name}.v{came.version}"
