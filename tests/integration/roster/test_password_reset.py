"""A password that somebody else set: the person is told, and nothing opens with it but the way to an own one."""

from collections.abc import Callable

import pytest

from shared.auth import session
from shared.events.roster import PasswordReset
from tests import services
from tests.integration.test_permissions import SERVICES, address, views
from tests.rows import one
from tests.services import Service
from tests.university import TENANT, uid

FIRST, OWN = "4r7k-qz2m-xx9", "我自己的密码-1"


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    made = service("roster")
    path = f"/roster/api/people/{uid('T003')}/password"
    assert made.client(uid("T042")).post(path, json={"password": FIRST}).status_code == 204
    return made


def enter(roster: Service, password: str = FIRST) -> dict[str, str]:
    answer = roster.client().post("/roster/api/sessions", json={"number": "T003", "password": password})
    assert answer.status_code == 201
    return {"Authorization": f"Bearer {answer.json['token']}"}


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_opens_anywhere_before_an_own_password_is_made(name: str, standing: Callable[[str], Service]) -> None:
    """R-130: a clerk who sets a member's password must not vote in the member's name with it."""
    made = standing(name)
    token = session.issue(services.PRIVATE, tenant_id=TENANT, person_id=uid("T053"), epoch=1, must_change=True)
    wrong = []
    for rule, method, permission in views(made):
        client = made.client()
        client.set_cookie(session.COOKIE, token)
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        if permission.public or permission.early:
            continue
        answer = client.open(address(rule), method=method)
        led = (answer.status_code, answer.headers.get("Location")) == (302, "/roster/me#password")
        if not led and (answer.status_code != 403 or "请先改成自己的密码" not in answer.text):
            wrong.append(f"{method} {rule.rule}: {answer.status_code}")
    assert wrong == []


def test_only_the_own_record_and_password_are_early(standing: Callable[[str], Service]) -> None:
    early = {permission.name for name in SERVICES for _, _, permission in views(standing(name)) if permission.early}
    assert early == {"me.read", "me.change"}


def test_with_an_own_password_everything_opens(roster: Service) -> None:
    client, given = roster.client(), enter(roster)
    refused = client.get("/roster/api/organizations", headers=given)
    assert (refused.status_code, refused.json["code"]) == (403, "password_to_change")
    assert client.get("/roster/api/me", headers=given).json["must_change"] is True
    changed = client.post("/roster/api/me/password", json={"current": FIRST, "new": OWN}, headers=given)
    assert changed.json["must_change"] is False
    own = {"Authorization": f"Bearer {changed.json['token']}"}
    assert client.get("/roster/api/organizations", headers=own).status_code == 200
    assert client.get("/roster/api/organizations", headers=enter(roster, OWN)).status_code == 200


def test_nobody_sets_a_password_for_another_that_may_stay(roster: Service) -> None:
    path = f"/roster/api/people/{uid('T003')}/password"
    answer = roster.client(uid("T053")).post(path, json={"password": FIRST, "must_change": False})
    assert answer.status_code == 422


def test_who_set_it_and_when_stays_in_sight_of_the_person(roster: Service) -> None:
    given = enter(roster)
    changed = roster.client().post("/roster/api/me/password", json={"current": FIRST, "new": OWN}, headers=given)
    own = {"Authorization": f"Bearer {changed.json['token']}"}
    shown = roster.client().get("/roster/api/me", headers=own).json
    assert shown["password_reset_by"] == "冯文员"
    assert shown["password_reset_at"] is not None


def test_each_reset_is_told_and_carries_no_secret(roster: Service) -> None:
    (told,) = roster.told("password.reset")
    assert PasswordReset().load(told["data"]) == {"person_id": uid("T003"), "by_id": uid("T042")}
    assert FIRST not in str(roster.told())
    with roster.connect() as conn:
        assert one(conn.execute("SELECT count(*) FROM account WHERE must_change")) == (1,)


def test_an_own_change_is_not_told(roster: Service) -> None:
    roster.client().post("/roster/api/me/password", json={"current": FIRST, "new": OWN}, headers=enter(roster))
    assert len(roster.told("password.reset")) == 1
