"""What may be written where, what a refusal must say, and what a service holds that a refusal must not change."""

import re
from collections.abc import Iterator
from typing import Any

from psycopg import sql

from tests.contract.openapi import ENDS_THE_PLAYER, document, filled, operations, resolved
from tests.services import Service
from tests.university import uid

SERVICES = ("roster", "pledge", "evaluation", "ballot", "notify")
KEPT_APART = {"request", "audit"}
CHINESE = re.compile(r"[\u4e00-\u9fff].*[。！]$")
CODE = re.compile(r"^[a-z][a-z_]*$")


def contents(service: Service) -> dict[str, str]:
    """Give a digest of every table but those that remember requests."""
    with service.connect() as conn:
        names = conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        found = {}
        for (name,) in names:
            statement = sql.SQL("SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {} t")
            row = conn.execute(statement.format(sql.Identifier(name))).fetchone()
            assert row is not None
            found[name] = row[0]
    return {name: digest for name, digest in found.items() if name not in KEPT_APART}


def faults(answer: Any, *statuses: int) -> str:
    """Say what is wrong with a refusal, or nothing."""
    if answer.status_code not in statuses:
        return f"{answer.status_code}, not one of {statuses}"
    body = answer.json or {}
    if set(body) != {"code", "message", "details"}:
        return f"not a refusal: {body}"
    if not CODE.match(body["code"]) or not CHINESE.search(body["message"]):
        return f"neither code nor sentence: {body}"
    return ""


def writes(service: Service) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give every write with a JSON body: address, method, the schema of the body."""
    found = document(service)
    for path, method, operation in operations(found):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if body and not ENDS_THE_PLAYER.search(path):
            yield filled(path), method.upper(), resolved(found, body["schema"])


def entries(name: str) -> list[tuple[str, dict[str, Any], str]]:
    """Give writes that succeed, and the text in them."""
    deed = {"period": "2013Q1", "aspects": ["带头学习提高"], "type": "做过的事", "declared": True}
    organization = {"kind": "branch", "code": "new", "parent_id": str(uid("zjy/jin"))}
    found: dict[str, list[tuple[str, dict[str, Any], str]]] = {
        "roster": [("/roster/api/organizations", organization, "name")],
        "evaluation": [("/evaluation/api/deeds", deed, "text")],
        "notify": [("/notify/api/calendar", {"days": [{"day": "2013-05-02", "working": False}]}, "note")],
    }
    return found[name]
