"""Every write there is, filled with ids that exist and bodies that make sense: what a stranger would send."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared import clock, period
from shared.auth import Permission, Reach, session
from shared.directory import store
from shared.directory.domain import Role
from tests import nonsense
from tests.contract.openapi import document, operations, resolved
from tests.integration.test_permissions import views
from tests.services import PRIVATE, Service
from tests.university import TENANT, person, uid

OFFICERS = (Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER)
ABOVE = (
    *(Role.GENERAL_BRANCH_SECRETARY, Role.GENERAL_BRANCH_CLERK),
    *(Role.DISCIPLINE_OFFICER, Role.ORGANIZATION_DEPARTMENT),
)
OWN = re.compile(
    r"/me/|/sign-(in|out)$|/meetings/<uuid:meeting_id>/leave$|/messages/read$|/portrait(/remove)?/?$"
    r"|^/evaluation/(api/deeds|register/)$|^/pledge/(api/)?pledges/?$|/imports?/?$"
)
"""What everybody does in the own name and at home; and uploads, whose rows are judged one by one in their own tests."""

BRANCH = "zjy/jin/jg"
"""Whose matters are sent; who belongs to it is a stranger to what is another member's own."""
ALONE = "alone"
"""A name in a form: it is sent as it is, nothing beside it."""


@dataclass(frozen=True)
class Stranger:
    """Somebody with every office, but elsewhere."""

    name: str
    number: str
    home: str
    offices: tuple[tuple[Role, str], ...] = ()

    def holds(self, permission: Permission) -> bool:
        """Say whether the permission's table names anything that this person is."""
        return bool(self._roles() & set(permission.grants))

    def concerned(self, permission: Permission) -> bool:
        """Say whether the permission's table leaves the branch's matters closed to this person."""
        near = {Reach.TENANT, Reach.OWN} if self.home == BRANCH else {Reach.TENANT}
        wide = {role for role, reach in permission.grants.items() if reach in near}
        return not permission.public and not self._roles() & wide

    def _roles(self) -> set[Role]:
        return {role for role, _ in self.offices} | {Role.ANYONE, Role.MEMBER}


STRANGERS = (
    Stranger("支委，同一党总支的另一支部", "F001", "zjy/jin/xs", tuple((role, "zjy/jin/xs") for role in OFFICERS)),
    Stranger(
        "另一党总支的一切职务", "F002", "zjy/kuai/jg",
        (*((role, "zjy/kuai/jg") for role in OFFICERS), *((role, "zjy/kuai") for role in ABOVE)),
    ),
    Stranger("直属党支部的支委", "F003", "zjy/tsg", tuple((role, "zjy/tsg") for role in OFFICERS)),
    Stranger("另一支部的党员", "F004", "zjy/jin/xs"),
    Stranger("同一支部的另一党员", "F005", BRANCH),
)  # fmt: skip


@contextmanager
def among(service: Service) -> Iterator[None]:
    """Let a service know the strangers while the `with` lasts."""
    with service.connect() as conn:
        for order, one in enumerate(STRANGERS):
            store.save_person(conn, TENANT, person(one.name, one.number, one.home, 95 + order))
            for role, path in one.offices:
                facts = {"person_id": uid(one.number), "organization_id": uid(path), "role": role, "version": 1}
                days = {"starts_on": date(2010, 1, 1), "ends_on": None}
                store.save_position(conn, TENANT, {**facts, **days, "position_id": uid(f"{one.number} {role} {path}")})
    yield
    numbers = [uid(one.number) for one in STRANGERS]
    with service.connect() as conn:
        conn.execute("DELETE FROM position WHERE person_id = ANY(%s)", [numbers])
        conn.execute("DELETE FROM person WHERE id = ANY(%s)", [numbers])


def client(service: Service, one: Stranger) -> Any:
    """Give a stranger's browser, which has the token in both places."""
    made = service.client()
    token = session.issue(PRIVATE, tenant_id=TENANT, person_id=uid(one.number), epoch=1)
    made.set_cookie(session.COOKIE, token)
    made.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return made


@dataclass(frozen=True)
class Write:
    """One request that changes something of the branch."""

    rule: str
    method: str
    address: str
    permission: Permission
    sent: dict[str, Any]
    missing: set[str]
    """the arguments for which nothing exists"""
    file: bool
    """whether a file is asked for"""

    def by(self, sender: Any) -> Any:
        """Send it, and give the answer."""
        given = dict(self.sent)
        if self.file:
            form = {**given.get("data", {}), "file": (io.BytesIO(b"%PDF-1.7 a paper"), "a.pdf")}
            given = {"data": form, "content_type": "multipart/form-data"}
        return sender.open(self.address, method=self.method, **given)

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


class Writes:
    """All writes of a service about what a branch really has."""

    def __init__(self, service: Service, ids: dict[str, list[str]], bodies: dict[str, dict[str, Any]]) -> None:
        self.service = service
        self.ids = ids | {"person_id": [str(uid("T003"))], "organization_id": [str(uid(BRANCH))]}
        self.bodies = bodies
        self.document = document(service)
        self.rules = [each for each in views(service) if each[1] != "GET" and not OWN.search(each[0].rule)]
        pages = [rule for rule, _, _ in self.rules if "/api/" not in rule.rule]
        self.asked = nonsense.learn(service.app, service.client(uid("T001")), pages, "POST")
        self.properties = {
            name: node
            for schema in self.document["components"]["schemas"].values()
            for name, node in schema.get("properties", {}).items()
        }

    def __iter__(self) -> Iterator[Write]:
        json = {(path.replace("{", "<").replace("}", ">"), how): op for path, how, op in operations(self.document)}
        for rule, method, permission in self.rules:
            bare = nonsense.PLACE.sub(lambda place: f"<{place[3]}>", rule.rule)
            operation = json.get((bare, method.lower()))
            sent = self._json(operation)
            if "/api/" not in rule.rule:
                path = bare.replace(f"/{self.service.name}/", f"/{self.service.name}/api/").rstrip("/")
                twin = self._json(json.get((path, "post")) or json.get((path, "put"))).get("json", {})
                sent = {"data": self._form(self.asked[rule.endpoint], twin)}
            kind = next(iter(sent), "")
            body = self.bodies.get(bare, {})
            sent = {kind: body if ALONE in body else sent[kind] | body} if sent else {}
            missing = {name for name in rule.arguments if name.endswith("_id") and not self.ids.get(name)}
            asks = operation or {}
            file = "file" in self.asked.get(rule.endpoint, ()) or "multipart/form-data" in _contents(asks)
            yield Write(bare, method, nonsense.address(rule, self.ids), permission, sent, missing, file)

    def _json(self, operation: dict[str, Any] | None) -> dict[str, Any]:
        content = _contents(operation or {}).get("application/json")
        return {"json": self._value("", content["schema"])} if content else {}

    def _form(self, names: set[str], twin: dict[str, Any]) -> dict[str, Any]:
        """Fill a form with what the JSON side of the same command takes, and the names that only the page reads."""
        guessed = {name: self._value(name, self.properties.get(name, {"type": "string"})) for name in sorted(names)}
        # A browser sends texts, and times as they are here.
        return {
            name: value[:16] if name.endswith("_at") else value
            for name, value in {**guessed, **twin}.items()
            if not isinstance(value, dict)
        }

    def _value(self, name: str, node: dict[str, Any]) -> Any:
        node = resolved(self.document, node)
        if node.get("format") == "uuid":
            return (self.ids.get(name) or [str(uid("T003"))])[0]
        if "enum" in node:
            return next(choice for choice in node["enum"] if choice is not None)
        kinds = node.get("type", "object")
        kind = kinds if isinstance(kinds, str) else next(each for each in kinds if each != "null")
        match kind:
            case "object":
                fields = node.get("properties", {})
                needed = {*node.get("required", ()), *(key for key in fields if key.endswith(("_id", "_ids")))}
                return {key: self._value(key, fields[key]) for key in sorted(needed)}
            case "array":
                return [self._value(name.removesuffix("s"), node["items"])]
            case "boolean":
                return True
            case "integer":
                return max(1, int(node.get("minimum", 1)))
            case _:
                return _text(name, node)


def _text(name: str, node: dict[str, Any]) -> str:
    if name == "period":
        return period.of(clock.today())
    days = {"date": clock.today().isoformat(), "date-time": clock.now().isoformat()}
    return days.get(node.get("format", ""), "内容如实填写")


def _contents(operation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    return found
