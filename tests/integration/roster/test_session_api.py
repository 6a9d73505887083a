"""Signing in over the API: tokens, growing pauses, passwords and their ends."""

from collections.abc import Callable

import pytest

from services.roster.session import commands
from shared.auth import session
from shared.events.roster import PersonChanged
from tests import services
from tests.client import Answer
from tests.rows import one
from tests.services import Service
from tests.university import TENANT, University, uid

GOOD = "闪光-2013-春"


@pytest.fixture
def roster(service: Callable[[str], Service], university: University) -> Service:
    made = service("roster")
    with made.connect() as conn:
        commands.set_password(conn, TENANT, university.people["王一鸣"], GOOD)
    return made


def give(roster: Service, university: University, name: str, by: str = "卫管理", **more: object) -> Answer:
    return roster.client(university.people[by]).post(
        f"/roster/api/people/{university.people[name]}/password", json={"password": GOOD, **more}
    )


def sign_in(roster: Service, number: str = "T001", password: str = GOOD, **more: object) -> Answer:
    return roster.client().post(
        "/roster/api/sessions",
        json={"number": number, "password": password, **more},
        environ_overrides={"REMOTE_ADDR": "10.0.0.9"},
    )


def me(roster: Service, token: str) -> Answer:
    return roster.client().get("/roster/api/me", headers={"Authorization": f"Bearer {token}"})


def test_a_right_password_gives_a_token_and_who_one_is(roster: Service) -> None:
    answer = sign_in(roster, " T001 ", university="zjy")
    assert answer.status_code == 201
    person = answer.json["person"]
    assert (person["name"], person["organization"]["name"]) == ("王一鸣", "金融学院教工党支部")
    shown = me(roster, answer.json["token"])
    assert shown.json["offices"][0]["title"] == "党支部书记"
    assert answer.json["must_change"] is False


def test_an_unknown_number_and_a_wrong_password_are_answered_alike(roster: Service) -> None:
    wrong, unknown, without = (
        sign_in(roster, password="falsch-falsch"),
        sign_in(roster, "X404"),
        sign_in(roster, "T003"),
    )
    assert wrong.status_code == unknown.status_code == without.status_code == 401
    assert wrong.json == unknown.json == without.json
    assert wrong.json["code"] == "sign_in_failed"


def test_many_failures_pause_even_the_right_password(roster: Service) -> None:
    for _ in range(5):
        assert sign_in(roster, password="falsch-falsch").status_code == 401
    paused = sign_in(roster)
    assert (paused.status_code, paused.json["code"]) == (429, "too_many_tries")
    assert sign_in(roster, "T002").status_code == 401  # another number is not held up


def test_an_unknown_number_is_paused_like_a_known_one(roster: Service) -> None:
    answers = [sign_in(roster, "X404").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_a_success_forgets_the_failures(roster: Service) -> None:
    for _ in range(4):
        sign_in(roster, password="falsch-falsch")
    assert sign_in(roster).status_code == 201
    assert [sign_in(roster, password="falsch-falsch").status_code for _ in range(5)] == [401] * 5


def test_failures_are_kept_without_number_and_address(roster: Service) -> None:
    sign_in(roster, "T002")
    with roster.connect() as conn:
        rows = conn.execute("SELECT subject FROM sign_in_failure").fetchall()
    assert len(rows) == 2
    assert not [row for row in rows if "T002" in row[0] or "10.0.0.9" in row[0]]


def test_a_token_is_never_kept_under_a_request_s_key(roster: Service) -> None:
    headers = {"Idempotency-Key": "same"}
    body = {"number": "T001", "password": GOOD}
    first, second = (roster.client().post("/roster/api/sessions", json=body, headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    with roster.connect() as conn:
        assert conn.execute("SELECT count(*) FROM request WHERE target LIKE '%%sessions'").fetchone() == (0,)


def test_a_new_password_ends_every_sign_in_and_all_services_hear_it(roster: Service) -> None:
    token = sign_in(roster).json["token"]
    headers = {"Authorization": f"Bearer {token}"}
    body = {"current": GOOD, "new": "另一个密码-2013"}
    changed = roster.client().post("/roster/api/me/password", json=body, headers=headers)
    assert changed.status_code == 200
    assert me(roster, token).status_code == 401
    assert me(roster, changed.json["token"]).status_code == 200
    assert sign_in(roster).status_code == 401
    assert sign_in(roster, password="另一个密码-2013").status_code == 201
    (told,) = roster.told("person.changed")
    assert PersonChanged().load(told["data"])["session_epoch"] == 2


def test_the_old_password_is_asked_for_and_the_new_one_must_be_good(roster: Service, university: University) -> None:
    client = roster.client(university.people["王一鸣"])
    wrong = client.post("/roster/api/me/password", json={"current": "falsch-falsch", "new": "另一个密码-2013"})
    weak = client.post("/roster/api/me/password", json={"current": GOOD, "new": "12345678"})
    assert (wrong.json["code"], weak.json["code"]) == ("password_wrong", "password_weak")
    assert sign_in(roster).status_code == 201


def test_signing_out_everywhere_ends_all_sign_ins(roster: Service) -> None:
    tokens = [sign_in(roster).json["token"] for _ in range(2)]
    headers = {"Authorization": f"Bearer {tokens[0]}"}
    assert roster.client().post("/roster/api/me/sign-out-everywhere", headers=headers).status_code == 204
    assert [me(roster, token).status_code for token in tokens] == [401, 401]


def test_a_clerk_sets_passwords_below_but_not_of_higher_offices(roster: Service, university: University) -> None:
    assert give(roster, university, "尤文静", by="冯文员").status_code == 204
    assert give(roster, university, "王一鸣", by="冯文员").status_code == 204  # secretary of a branch below
    assert give(roster, university, "郑总", by="冯文员").json["code"] == "higher_office"
    assert give(roster, university, "李会计", by="冯文员").json["code"] == "not_allowed"
    assert give(roster, university, "尤文静", by="区小宁").status_code == 403


def test_who_left_cannot_sign_in(roster: Service, university: University) -> None:
    token = sign_in(roster).json["token"]
    with roster.connect() as conn:
        conn.execute("UPDATE person SET active = false WHERE id = %s", [university.people["王一鸣"]])
    assert sign_in(roster).status_code == 401
    assert me(roster, token).status_code == 401


def test_with_several_universities_one_must_be_named(roster: Service) -> None:
    with roster.connect() as conn:
        conn.execute(
            "INSERT INTO organization (tenant_id, id, version, kind, name, code, path, active)"
            " VALUES (%s, %s, 1, 'committee', '中共另一学院委员会', 'other', 'other/', true)",
            [uid("other tenant"), uid("other top")],
        )
    assert sign_in(roster).json["code"] == "university_needed"
    assert sign_in(roster, university="zjy").status_code == 201
    assert sign_in(roster, university="other").status_code == 401


def test_a_password_is_kept_only_as_a_hash(roster: Service) -> None:
    with roster.connect() as conn:
        (kept,) = one(conn.execute("SELECT password_hash FROM account"))
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept


def test_nothing_of_a_sign_in_reaches_the_outbox(roster: Service) -> None:
    sign_in(roster)
    assert roster.told() == []


def test_a_foreign_key_signs_nothing(roster: Service, university: University) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    forged = session.issue(pem.decode(), tenant_id=TENANT, person_id=university.people["卫管理"], epoch=1)
    genuine = session.issue(services.PRIVATE, tenant_id=TENANT, person_id=university.people["卫管理"], epoch=1)
    assert (me(roster, forged).status_code, me(roster, genuine).status_code) == (401, 200)
