"""What tests send to pages that makes no sense, and which fields and parameters a page reads at all.

Of all that could be sent to a page each day takes some; `NONSENSE_SEED=2026-11-22` takes again what a day took, and
`NONSENSE=all` takes all.
"""

import io
import os
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import uuid4

import flask
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

T = TypeVar("T")
SEED = os.environ.get("NONSENSE_SEED") or str(datetime.now(UTC).date())
ALL = os.environ.get("NONSENSE") == "all"
SOME = 12
"""So many of all that a page can be sent are sent in one run, unless all are."""
AGAIN = "everything was sent" if ALL else f"sent again by NONSENSE_SEED={SEED}"
LONG = "长" * 5_000
TEXTS = (
    "", " ", "x", "7", "-1", "1_0", "9" * 60, "1e9", "NaN", "true", "null", "[]", "{}", "2013Q5", "2013年",
    "2013-02-30", "0000-00-00", "2013-04-01T99:99", "２０１３-０４-０１", "a\x00b", "\u202e\ufeff",
    "' OR 1=1 --", "../../etc/passwd", "%s%n", "{{ 7*7 }}", "https://evil.example/", "//evil.example", LONG,
    "00000000-0000-0000-0000-000000000007",
)  # fmt: skip
"""Values of no field, or of the wrong one."""
BROKEN = ("%FF%FE", "%C3%28", "%ED%A0%80", "%00", "%")
"""What is not UTF-8 when it is decoded, or cannot be decoded."""
PLACE = re.compile(r"<(?:(\w+)(?:\(([^)]*)\))?:)?(\w+)>")


class Reads:
    """Which names each page has asked its query and its form for."""

    def __init__(self) -> None:
        self.args: dict[str, set[str]] = {}
        self.form: dict[str, set[str]] = {}

    def note(self, name: object) -> None:
        """Note a name that a page asked for; whether of query or form follows from the method."""
        if flask.has_request_context() and isinstance(name, str):
            found = self.args if flask.request.method == "GET" else self.form
            found.setdefault(flask.request.endpoint or "", set()).add(name)


def _storage(reads: Reads) -> type[ImmutableMultiDict[str, str]]:
    class Noted(ImmutableMultiDict[str, str]):
        def __getitem__(self, key: str) -> Any:
            reads.note(key)
            return super().__getitem__(key)

        def __contains__(self, key: object) -> bool:
            reads.note(key)
            return super().__contains__(key)

        def get(self, key: Any, default: Any = None, type: Any = None) -> Any:  # type: ignore[override]
            reads.note(key)
            return super().get(key, default, type)

        def getlist(self, key: Any, type: Any = None) -> Any:
            reads.note(key)
            return super().getlist(key, type)

    return Noted


@contextmanager
def noted(app: Flask) -> Iterator[Reads]:
    """Note what pages ask for while the `with` lasts."""
    reads, before = Reads(), app.request_class
    app.request_class = type("Request", (before,), {"parameter_storage_class": _storage(reads)})
    try:
        yield reads
    finally:
        app.request_class = before


def pages(app: Flask, service: str, method: str) -> list[Rule]:
    """Give the routes of a service's pages with a method."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or set())
        and rule.rule.startswith(f"/{service}/")
        and not rule.rule.startswith(f"/{service}/api")
    ]


def address(rule: Rule, known: dict[str, list[str]] | None = None) -> str:
    """Fill a route with ids: some that exist, or one that nobody has."""

    def fill(place: re.Match[str]) -> str:
        converter, choices, name = place.groups()
        if converter == "any":
            return str(choices.split(",")[0].strip())
        ids = (known or {}).get(name)
        return ids[0] if ids else {"uuid": str(uuid4()), "int": "1"}.get(converter or "", "x")

    return PLACE.sub(fill, rule.rule)


def some(given: Iterator[T], page: str) -> list[T]:
    """Choose what a page is sent today."""
    found = list(given)
    return found if ALL else random.Random(f"{SEED} {page}").sample(found, min(SOME, len(found)))


def forms(names: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give nonsense for a form with these fields, as what a client's `post` takes, with a word for the kind."""
    yield "nothing", {"data": {}}
    yield "unknown", {"data": {"__proto__": "1", "tenant_id": "x", "is_admin": "on"}}
    yield "not a form", {"data": b"\x00\xff{", "content_type": "application/octet-stream"}
    yield "json", {"json": dict.fromkeys(names, "x")}
    yield "broken multipart", {"data": b"--x\r\nContent-Dis", "content_type": "multipart/form-data; boundary=x"}
    for text in TEXTS:
        yield f"all {text[:12]!r}", {"data": dict.fromkeys(names, text)}
    for name in sorted(names):
        yield f"file as {name}", {"data": {name: (io.BytesIO(b"\xff\xd8\x00" * 50), "\u202ex.xlsx")}}
        yield f"{name} alone", {"data": {name: "a\x00b"}}
        yield f"{name} doubled", {"data": {name: ["x", "", "9" * 60]}}
    for text in BROKEN:
        body = "&".join(f"{quote(name)}={text}" for name in sorted(names)) or text
        yield f"broken {text}", {"data": body, "content_type": "application/x-www-form-urlencoded"}


def queries(names: set[str]) -> Iterator[str]:
    """Give nonsense for a query with these parameters: each alone and doubled, and all at once."""
    for name in sorted(names):
        for text in (*(quote(each) for each in TEXTS), *BROKEN):
            yield f"{quote(name)}={text}"
        yield f"{quote(name)}=x&{quote(name)}=y"
        yield f"{quote(name)}[]=x"
    for text in (quote("a\x00b"), "%FF", "x"):
        yield "&".join(f"{quote(name)}={text}" for name in sorted(names))


def learn(app: Flask, client: FlaskClient, rules: list[Rule], method: str, known: Any = None) -> dict[str, set[str]]:
    """Ask every page once with nothing, and give the names that each asked for."""
    with noted(app) as reads:
        for rule in rules:
            client.open(address(rule, known), method=method)
    found = reads.args if method == "GET" else reads.form
    return {rule.endpoint: found.get(rule.endpoint, set()) - {"_request", "csrf_token"} for rule in rules}
