"""How an operator finds what became of a request."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import flask
import psycopg
import pytest
from flask import Blueprint
from psycopg_pool import PoolTimeout

from shared import log
from shared.auth import Permission
from shared.db import Connection
from shared.web import app as web
from shared.web import door
from tests import services
from tests.databases import Databases
from tests.services import Service

OPEN = Permission("thing.open", "公开", public=True)
Told = Callable[[], list[dict[str, object]]]


@pytest.fixture
def thing(database: Databases, tmp_path: Path) -> Iterator[Service]:
    """Serve a page that fails in every way."""
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
        return "甲"

    url = database("ballot")
    made = web.create(services.config("ballot", url), tmp_path, apis=[], pages=[pages])
    yield Service("ballot", url, made)
    made.extensions["pool"].close()


@pytest.fixture
def told(thing: Service, capsys: pytest.CaptureFixture[str]) -> Iterator[Told]:
    """Give a reader of the lines that the service has logged since it was last asked."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    log.configure(thing.name, "web")
    yield lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.parametrize(("fault", "error"), [("away", "OperationalError"), ("busy", "PoolTimeout")])
def test_an_answer_of_503_leaves_a_warning_that_says_why_but_not_what(
    thing: Service, told: Told, fault: str, error: str
) -> None:
    answer = thing.client().get(f"/ballot/things/{uuid4()}?fault={fault}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    [line] = told()
    assert (line["event"], line["level"]) == ("request_unavailable", "warning")
    assert str(line["error"]).endswith(error)
    assert "王小明" not in json.dumps(line, ensure_ascii=False)
