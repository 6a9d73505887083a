"""The pages of sign-in: the cookie, where one is led, and one's own record."""

from collections.abc import Callable

import pytest

from services.roster.session import commands, passwords
from shared.auth.session import COOKIE
from tests import services
from tests.client import Answer, Client
from tests.rows import one
from tests.services import Service
from tests.university import TENANT, University

GOOD = "闪光-2013-春"


@pytest.fixture
def roster(service: Callable[[str], Service], university: University) -> Service:
    made = service("roster")
    with made.connect() as conn:
        commands.set_password(conn, TENANT, university.people["尤文静"], GOOD)
    return made


def give(roster: Service, university: University) -> None:
    answer = roster.client(university.people["卫管理"]).post(
        f"/roster/api/people/{university.people['尤文静']}/password", json={"password": GOOD}
    )
    assert answer.status_code == 204


def sign_in(roster: Service, password: str = GOOD, **more: str) -> tuple[Client, Answer]:
    client = roster.client()
    return client, client.post("/roster/sign-in", data={"number": "T003", "password": password, **more})


def test_signing_in_sets_a_cookie_that_scripts_and_foreign_pages_cannot_use(roster: Service) -> None:
    client, answer = sign_in(roster, next="/evaluation/register/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/evaluation/register/")
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith(f"{COOKIE}=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "尤文静" in client.get("/roster/me").text


def test_the_cookie_is_secure_where_the_address_is(
    database: Callable[[str], str], roster: Service, university: University
) -> None:
    secure = services.start("roster", roster.url, secure=True)
    try:
        _, answer = sign_in(secure)
        assert any("Secure" in line for line in answer.headers.getlist("Set-Cookie") if line.startswith(f"{COOKIE}="))
    finally:
        secure.app.extensions["pool"].close()


def test_a_foreign_target_is_not_followed(roster: Service) -> None:
    assert sign_in(roster, next="//example.org/")[1].headers["Location"] == "/roster/"


def test_a_failure_is_shown_above_the_form_and_stays_counted(roster: Service) -> None:
    client, answer = sign_in(roster, password="falsch-falsch")
    assert answer.status_code == 401
    assert 'data-code="sign_in_failed"' in answer.text
    assert 'value="T003"' in answer.text
    assert client.get_cookie(COOKIE) is None
    with roster.connect() as conn:
        assert conn.execute("SELECT count(*) FROM sign_in_failure").fetchone() == (2,)


def test_who_has_a_password_from_somebody_else_is_asked_for_a_new_one(roster: Service, university: University) -> None:
    give(roster, university)
    client, answer = sign_in(roster)
    assert answer.headers["Location"] == "/roster/me#password"
    assert client.get("/roster/tasks").headers["Location"] == "/roster/me#password"
    assert "改好以前不能办理其他事项" in client.get("/roster/me").text
    assert "卫管理设置或重置过您的密码" in client.get("/roster/me").text
    changed = client.post("/roster/me/password", data={"current": GOOD, "new": "我自己的密码-1"})
    assert (changed.status_code, changed.headers["Location"]) == (303, "/roster/")
    assert client.get("/roster/tasks").status_code == 200
    shown = client.get("/roster/me").text
    assert "改好以前不能办理其他事项" not in shown
    assert "请改成新密码" not in shown
    assert "改成了现在的密码" in shown
    assert "卫管理设置或重置过您的密码" in shown  # what was done with one's password stays in sight


def test_after_the_new_password_one_comes_to_where_one_wanted_to_go(roster: Service, university: University) -> None:
    give(roster, university)
    client, answer = sign_in(roster, next="/evaluation/register/")
    assert answer.headers["Location"] == "/roster/me?next=%2Fevaluation%2Fregister%2F#password"
    shown = client.get(answer.headers["Location"])
    assert 'name="next" value="/evaluation/register/"' in shown.text
    assert shown.headers["Referrer-Policy"] == "strict-origin"
    form = {"current": GOOD, "new": "我自己的密码-1", "next": "/evaluation/register/"}
    assert client.post("/roster/me/password", data=form).headers["Location"] == "/evaluation/register/"


def test_a_changed_password_leads_to_no_foreign_page(roster: Service, university: University) -> None:
    give(roster, university)
    client, _ = sign_in(roster)
    form = {"current": GOOD, "new": "我自己的密码-1", "next": "//example.org/"}
    assert client.post("/roster/me/password", data=form).headers["Location"] == "/roster/"


def test_signing_out_takes_the_cookie_away(roster: Service) -> None:
    client, _ = sign_in(roster)
    assert client.post("/roster/sign-out").headers["Location"] == "/"
    assert client.get_cookie(COOKIE) is None


def test_signing_out_everywhere_ends_the_other_device_too(roster: Service) -> None:
    (phone, _), (desk, _) = sign_in(roster), sign_in(roster)
    assert phone.post("/roster/me/sign-out-everywhere").status_code == 303
    assert desk.get("/roster/me").headers["Location"].startswith("/roster/sign-in")


def flood(roster: Service) -> None:
    """Let so much fail at this address that it must pause."""
    for index in range(100):
        client = roster.client()
        client.post("/roster/sign-in", data={"number": f"X{index}", "password": "falsch-falsch"})


def test_a_flood_from_an_address_holds_up_new_devices_half_a_minute_and_known_ones_not_at_all(
    roster: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole campus may share an address, and somebody in it may wish the others ill."""
    monkeypatch.setattr(passwords, "matches", lambda kept, password: kept is not None and password == GOOD)
    known, _ = sign_in(roster)
    known.post("/roster/sign-out")
    flood(roster)
    assert sign_in(roster)[1].status_code == 429
    again = known.post("/roster/sign-in", data={"number": "T003", "password": GOOD})
    assert again.status_code == 303
    other = known.post("/roster/sign-in", data={"number": "T001", "password": "falsch-falsch"})
    assert other.status_code == 429  # known to one person only
    with roster.connect() as conn:
        conn.execute("UPDATE sign_in_failure SET last_at = last_at - interval '30 seconds'")
    assert sign_in(roster)[1].status_code == 303


def test_a_known_device_guesses_no_faster(roster: Service) -> None:
    client, _ = sign_in(roster)
    wrong = {"number": "T003", "password": "falsch-falsch"}
    assert [client.post("/roster/sign-in", data=wrong).status_code for _ in range(6)] == [401] * 5 + [429]


def test_what_a_device_keeps_names_nobody_and_goes_to_sign_in_alone(roster: Service) -> None:
    _, answer = sign_in(roster)
    (kept,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("shanguang_device=")]
    assert "Path=/roster/sign-in" in kept
    assert "HttpOnly" in kept
    assert "T003" not in kept


def test_old_failures_are_forgotten_by_time_alone(roster: Service) -> None:
    sign_in(roster, password="falsch-falsch")
    with roster.connect() as conn:
        conn.execute("UPDATE sign_in_failure SET last_at = last_at - interval '25 hours'")
        (moment,) = one(conn.execute("SELECT now()"))
    roster.due(moment)
    with roster.connect() as conn:
        assert conn.execute("SELECT count(*) FROM sign_in_failure").fetchone() == (0,)


def test_the_page_of_sign_in_does_not_say_where_it_leads_when_it_asks_for_anything(roster: Service) -> None:
    """R-130: a ballot's booth sends people here, and which page a request comes from may be logged."""
    answer = roster.client().get("/roster/sign-in", query_string={"next": "/ballot/box/1"})
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert roster.client().get("/roster/").headers["Referrer-Policy"] == "same-origin"
