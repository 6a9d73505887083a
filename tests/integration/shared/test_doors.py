"""The doors: sign-in, permission, one effect, refusals in two languages, protection of the reply."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import flask
import pytest
from flask import Blueprint
from flask_smorest import Blueprint as ApiBlueprint
from marshmallow import Schema, fields
from werkzeug import Response

from shared.auth import Permission, Reach, Viewer, require
from shared.db import Connection
from shared.directory.domain import Role
from shared.errors import RuleBroken
from shared.web import app as web
from shared.web import door
from tests import services
from tests.databases import Databases
from tests.services import Service
from tests.university import University, uid

BUMP = Permission("thing.bump", "加一", {Role.SECRETARY: Reach.OWN, Role.GENERAL_BRANCH_SECRETARY: Reach.WITHIN})
OPEN = Permission("thing.open", "公开", public=True)


class Broken(RuleBroken):
    """这件事现在不能办。"""


class Bump(Schema):
    by = fields.Int(required=True, strict=True)


def doors_of_things() -> Any:
    api = ApiBlueprint("thing", "thing", url_prefix="/pledge/api/things")

    @api.route("/<uuid:organization_id>", methods=["POST"])
    @door.write(BUMP)
    @api.arguments(Bump)
    @api.response(201)
    def bump(conn: Connection, viewer: Viewer, data: dict[str, int], organization_id: UUID) -> dict[str, int]:
        require(conn, viewer, BUMP, organization_id)
        conn.execute("UPDATE counter SET value = value + %s", [data["by"]])
        if data["by"] < 0:
            raise Broken(details=["第一个障碍。", "第二个障碍。"])
        return {"value": value(conn)}

    return api


def pages_of_things() -> Blueprint:
    pages = Blueprint("thing_pages", "thing", url_prefix="/pledge/things")

    @pages.post("/say")
    @door.public_write(OPEN)
    def say(conn: Connection) -> Response:
        conn.execute("UPDATE counter SET value = value + 1")
        return flask.redirect("/pledge/things/said", 303)

    @pages.get("/secret")
    @door.read(BUMP)
    def secret(conn: Connection, viewer: Viewer) -> str:
        return viewer.person.name

    return pages


@pytest.fixture
def thing(database: Databases, university: University, tmp_path: Path) -> Iterator[Service]:
    """Serve a counter behind doors on pledge's empty database."""
    url = database("pledge")
    application = web.create(
        services.config("pledge", url), tmp_path, apis=[doors_of_things()], pages=[pages_of_things()]
    )
    application.config.update(WTF_CSRF_ENABLED=False)
    made = Service("pledge", url, application)
    with made.connect() as conn:
        university.fill(conn)
        conn.execute("CREATE TABLE counter (value int)")
        conn.execute("INSERT INTO counter VALUES (0)")
    yield made
    application.extensions["pool"].close()


def value(conn: Connection) -> int:
    row = conn.execute("SELECT value FROM counter").fetchone()
    assert row
    return int(row[0])


def count(thing: Service) -> int:
    with thing.connect() as conn:
        return value(conn)


def path(name: str) -> str:
    return f"/pledge/api/things/{uid(name)}"


def test_a_secretary_acts_in_the_own_branch_and_the_act_is_audited(thing: Service) -> None:
    answer = thing.client(uid("T001")).post(path("zjy/jin/jg"), json={"by": 2})
    assert (answer.status_code, answer.json) == (201, {"value": 2})
    with thing.connect() as conn:
        assert conn.execute("SELECT person_id, act FROM audit").fetchall() == [(uid("T001"), "thing.bump")]


def test_a_foreign_branch_is_refused_and_a_branch_below_is_reached(thing: Service) -> None:
    assert thing.client(uid("T001")).post(path("zjy/jin/xs"), json={"by": 1}).status_code == 403
    assert thing.client(uid("T041")).post(path("zjy/jin/xs"), json={"by": 1}).status_code == 201
    assert thing.client(uid("T041")).post(path("zjy/kuai/jg"), json={"by": 1}).status_code == 403
    assert thing.client(uid("T001")).post(path("unknown"), json={"by": 1}).status_code == 404
    assert count(thing) == 1


def test_who_holds_no_position_is_refused_before_anything_is_read(thing: Service) -> None:
    answer = thing.client(uid("T003")).post(path("zjy/jin/jg"), json={"by": 1})
    assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")


def test_a_refusal_names_every_obstacle_and_changes_nothing(thing: Service) -> None:
    answer = thing.client(uid("T001")).post(path("zjy/jin/jg"), json={"by": -5})
    assert answer.status_code == 409
    assert answer.json == {
        "code": "broken",
        "message": "这件事现在不能办。",
        "details": ["第一个障碍。", "第二个障碍。"],
    }
    assert count(thing) == 0


def test_a_malformed_body_is_refused_in_chinese_with_the_field(thing: Service) -> None:
    answer = thing.client(uid("T001")).post(path("zjy/jin/jg"), json={"by": "3"})
    assert answer.status_code == 422
    assert answer.json["details"] == ["by：请填写整数。"]


def test_the_same_request_twice_has_one_effect_and_one_answer(thing: Service) -> None:
    client, headers = thing.client(uid("T001")), {"Idempotency-Key": "a"}
    first = client.post(path("zjy/jin/jg"), json={"by": 1}, headers=headers)
    second = client.post(path("zjy/jin/jg"), json={"by": 1}, headers=headers)
    assert (first.status_code, first.json) == (second.status_code, second.json) == (201, {"value": 1})
    assert count(thing) == 1


def test_twenty_copies_of_one_request_at_once_have_one_effect(thing: Service) -> None:
    answers: list[int] = []

    def post() -> None:
        client = thing.client(uid("T001"))
        answer = client.post(path("zjy/jin/jg"), json={"by": 1}, headers={"Idempotency-Key": "b"})
        answers.append(answer.status_code)

    threads = [threading.Thread(target=post) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert set(answers) == {201}
    assert count(thing) == 1


def test_a_refused_request_may_be_sent_again_under_its_key(thing: Service) -> None:
    client, headers = thing.client(uid("T001")), {"Idempotency-Key": "c"}
    assert client.post(path("zjy/jin/jg"), json={"by": -1}, headers=headers).status_code == 409
    assert client.post(path("zjy/jin/jg"), json={"by": 1}, headers=headers).status_code == 201


def test_a_key_of_another_act_is_refused(thing: Service) -> None:
    client, headers = thing.client(uid("T041")), {"Idempotency-Key": "d"}
    assert client.post(path("zjy/jin/jg"), json={"by": 1}, headers=headers).status_code == 201
    assert client.post(path("zjy/jin/xs"), json={"by": 1}, headers=headers).json["code"] == "request_reused"


def test_a_cookie_alone_cannot_write_through_the_json_side(thing: Service) -> None:
    client = thing.client(uid("T001"))
    del client.environ_base["HTTP_AUTHORIZATION"]
    answer = client.post(path("zjy/jin/jg"), json={"by": 1})
    assert (answer.status_code, answer.json["code"]) == (401, "token_needed")
    assert client.get("/pledge/things/secret").text == "王一鸣"


def test_a_sign_in_of_an_earlier_epoch_is_over(thing: Service) -> None:
    with thing.connect() as conn:
        conn.execute("UPDATE person SET session_epoch = 2 WHERE id = %s", [uid("T001")])
    answer = thing.client(uid("T001")).post(path("zjy/jin/jg"), json={"by": 1})
    assert (answer.status_code, answer.json["code"]) == (401, "session_over")


def test_a_forged_token_is_refused(thing: Service) -> None:
    client = thing.client()
    client.environ_base["HTTP_AUTHORIZATION"] = "Bearer e30.e30.e30"
    assert client.post(path("zjy/jin/jg"), json={"by": 1}).status_code == 401


def test_a_page_sends_who_is_not_signed_in_to_the_sign_in_and_back(thing: Service) -> None:
    answer = thing.client().get("/pledge/things/secret")
    assert (answer.status_code, answer.location) == (302, "/roster/sign-in?next=%2Fpledge%2Fthings%2Fsecret")


def test_an_unknown_page_and_method_are_refused_in_the_reader_s_form(thing: Service) -> None:
    page = thing.client().get("/pledge/nothing")
    assert page.status_code == 404
    assert "没有找到所查的内容" in page.text
    answer = thing.client().get(path("zjy/jin/jg"))
    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"OPTIONS", "POST"})
    assert answer.json["code"] == "unsupported"


def test_what_the_public_says_twice_under_one_number_counts_once(thing: Service) -> None:
    number = str(uuid4())
    for _ in range(2):
        answer = thing.client().post("/pledge/things/say", data={"_request": number})
        assert (answer.status_code, answer.location) == (303, "/pledge/things/said")
    assert count(thing) == 1


def test_every_answer_forbids_what_is_loaded_from_elsewhere(thing: Service) -> None:
    headers = thing.client().get("/pledge/nothing").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_readiness_tells_how_many_facts_wait(thing: Service) -> None:
    assert thing.client().get("/readyz").json == {"ready": True, "waiting": 0}


def test_the_audit_cannot_be_rewritten(thing: Service) -> None:
    thing.client(uid("T001")).post(path("zjy/jin/jg"), json={"by": 2})
    with thing.connect() as conn, pytest.raises(Exception, match="append-only"):
        conn.execute("DELETE FROM audit")
