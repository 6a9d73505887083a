"""Writes the example of each event that has none yet: `python -m tests.contract.freeze`. It never changes one.

An example is the promise that this version can be read for ever; whoever must change one needs a new version instead.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from marshmallow import fields, validate

from shared.events import Event
from shared.messaging import envelope, outbox
from shared.messaging.asyncapi import published

EXAMPLES = Path(__file__).parent / "examples"
MOMENT = datetime(2013, 4, 1, 1, 30, tzinfo=UTC)


def path_of(event: type[Event]) -> Path:
    return EXAMPLES / f"{event.exchange}.{event.event_name}.v{event.event_version}.json"


def example(event: type[Event]) -> str:
    """Make an envelope with a value in every field."""
    facts = event().load({name: _value(name, field) for name, field in event().fields.items()})
    told = outbox.Told(
        position=1,
        id=str(uuid5(NAMESPACE_URL, path_of(event).name)),
        tenant_id=str(uuid5(NAMESPACE_URL, "tenant")),
        name=event.event_name,
        version=event.event_version,
        exchange=event.exchange,
        subject=str(uuid5(NAMESPACE_URL, "subject")),
        correlation_id=str(uuid5(NAMESPACE_URL, "correlation")),
        causation_id=str(uuid5(NAMESPACE_URL, "causation")),
        occurred_at="2013-04-01T01:30:00Z",
        data=outbox.dumped(event, facts),
        traceparent=None,
    )
    return json.dumps(json.loads(envelope.encode(told, event.teller)), ensure_ascii=False, indent=2) + "\n"


def _value(name: str, field: Any) -> Any:
    for rule in field.validators:
        if isinstance(rule, validate.OneOf):
            return next(iter(rule.choices))
    if isinstance(field, fields.Nested):
        one = {inner: _value(inner, each) for inner, each in field.schema.fields.items()}
        return [one] if field.many else one
    if isinstance(field, fields.List):
        return [_value(name, field.inner)]
    return _plain(name, field)


def _plain(name: str, field: Any) -> Any:
    values: list[tuple[type[Any], Any]] = [
        (fields.UUID, str(uuid5(NAMESPACE_URL, name))),
        (fields.Boolean, True),
        (fields.Integer, 3),
        (fields.Decimal, "1.95"),
        (fields.AwareDateTime, MOMENT.isoformat()),
        (fields.DateTime, MOMENT.isoformat()),
        (fields.Date, date(2013, 4, 1).isoformat()),
        (fields.Url, "https://shanguang.example/notify/board"),
        (fields.Email, "zhang.san@shanguang.example"),
        (fields.Dict, {"键": "值"}),
        (fields.String, name),
        (fields.Raw, {"键": "值"}),
    ]
    return next(value for kind, value in values if isinstance(field, kind))


def main() -> None:
    EXAMPLES.mkdir(exist_ok=True)
    for event in published():
        if not path_of(event).exists():
            path_of(event).write_text(example(event), encoding="utf-8")
            print(path_of(event).name)


if __name__ == "__main__":
    main()
