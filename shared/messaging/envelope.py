"""The envelope on the wire: CloudEvents 1.0 in structured JSON.

What leaves on the public exchange carries no correlation, causation or trace: they would tie facts together that the
public should see singly.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.errors import Invalid
from shared.events import PUBLIC
from shared.messaging.outbox import Told

_quoted = json.JSONEncoder(ensure_ascii=False).encode

CONTENT_TYPE = "application/cloudevents+json"
SOURCE = "/shanguang/"
DATASCHEMA = "urn:shanguang:event:"


class MalformedEnvelope(Invalid):
    """消息不是完整的事件信封，无法读取。"""


@dataclass(frozen=True)
class Envelope:
    """An envelope that was read; `facts` are still as they came."""

    id: UUID
    name: str
    version: int
    source: str
    tenant_id: UUID
    subject: str
    time: datetime
    correlation_id: UUID
    causation_id: UUID | None
    traceparent: str | None
    facts: dict[str, Any]


def encode(told: Told, service: str) -> bytes:
    """Put a fact of the ledger of `service` into its envelope."""
    # Written by hand, because only the subject can hold what JSON must escape and the data are JSON text already:
    # taking all of it apart and together again would cost the relay a third of its speed.
    return (
        f'{{"specversion": "1.0", "id": "{told.id}", "source": "{SOURCE}{service}", "type": "{told.name}", '
        f'"dataschema": "{DATASCHEMA}{told.name}:{told.version}", "subject": {_quoted(told.subject)}, '
        f'"time": "{told.occurred_at}", "datacontenttype": "application/json", "tenantid": "{told.tenant_id}", '
        f'{_thread(told) if told.exchange != PUBLIC else ""}"data": {told.data}}}'
    ).encode()


def _thread(told: Told) -> str:
    cause = f'"causationid": "{told.causation_id}", ' if told.causation_id else ""
    trace = f'"traceparent": {_quoted(told.traceparent)}, ' if told.traceparent else ""
    return f'"correlationid": "{told.correlation_id}", {cause}{trace}'


def decode(body: bytes | str | memoryview) -> Envelope:
    """Read an envelope; raises `MalformedEnvelope`."""
    try:
        whole = json.loads(bytes(body) if isinstance(body, memoryview) else body)
        return _read(whole)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise MalformedEnvelope from error


def _read(whole: dict[str, Any]) -> Envelope:
    name, facts = whole["type"], whole["data"]
    schema, _, version = whole["dataschema"].rpartition(":")
    if whole["specversion"] != "1.0" or schema != DATASCHEMA + name or not isinstance(facts, dict):
        raise ValueError("not an envelope of ours")
    causation = whole.get("causationid")
    return Envelope(
        id=UUID(whole["id"]),
        name=name,
        version=int(version),
        source=whole["source"].removeprefix(SOURCE),
        tenant_id=UUID(whole["tenantid"]),
        subject=str(whole["subject"]),
        time=_aware(whole["time"]),
        correlation_id=UUID(whole["correlationid"]),
        causation_id=UUID(causation) if causation else None,
        traceparent=whole.get("traceparent"),
        facts=facts,
    )


def _aware(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    return time
