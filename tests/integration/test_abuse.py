"""Abuse of the JSON side and the pages: every service refuses it with a code and a Chinese sentence, unchanged."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from services.roster.session import tickets
from tests.contract.openapi import document, everybody, kinds, operations, resolved
from tests.integration.abuse import SERVICES, contents, entries, faults, writes
from tests.services import Service
from tests.university import uid

LONG = "长" * 10_000


@pytest.fixture
def abused(standing: Callable[[str], Service]) -> Iterator[Callable[[str], tuple[Service, FlaskClient]]]:
    """Give a service and a client who may do everything; afterwards nothing in any table has changed."""
    before: dict[str, tuple[Service, dict[str, str]]] = {}

    def make(name: str) -> tuple[Service, FlaskClient]:
        made = standing(name)
        client = made.client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {everybody(made)}"
        before[name] = made, contents(made)
        return made, client

    yield make
    for made, earlier in before.values():
        assert contents(made) == earlier


SHAPES = {
    "malformed": (b'{"a": ', 400),
    "not utf-8": (b'{"a": "\xff\xfe"}', 400),
    "a key twice": (b'{"name": "a", "name": "b"}', 400),
    "no number": (b'{"places": NaN}', 400),
    "infinite": (b'{"places": -Infinity}', 400),
    "deep": (b"[" * 100_000 + b"]" * 100_000, 400),
    "fairly deep": (b'{"a":' * 60 + b"1" + b"}" * 60, 400),
    "a list": (b"[]", 422),
    "a text": (b'"x"', 422),
    "a number of many digits": (b'{"places": ' + b"9" * 5_000 + b"}", 400),
    "unknown fields": (b'{"__proto__": 1, "tenant_id": "x", "is_admin": true}', 422),
}


@pytest.mark.parametrize("name", SERVICES)
def test_a_body_that_is_no_proper_json_is_refused_everywhere(name: str, abused: Any) -> None:
    made, client = abused(name)
    wrong = []
    for address, method, _ in writes(made):
        for shape, (body, status) in SHAPES.items():
            answer = client.open(address, method=method, data=body, content_type="application/json")
            if fault := faults(answer, status):
                wrong.append(f"{method} {address} {shape}: {fault}")
    assert wrong == []


@pytest.mark.parametrize("name", SERVICES)
def test_another_content_type_is_refused_not_ignored(name: str, abused: Any) -> None:
    made, client = abused(name)
    wrong = []
    for address, method, _ in writes(made):
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml"):
            answer = client.open(address, method=method, data=b'{"reason": "x"}', content_type=kind)
            if fault := faults(answer, 415):
                wrong.append(f"{method} {address} {kind}: {fault}")
    assert wrong == []


@pytest.mark.parametrize("name", SERVICES)
def test_a_body_over_ten_megabytes_is_refused(name: str, abused: Any) -> None:
    made, client = abused(name)
    address, method, _ = next(writes(made))
    answer = client.open(address, method=method, data=b"x" * (10 * 2**20 + 1), content_type="application/json")
    assert faults(answer, 413) == ""


def bad_values(node: dict[str, Any]) -> list[Any]:
    """Give what a field must not take: other kinds, too much, days that are none."""
    found: list[Any] = [{"$gt": ""}] if "object" not in kinds(node) and "properties" not in node else ["x"]
    if "string" in kinds(node) and "enum" not in node and node.get("format") not in {"date", "date-time", "uuid"}:
        found += [7, True, ["x"], LONG]
    if node.get("format") == "uuid":
        found += ["x", "7", 7, "' OR 1=1 --", "00000000-0000-0000-0000-00000000000g"]
    if node.get("format") == "date":
        found += ["2013-02-30", "2013-13-01", "0000-00-00", "２０１３-０４-０１", 20130401, LONG]
    if node.get("format") == "date-time":
        found += ["2013-02-30T10:00:00+08:00", "2013-04-01T25:00:00+08:00", "2013-04-01T10:00:00", 1]
    if "integer" in kinds(node):
        found += [-(10**6), 10**30, 1.5, True, "1_0", "0x10", " ", "1e3"]
    if "boolean" in kinds(node):
        found += ["maybe", 7, []]
    if "array" in kinds(node):
        found += ["x", 7]
    return found


@pytest.mark.parametrize("name", SERVICES)
def test_every_field_refuses_what_it_cannot_hold_and_says_which(name: str, abused: Any) -> None:
    made, client = abused(name)
    found = document(made)
    wrong = []
    for address, method, schema in writes(made):
        for key, node in schema.get("properties", {}).items():
            for value in bad_values(resolved(found, node)):
                answer = client.open(address, method=method, json={key: value})
                named = any(line.startswith(key) for line in (answer.json or {}).get("details", []))
                if (fault := faults(answer, 422)) or not named:
                    wrong.append(f"{method} {address} {key}={str(value)[:40]}: {fault or answer.json}")
    assert wrong == []


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("bad", ["x", "1", "' OR 1=1 --", "../../etc/passwd", "%00", "00000000-0000-0000-0000-0"])
def test_an_id_that_is_none_is_not_found(name: str, bad: str, abused: Any) -> None:
    made, client = abused(name)
    wrong = []
    for path, method, _ in operations(document(made)):
        if "_id}" in path:
            address = re.sub(r"\{\w+\}", bad, path)
            if fault := faults(client.open(address, method=method.upper(), json={}), 404, 405):
                wrong.append(f"{method} {address}: {fault}")
    assert wrong == []


UNSTORABLE = ["a\x00b", "\ud800", "a\udfffb"]


@pytest.mark.parametrize("name", ["roster", "evaluation", "notify"])
def test_a_text_that_no_table_can_hold_is_refused(name: str, abused: Any) -> None:
    _, client = abused(name)
    for address, body, key in entries(name):
        for text in UNSTORABLE:
            given = json.loads(json.dumps(body))
            (given["days"][0] if "days" in given else given)[key] = text
            answer = client.post(address, data=json.dumps(given), content_type="application/json")
            assert faults(answer, 422) == "", (address, text)


@pytest.mark.parametrize("name", SERVICES)
def test_a_foreign_host_header_appears_in_no_answer(name: str, abused: Any) -> None:
    made, client = abused(name)
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "javascript"}
    wrong = []
    for each in made.app.url_map.iter_rules():
        if "GET" in (each.methods or set()) and not each.arguments:
            for browser in (client, made.client()):
                answer = browser.get(each.rule, headers=headers)
                if b"evil.example" in answer.get_data() + str(answer.headers).encode():
                    wrong.append(each.rule)
    assert wrong == []


@pytest.mark.parametrize(
    ("direct", "said", "taken"),
    [
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "10.0.0.1, 198.51.100.7", "198.51.100.7"),
    ],
)
def test_failed_sign_ins_count_by_the_true_address_whatever_the_caller_says_of_itself(
    direct: str, said: str, taken: str, standing: Callable[[str], Service]
) -> None:
    """Only the gateway is believed, and only what it added itself."""
    headers = {"X-Forwarded-For": said}
    with standing("roster").app.test_request_context(headers=headers, environ_overrides={"REMOTE_ADDR": direct}):
        assert tickets.attempt("T001", "", "").address == taken


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é", "eyJhbGciOiJub25lIn0.e30.", "\x7f" * 9_000])
def test_a_token_that_is_none_opens_nothing(name: str, token: str, standing: Callable[[str], Service]) -> None:
    client = standing(name).client()
    answer = client.get(f"/{name}/api/tasks", headers={"Authorization": f"Bearer {token}"})
    assert faults(answer, 401) == ""


def test_an_id_of_nobody_is_named_nowhere_in_the_refusal(standing: Callable[[str], Service]) -> None:
    made = standing("evaluation")
    answer = made.client(uid("T003")).get(f"/evaluation/api/findings/{UUID(int=7)}")
    assert faults(answer, 404) == ""
    assert str(UUID(int=7)) not in answer.text
