"""How an operator finds what became of a request."""

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
from shared.web import app as web
from shared.web import door
from tests import services
from tests.databases import Databases
from tests.services import Service

OPEN = Permission("thing.open", "公开", public=True)
Lines = list[dict[str, object]]
Asked = Callable[..., tuple[Any, Lines]]


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
