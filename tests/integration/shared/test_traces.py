"""How an operator finds what became of a request: its id on the answer and on every line, and nowhere near a vote."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import flask
import psycopg
import pytest
from flask import Blueprint
from psycopg_pool import PoolTimeout

from shared import log
from shared.auth import Permission
from shared.db import Connection
from shared.messaging import thread
from shared.web import app as web
from shared.web import door
from tests import services
from tests.databases import Databases
from tests.services import Service

OPEN = Permission("thing.open", "公开", public=True)
Lines = list[dict[str, object]]
Asked = Callable[..., tuple[Any, Lines]]
GIVEN = "5f0c1e0a7d3b4c55a1b2c3d4e5f60718"


@pytest.fixture
def thing(database: Databases, tmp_path: Path) -> Iterator[Service]:
    """Serve pages that fail in every way, one of them where somebody votes."""
    pages = Blueprint("things", "things", url_prefix="/ballot")

    @pages.get("/things/<uuid:thing_id>")
    @door.public_read(OPEN)
    def show(conn: Connection, thing_id: UUID) -> str:
        match flask.request.args.get("fault"):
            case "away":
                raise psycopg.OperationalError("connection to 王小明 refused")
            case "busy":
                raise PoolTimeout("no connection")
            case "defect":
                raise ValueError(f"{thing_id} 王小明")
        return str(thread.current()[0])

    @pages.get("/box/<uuid:thing_id>")
    @door.public_read(OPEN)
    def vote(conn: Connection, thing_id: UUID) -> str:
        raise psycopg.OperationalError(f"{thing_id} 王小明")

    wall = Blueprint("wall", "wall", url_prefix="/pledge/wall")

    @wall.get("/thing")
    @door.public_read(OPEN)
    def write(conn: Connection) -> str:
        return str(thread.current()[0])

    url = database("ballot")
    made = web.create(services.config("ballot", url), tmp_path, apis=[], pages=[pages, wall])
    yield Service("ballot", url, made)
    made.extensions["pool"].close()


@pytest.fixture
def asked(thing: Service, capsys: pytest.CaptureFixture[str]) -> Iterator[Asked]:
    """Give a browser that answers a request together with the lines which the service has logged of it."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level

    def ask(path: str, **headers: str) -> tuple[Any, Lines]:
        log.configure(thing.name, "web")
        capsys.readouterr()
        answer = thing.client().get(path, headers=headers)
        return answer, [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]

    yield ask
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.parametrize(("fault", "error"), [("away", "OperationalError"), ("busy", "PoolTimeout")])
def test_an_answer_of_503_leaves_a_warning_that_says_why_but_not_what(asked: Asked, fault: str, error: str) -> None:
    answer, [line] = asked(f"/ballot/things/{uuid4()}?fault={fault}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert (line["event"], line["level"]) == ("request_unavailable", "warning")
    assert str(line["error"]).endswith(error)
    assert "王小明" not in json.dumps(line, ensure_ascii=False)


def test_an_answer_bears_the_id_under_which_its_lines_and_its_facts_are_found(asked: Asked) -> None:
    answer, [line] = asked(f"/ballot/things/{uuid4()}?fault=defect", **{"X-Request-Id": GIVEN})
    assert (answer.status_code, answer.headers["X-Request-Id"]) == (500, GIVEN)
    assert (line["request"], line["method"], line["rule"]) == (GIVEN, "GET", "/ballot/things/<uuid:thing_id>")
    told, _ = asked(f"/ballot/things/{uuid4()}", **{"X-Request-Id": GIVEN})
    assert told.text == str(UUID(GIVEN))


def test_neither_a_line_nor_an_answer_quotes_the_address_that_was_asked(asked: Asked) -> None:
    thing_id = uuid4()
    _, [line] = asked(f"/ballot/things/{thing_id}?fault=defect")
    assert str(thing_id) not in json.dumps(line)
    assert UUID(str(line["request"]))


def test_what_the_gateway_never_named_gets_an_id_of_its_own_each_time(asked: Asked) -> None:
    ids = {asked("/ballot/nothing", **{"X-Request-Id": "王小明"})[0].headers["X-Request-Id"] for _ in range(2)}
    assert len({UUID(each) for each in ids}) == 2


def test_where_somebody_votes_no_line_and_no_answer_bears_an_id(asked: Asked) -> None:
    """R-130."""
    answer, [line] = asked(f"/ballot/box/{uuid4()}", **{"X-Request-Id": GIVEN})
    assert answer.status_code == 503
    assert "X-Request-Id" not in answer.headers
    assert {"request", "method", "rule"} & set(line) == set()
    assert GIVEN not in json.dumps(line)


def test_no_fact_of_an_anonymous_word_bears_the_id_that_a_front_gave(thing: Service) -> None:
    """R-060: the front's log has that id beside an address."""
    told = [thing.client().get("/pledge/wall/thing", headers={"X-Request-Id": GIVEN}).text for _ in range(2)]
    assert len({UUID(each) for each in (*told, GIVEN)}) == 3


def test_nothing_of_one_request_stands_on_a_line_after_it(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    asked(f"/ballot/things/{uuid4()}", **{"X-Request-Id": GIVEN})
    log.get().info("afterwards")
    assert GIVEN not in capsys.readouterr().out
