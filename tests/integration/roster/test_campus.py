"""Signing in through the campus, against a real OpenID Connect provider on loopback."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
import requests
from flask.testing import FlaskClient

from shared.auth.session import COOKIE
from shared.config import Campus
from tests import services
from tests.integration.roster.campus_server import CLIENT, SECRET, CampusServer, campus_server
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def campus() -> Iterator[CampusServer]:
    with campus_server(sub="opaque", employee="Ｔ001") as server:
        yield server


@pytest.fixture
def roster(database: Callable[[str], str], university: University, campus: CampusServer) -> Iterator[Service]:
    known = Campus(campus.issuer, CLIENT, SECRET, "employee", "zjy")
    made = services.start("roster", database("roster"), campus=known)
    with made.connect() as conn:
        university.fill(conn)
    yield made
    made.app.extensions["pool"].close()


def go(client: FlaskClient, target: str = "/roster/me") -> str:
    """Walk to the provider and give the way back, as a browser does."""
    left = client.get("/roster/sign-in/campus", query_string={"next": target})
    assert left.status_code == 302
    back = requests.get(left.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    assert parts.path == "/roster/sign-in/campus/done"
    return f"{parts.path}?{parts.query}"


def test_whom_the_campus_vouches_for_need_not_change_a_password_that_somebody_set(roster: Service) -> None:
    path = f"/roster/api/people/{uid('T001')}/password"
    assert roster.client(uid("T053")).post(path, json={"password": "4r7k-qz2m-xx9"}).status_code == 204
    client = roster.client()
    assert client.get(go(client)).headers["Location"] == "/roster/me"
    assert client.get("/roster/tasks").status_code == 200
    shown = client.get("/roster/me").text
    assert "现在的密码是他人设置的" in shown
    assert "改好以前不能办理其他事项" not in shown
    assert "改好以前，用学工号和密码登录的，不能办理其他事项" in shown


def test_the_campus_leads_in_and_to_the_page_that_was_wanted(roster: Service, campus: CampusServer) -> None:
    client = roster.client()
    answer = client.get(go(client))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/roster/me")
    assert "王一鸣" in client.get("/roster/me").text
    assert campus.faults == []


def test_the_button_shows_only_where_the_campus_is_connected(
    roster: Service, service: Callable[[str], Service]
) -> None:
    assert "统一身份认证登录" in roster.client().get("/roster/sign-in").text
    alone = service("roster").client()
    assert "统一身份认证登录" not in alone.get("/roster/sign-in").text
    assert alone.get("/roster/sign-in/campus").status_code == 404


def test_somebody_whom_the_roster_does_not_know_is_told_so(roster: Service, campus: CampusServer) -> None:
    campus.claims["employee"] = "X999"
    client = roster.client()
    answer = client.get(go(client))
    assert answer.status_code == 401
    assert "党员名册中没有您的学工号" in answer.text
    assert client.get_cookie(COOKIE) is None


@pytest.mark.parametrize("change", [{"aud": "another"}, {"nonce": "another"}, {"iss": "http://elsewhere"}, {"exp": 1}])
def test_a_falsified_token_leads_nowhere(roster: Service, campus: CampusServer, change: dict[str, object]) -> None:
    campus.changes = change
    client = roster.client()
    answer = client.get(go(client))
    assert answer.status_code == 401
    assert "统一身份认证没有成功" in answer.text
    assert client.get_cookie(COOKIE) is None


def test_an_answer_that_was_not_asked_for_leads_nowhere(roster: Service) -> None:
    client, other = roster.client(), roster.client()
    stolen = go(other)
    assert client.get(stolen).status_code == 401
    assert client.get("/roster/sign-in/campus/done").status_code == 401
    assert client.get("/roster/sign-in/campus/done?error=access_denied").status_code == 401


def test_an_answer_leads_in_once(roster: Service) -> None:
    client = roster.client()
    back = go(client)
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 401


def test_a_campus_that_does_not_answer_leaves_passwords_working(roster: Service) -> None:
    client = roster.client()
    roster.app.extensions["authlib.integrations.flask_client"].campus._server_metadata_url = "http://127.0.0.1:9/"
    assert client.get("/roster/sign-in/campus").status_code == 401
    assert client.get("/roster/sign-in").status_code == 200
