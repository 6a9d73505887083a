"""What tests read from a service's OpenAPI document, and somebody who may try all of it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from shared.auth import session
from shared.directory import store
from shared.directory.domain import HELD
from tests.services import PRIVATE, Service
from tests.university import TENANT, person, uid

METHODS = ("get", "put", "post", "delete", "patch")
# These end the player's own sign-ins, which other tests still need.
ENDS_THE_PLAYER = re.compile(r"/me/(sign-out-everywhere|password)$")


def document(service: Service) -> dict[str, Any]:
    found: Any = service.client().get(f"/{service.name}/api/openapi.json").json
    return dict(found)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def resolved(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        found: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def everybody(service: Service) -> str:
    """Give the token of somebody who holds every role, so that no door hides what is behind it."""
    with service.connect() as conn:
        store.save_person(conn, TENANT, person("全能", "everything", "zjy/jin/jg", 95))
        for role in HELD:
            for path in ("zjy", "zjy/jin", "zjy/jin/jg"):
                facts = {"person_id": uid("everything"), "organization_id": uid(path), "role": role, "version": 1}
                days = {"starts_on": date(2010, 1, 1), "ends_on": None}
                store.save_position(conn, TENANT, {**facts, **days, "position_id": uid(f"every {role} {path}")})
    return session.issue(PRIVATE, tenant_id=TENANT, person_id=uid("everything"), epoch=1)


def kinds(node: dict[str, Any]) -> set[str]:
    kind = node.get("type", "object")
    return {kind} if isinstance(kind, str) else set(kind)


def filled(path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda place: "1" if place[1] == "version" else str(UUID(int=7)), path)
