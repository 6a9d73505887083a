"""The role matrix: every route names its permission, and each role gets past exactly the doors of its row.

How far a role reaches, past the door, is tested with real matters: `tests/flow/test_foreign_hands.py` for what changes
something, `tests/flow/test_foreign_eyes.py` for what only reads.
"""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.routing import Rule

from shared.auth import Permission
from shared.directory import store
from shared.directory.domain import HELD, Role
from tests.services import Service
from tests.university import TENANT, person, uid

ROOT = Path(__file__).parent.parent.parent
SERVICES = ("roster", "pledge", "evaluation", "ballot", "notify")
IMPLIED = {Role.MEMBER: "formal", Role.ACTIVIST: "activist", Role.STAFF: "nonparty"}
PLACE = re.compile(r"<(?:(\w+)(?:\(([^)]*)\))?:)?\w+>")
OUTSIDE_THE_DOORS = {"static", "bootstrap.static", "api-docs.openapi_json", "box_pages.static"}


def views(service: Service) -> Iterator[tuple[Rule, str, Permission]]:
    """Give every route and method with its permission."""
    for rule in service.app.url_map.iter_rules():
        if rule.endpoint in OUTSIDE_THE_DOORS:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, permission_of(service, rule, method)


def permission_of(service: Service, rule: Rule, method: str) -> Permission:
    view: Any = service.app.view_functions[rule.endpoint]
    if hasattr(view, "view_class"):
        view = getattr(view.view_class, method.lower())
    while view is not None and not hasattr(view, "permission"):
        view = getattr(view, "__wrapped__", None)
    assert view is not None, f"{rule.rule} {method} names no permission"
    found: Permission = view.permission
    return found


def address(rule: Rule) -> str:
    """Fill a route with ids that nobody has, and with the first of the words between which it lets choose."""
    return PLACE.sub(_filled, rule.rule)


def _filled(place: re.Match[str]) -> str:
    converter, choices = place[1], place[2]
    return (
        choices.split(",")[0].strip() if converter == "any" else {"uuid": str(uuid4()), "int": "1"}.get(converter, "x")
    )


def player(service: Service, role: Role) -> Any:
    """Give a client of somebody who holds exactly this role (and what follows from being a person)."""
    number = f"R{role}"
    standing = IMPLIED.get(role, "nonparty")
    with service.connect() as conn:
        store.save_person(conn, TENANT, person("演员", number, "zjy/jin/jg", 90, standing=standing))
        if role in HELD:
            facts = {"person_id": uid(number), "organization_id": uid("zjy/jin/jg"), "role": role, "version": 1}
            days = {"starts_on": date(2010, 1, 1), "ends_on": None}
            store.save_position(conn, TENANT, {**facts, **days, "position_id": uid(f"position {role}")})
    return service.client(uid(number))


def row(role: Role) -> set[Role]:
    return {role, Role.ANYONE} | ({Role.STAFF} if role in HELD or role is Role.ANYONE else set())


@pytest.mark.parametrize("name", SERVICES)
def test_every_route_names_a_permission_of_its_service_s_table(name: str, standing: Callable[[str], Service]) -> None:
    table = {
        each.name
        for module in (f"services.{name}.permissions", "shared.web.tasks", "shared.web.health")
        for _, each in inspect.getmembers(importlib.import_module(module))
        if isinstance(each, Permission)
    }
    strays = [f"{rule.rule} {method}" for rule, method, found in views(standing(name)) if found.name not in table]
    assert not strays


@pytest.mark.parametrize("name", SERVICES)
def test_each_role_gets_past_exactly_the_doors_of_its_row(name: str, standing: Callable[[str], Service]) -> None:
    made = standing(name)
    # What ends the player's own sign-ins comes last.
    routes = sorted(views(made), key=lambda route: "sign-out" in route[0].rule)
    wrong = []
    for role in [*IMPLIED, *HELD]:
        client = player(made, role)
        for rule, method, permission in routes:
            status = client.open(address(rule), method=method).status_code
            allowed = permission.public or bool(row(role) & set(permission.grants))
            # A door that lets through answers 404 (nobody has the id), 422 (no body) or the page itself.
            passed = status != 403 or (allowed and own_refusal(rule, status))
            if passed != allowed or status >= 500:
                wrong.append(f"{role} {method} {rule.rule}: {status}, the table says {'yes' if allowed else 'no'}")
    assert not wrong


def own_refusal(rule: Rule, status: int) -> bool:
    """A collection may refuse the organisation that a query leaves out; a door never looks at one."""
    return status == 403 and "<" not in rule.rule


@pytest.mark.parametrize("name", SERVICES)
def test_nobody_gets_in_without_signing_in_but_by_a_public_door(name: str, standing: Callable[[str], Service]) -> None:
    made = standing(name)
    wrong = []
    for rule, method, permission in views(made):
        status = made.client().open(address(rule), method=method).status_code
        turned_away = status == 401 or (status == 302 and method == "GET")
        if not permission.public and not turned_away:
            wrong.append(f"{method} {rule.rule}: {status}")
    assert not wrong


@pytest.mark.parametrize("name", SERVICES)
def test_a_permission_is_public_or_given_to_somebody(name: str) -> None:
    """A permission is either public or granted to somebody: a row that nobody can use is a defect."""
    module = importlib.import_module(f"services.{name}.permissions")
    rows = [each for _, each in inspect.getmembers(module) if isinstance(each, Permission)]
    assert [each.name for each in rows if each.public == bool(each.grants)] == []
    assert len({each.name for each in rows}) == len({id(each) for each in rows})


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_page_can_do_the_json_side_can_do_under_the_same_permission(
    name: str, standing: Callable[[str], Service]
) -> None:
    """Both doors lead to the same commands; neither is wider than the other."""
    pages: set[str] = set()
    api: set[str] = set()
    for rule, method, permission in views(standing(name)):
        if method != "GET":
            (api if rule.rule.startswith(f"/{name}/api/") else pages).add(permission.name)
    assert pages - api == set()
