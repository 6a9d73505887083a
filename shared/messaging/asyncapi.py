"""The catalogue of events as an AsyncAPI 3.0 document: `python -m shared.messaging.asyncapi > docs/asyncapi.json`.

It is built from the same classes that tell and hear, so it cannot say anything else than they do.
"""

import inspect
import json
import sys
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

from shared.events import EVENTS, PUBLIC, Event
from shared.events.catalogue import CATALOGUE
from shared.messaging.envelope import CONTENT_TYPE, DATASCHEMA, SOURCE

SEATED = "trustee"
"""The one teller with several seats, each a service with a number after this name."""
ENVELOPE = "envelope"
THREAD = "envelope.thread"

EXCHANGES = {
    EVENTS: "服务之间的事实；每项服务一个仲裁队列，按事件名称绑定",
    PUBLIC: "对外公布的事实，只含最少的个人信息；任何获准的客户端都可以绑定自己的队列",
}


def published() -> list[type[Event]]:
    """Give every event of the published language, in order; a test's own events are none."""
    return [CATALOGUE[key] for key in sorted(CATALOGUE) if CATALOGUE[key].__module__.startswith("shared.events.")]


def document() -> dict[str, Any]:
    """Build the document from the whole catalogue."""
    events = published()
    return {
        "asyncapi": "3.0.0",
        "id": "urn:shanguang:events",
        "info": {
            "title": "闪光：事件目录",
            "version": "1",
            "description": "信封为 CloudEvents 1.0 结构化 JSON。接收方忽略不认识的字段；"
            "新增可选字段不改版本，其他改动都是新版本。"
            "同一事件可能送达不止一次，次序也可能不同：以 id 识别重复。",
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": {_key(event): _channel(event) for event in events},
        "operations": {f"{event.teller}.tells.{_key(event)}": _operation(event) for event in events},
        "components": {
            "messages": {_key(event): _message(event) for event in events},
            "schemas": {**_facts(events), ENVELOPE: _envelope(), THREAD: _thread()},
        },
    }


def _key(event: type[Event]) -> str:
    return f"{event.exchange.rpartition('.')[2]}.{event.event_name}.v{event.event_version}"


def _channel(event: type[Event]) -> dict[str, Any]:
    return {
        "address": event.event_name,
        "description": EXCHANGES[event.exchange],
        "messages": {_key(event): {"$ref": f"#/components/messages/{_key(event)}"}},
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {"name": event.exchange, "type": "topic", "durable": True, "autoDelete": False},
                "bindingVersion": "0.3.0",
            }
        },
    }


def _operation(event: type[Event]) -> dict[str, Any]:
    key = _key(event)
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{key}"},
        "summary": _told_when(event),
        "tags": [{"name": event.teller}],
        "bindings": {"amqp": {"deliveryMode": 2, "mandatory": True, "bindingVersion": "0.3.0"}},
        "messages": [{"$ref": f"#/channels/{key}/messages/{key}"}],
    }


def _message(event: type[Event]) -> dict[str, Any]:
    fixed = {
        "type": {"const": event.event_name},
        "source": _source(event),
        "dataschema": {"const": f"{DATASCHEMA}{event.event_name}:{event.event_version}"},
        "data": {"$ref": f"#/components/schemas/{_key(event)}"},
    }
    parts = [ENVELOPE] if event.exchange == PUBLIC else [ENVELOPE, THREAD]
    return {
        "name": event.event_name,
        "title": event.__name__,
        "summary": _told_when(event),
        "contentType": CONTENT_TYPE,
        "payload": {
            "allOf": [*({"$ref": f"#/components/schemas/{part}"} for part in parts), {"properties": fixed}],
        },
    }


def _source(event: type[Event]) -> dict[str, str]:
    if event.teller == SEATED:
        return {"pattern": f"^{SOURCE}{SEATED}[1-9]?$"}
    return {"const": SOURCE + event.teller}


def _told_when(event: type[Event]) -> str:
    return inspect.cleandoc(event.__doc__ or "").splitlines()[0]


def _facts(events: list[type[Event]]) -> dict[str, Any]:
    spec = APISpec("facts", "1", "3.1.0", plugins=[MarshmallowPlugin(schema_name_resolver=_schema_name)])
    for event in events:
        spec.components.schema(_key(event), schema=event)
    schemas: dict[str, Any] = spec.to_dict()["components"]["schemas"]
    return schemas


def _schema_name(schema: Any) -> str:
    cls = schema if isinstance(schema, type) else type(schema)
    if isinstance(cls, type) and issubclass(cls, Event):
        return _key(cls)
    assert issubclass(cls, Schema)  # noqa: S101 — the plugin asks for nothing else
    return f"{cls.__module__.rpartition('.')[2]}.{cls.__name__}"


def _envelope() -> dict[str, Any]:
    text, identifier = {"type": "string"}, {"type": "string", "format": "uuid"}
    return {
        "type": "object",
        "description": "CloudEvents 1.0",
        "required": ["specversion", "id", "source", "type", "dataschema", "subject", "time", "tenantid", "data"],
        "properties": {
            "specversion": {"const": "1.0"},
            "id": {**identifier, "description": "同一事件再次送达时不变"},
            "source": {**text, "format": "uri-reference", "description": "讲述事实的服务"},
            "type": {**text, "description": "事件名称，也是路由键"},
            "dataschema": {**text, "format": "uri", "description": "名称和版本"},
            "subject": {**text, "description": "事实所属对象的编号"},
            "time": {**text, "format": "date-time", "description": "事实发生的时刻"},
            "datacontenttype": {"const": "application/json"},
            "tenantid": {**identifier, "description": "学校"},
            "data": {"type": "object"},
        },
    }


def _thread() -> dict[str, Any]:
    identifier = {"type": "string", "format": "uuid"}
    return {
        "type": "object",
        "description": "一连串事实的线索；对外公布的事实没有这些",
        "required": ["correlationid"],
        "properties": {
            "correlationid": {**identifier, "description": "同一件事情引起的全部事实相同"},
            "causationid": {**identifier, "description": "直接引起它的事件"},
            "traceparent": {"type": "string", "description": "W3C 追踪上下文"},
        },
    }


def text() -> str:
    """Give the document as the text of its file."""
    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
