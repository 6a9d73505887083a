"""Initial passwords for a branch: who is given one, that it opens nothing but an own one, and that nothing keeps it."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from psycopg import sql

from services.roster.first_password import commands, rules
from services.roster.first_password.domain import Slips, Whom
from services.roster.permissions import SET_PASSWORD
from services.roster.session import commands as sessions
from services.roster.session import passwords
from shared import clock
from shared.auth import Viewer
from shared.auth.viewer import load
from shared.db import Connection
from shared.errors import NotAllowed
from tests.rows import one
from tests.services import Service
from tests.university import TENANT, uid

CLERK, ADMINISTRATOR, SECRETARY = "T042", "T053", "T001"
GENERAL, TEACHERS, STUDENTS = "zjy/jin", "zjy/jin/jg", "zjy/jin/xs"
OWN = "我自己的密码-1"


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    return service("roster")


def viewer(conn: Connection, number: str) -> Viewer:
    return load(conn, TENANT, uid(number), 1, clock.today())


def make(roster: Service, place: str = STUDENTS, whom: Whom = Whom.WITHOUT, by: str = CLERK) -> Slips:
    with roster.connect() as conn:
        return commands.make(conn, viewer(conn, by), SET_PASSWORD, uid(place), whom)


def by_number(made: Slips) -> dict[str, str]:
    return {slip.number: slip.password for slip in made.slips}


def sign_in(roster: Service, number: str, password: str) -> Any:
    return roster.client().post("/roster/api/sessions", json={"number": number, "password": password})


def own_password(roster: Service, number: str, password: str = OWN) -> None:
    with roster.connect() as conn:
        sessions.set_password(conn, TENANT, uid(number), password)


def numbers(roster: Service, place: str, by: str) -> tuple[int, int, list[str]]:
    with roster.connect() as conn:
        found = commands.overview(conn, viewer(conn, by), SET_PASSWORD, uid(place))
    return found.without, found.unused, [each.number for each in found.higher]


def everything(roster: Service) -> str:
    """Give every row of every table as a text."""
    with roster.connect() as conn:
        names = conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = [conn.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name))) for (name,) in names]
        return str([row for found in rows for row in found])


def test_each_slip_opens_the_way_to_an_own_password_and_nothing_else(roster: Service) -> None:
    """R-130: a password that a clerk has seen opens neither a ballot nor anything else."""
    given = by_number(make(roster))
    assert list(given) == ["S001", "S002", "S003", "S011"], "in the order of 姓氏笔画"
    for number, password in given.items():
        answer = sign_in(roster, number, password)
        assert (answer.status_code, answer.json["must_change"]) == (201, True)
        bearer = {"Authorization": f"Bearer {answer.json['token']}"}
        refused = roster.client().get("/roster/api/organizations", headers=bearer)
        assert refused.json["code"] == "password_to_change"
        changed = roster.client().post(
            "/roster/api/me/password", json={"current": password, "new": OWN + number}, headers=bearer
        )
        assert changed.json["must_change"] is False
    assert numbers(roster, STUDENTS, CLERK) == (0, 0, [])


def test_the_branches_below_are_covered_and_who_stands_beside_the_clerk_is_left_to_the_administrator(
    roster: Service,
) -> None:
    """R-026"""
    assert numbers(roster, GENERAL, CLERK) == (13, 0, ["T041"])
    made = by_number(make(roster, GENERAL))
    assert SECRETARY in made, "a secretary of a branch below"
    assert "T041" not in made
    assert len(made) == 13
    assert numbers(roster, GENERAL, ADMINISTRATOR) == (1, 13, [])
    assert list(by_number(make(roster, GENERAL, by=ADMINISTRATOR))) == ["T041"]


def test_nobody_is_given_a_slip_by_who_asks_for_slips(roster: Service) -> None:
    assert numbers(roster, "zjy/tsg", ADMINISTRATOR)[0] == 4  # all of the library but the administrator
    with roster.connect() as conn:
        conn.execute("UPDATE person SET organization_id = %s WHERE id = %s", [uid(STUDENTS), uid(CLERK)])
    assert numbers(roster, STUDENTS, CLERK) == (4, 0, [])


@pytest.mark.parametrize(
    ("by", "place"),
    [(CLERK, "zjy/kuai/jg"), (CLERK, "zjy"), (SECRETARY, TEACHERS), ("T051", STUDENTS), ("T041", GENERAL)],
)
def test_an_organisation_out_of_reach_is_refused_and_nothing_changes(roster: Service, by: str, place: str) -> None:
    """R-026: whoever may not set one password makes no slips."""
    with pytest.raises(NotAllowed):
        make(roster, place, by=by)
    with roster.connect() as conn:
        assert one(conn.execute("SELECT count(*) FROM account")) == (0,)
    assert roster.told() == []


def test_who_has_an_own_password_or_comes_through_the_campus_is_left_alone(roster: Service) -> None:
    own_password(roster, "S002")
    with roster.connect() as conn:
        sessions.sign_in_from_campus(conn, "S003", "")
    assert sorted(by_number(make(roster))) == ["S001", "S011"]
    make(roster, whom=Whom.UNUSED)
    assert sign_in(roster, "S002", OWN).status_code == 201
    with roster.connect() as conn:
        assert one(conn.execute("SELECT count(*) FROM account WHERE person_id = %s", [uid("S003")])) == (0,)


def test_slips_made_anew_end_those_before_and_touch_only_who_did_not_use_them(roster: Service) -> None:
    first = by_number(make(roster))
    with pytest.raises(rules.NobodyWaits):
        make(roster)
    own_password(roster, "S001")
    token = sign_in(roster, "S002", first["S002"]).json["token"]
    second = by_number(make(roster, whom=Whom.UNUSED))
    assert sorted(second) == ["S002", "S003", "S011"]
    assert sign_in(roster, "S002", first["S002"]).status_code == 401
    assert sign_in(roster, "S002", second["S002"]).status_code == 201
    entered = roster.client().get("/roster/api/me", headers={"Authorization": f"Bearer {token}"})
    assert entered.json["code"] == "session_over", "whoever entered with the old slip is out"
    assert sign_in(roster, "S001", OWN).status_code == 201


def test_who_makes_an_own_password_while_slips_are_made_keeps_it_and_gets_no_slip(
    roster: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = by_number(make(roster))
    hashed = passwords.hashed

    def meanwhile(password: str) -> str:
        monkeypatch.setattr(passwords, "hashed", hashed)
        own_password(roster, "S002")
        return hashed(password)

    monkeypatch.setattr(passwords, "hashed", meanwhile)
    made = by_number(make(roster, whom=Whom.UNUSED))
    assert sorted(made) == ["S001", "S003", "S011"]
    assert sign_in(roster, "S002", OWN).json["must_change"] is False
    assert sign_in(roster, "S002", first["S002"]).status_code == 401


def test_two_do_not_make_slips_of_one_university_at_once(roster: Service) -> None:
    """Else the slips of one would be void before they are handed out."""
    with roster.connect() as other:
        commands.make(other, viewer(other, CLERK), SET_PASSWORD, uid(STUDENTS), Whom.WITHOUT)
        with pytest.raises(rules.SlipsUnderway):
            make(roster, by=ADMINISTRATOR)
    assert numbers(roster, STUDENTS, ADMINISTRATOR) == (0, 4, [])


def test_a_large_organisation_comes_round_in_several_requests(roster: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "AT_MOST", 3)
    first, second = make(roster), make(roster)
    assert (len(first.slips), first.left, len(second.slips), second.left) == (3, 1, 1, 0)
    again = make(roster, whom=Whom.UNUSED)
    assert set(by_number(again)) == set(by_number(first)), "the oldest first"


def test_each_person_is_told_as_of_a_single_password_and_the_message_carries_none(roster: Service) -> None:
    made = make(roster)
    told = roster.told()
    assert {row["data"]["person_id"] for row in told} == {str(slip.id) for slip in made.slips}
    assert {row["name"] for row in told} == {"password.reset"}
    assert {row["data"]["by_id"] for row in told} == {str(uid(CLERK))}
    make(roster, whom=Whom.UNUSED)
    assert len(roster.told("password.reset")) == 8
    assert len(roster.told("person.changed")) == 4


def test_the_audit_says_who_made_how_many_for_which_organisation_and_nothing_keeps_a_password(
    roster: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = roster.client(uid(CLERK))
    path = f"/roster/api/organizations/{uid(STUDENTS)}/first-passwords"
    answer = client.post(path, json={"whom": "without"}, headers={"Idempotency-Key": "a"})
    with roster.connect() as conn:
        line = conn.execute(
            "SELECT person_id, organization_id, subject FROM audit WHERE act = 'password.slips'"
        ).fetchone()
        assert one(conn.execute("SELECT status, body FROM request")) == (201, None)
    assert line == (uid(CLERK), uid(STUDENTS), f"{uid(STUDENTS)}/without/4")
    kept = everything(roster) + caplog.text
    assert "$argon2id$" in kept
    for slip in answer.json["slips"]:
        assert slip["password"] not in kept
        assert UUID(slip["id"])
