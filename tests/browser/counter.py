"""The stand in front of a browser: the pages and scripts of the booth, served on a free port."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import flask
from flask import Flask
from flask_bootstrap import Bootstrap5
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.serving import make_server

from shared.web import words
from shared.web.app import CSP
from tests.browser.stand import BALLOT, ROOT, Stand


def application(stand: Stand) -> Flask:
    """Serve the stand."""
    app = Flask("stand", template_folder=None, static_folder=str(ROOT / "shared" / "static"), static_url_path="/static")
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(BALLOT / "templates"), FileSystemLoader(ROOT / "shared" / "templates")]
    )
    app.config.update(SECRET_KEY="stand", BOOTSTRAP_SERVE_LOCAL=True)
    Bootstrap5(app)
    words.register(app)
    app.after_request(_protect)
    _pages(app, stand)
    _doors(app, stand)
    return app


def _protect(response: flask.Response) -> flask.Response:
    response.headers["Content-Security-Policy"] = CSP
    if flask.request.path.startswith("/ballot/box"):
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _pages(app: Flask, stand: Stand) -> None:
    @app.get("/ballot/box/static/<path:name>")
    def script(name: str) -> flask.Response:
        return flask.send_from_directory(BALLOT / "static" / "ballot" / "booth", name)

    @app.get("/ballot/box/rehearsal")
    def rehearsal() -> str:
        return flask.render_template("ballot/box/rehearsal.html")

    @app.get("/ballot/box/<uuid:ballot_id>")
    def booth(ballot_id: UUID) -> flask.Response:
        page = flask.render_template("ballot/box/booth.html", ballot_id=ballot_id, box=stand.facts())
        answer = flask.make_response(page)
        answer.set_cookie("shanguang_session", "who-this-is", httponly=True, samesite="Lax")
        return answer


def _doors(app: Flask, stand: Stand) -> None:
    @app.get("/evaluation/api/ballots/<uuid:ballot_id>/credential")
    def own_credential(ballot_id: UUID) -> Any:
        if stand.code is None:
            return {"code": "not_signed_in", "message": "请先登录。"}, 401
        if not stand.elector:
            return {"code": "votes_on_paper", "message": "您在本次投票中使用纸质选票。"}, 404
        return {"credential": stand.code, "candidates": stand.about(), "roll": Stand.roll}

    @app.get("/pledge/api/gradings/<uuid:ballot_id>/credential")
    def own_form(ballot_id: UUID) -> Any:
        if not stand.elector:
            return {"code": "not_on_the_roll", "message": "您不在本次电子测评的名单中。"}, 404
        return {"credential": stand.code, "questions": stand.lines(), "roll": Stand.roll}

    @app.get("/ballot/api/box/<uuid:ballot_id>")
    def facts(ballot_id: UUID) -> Any:
        stand.requests.append(dict(flask.request.headers))
        return stand.facts()

    @app.post("/ballot/api/box/<uuid:ballot_id>")
    def receive(ballot_id: UUID) -> Any:
        stand.requests.append(dict(flask.request.headers))
        return stand.receive(flask.request.get_data(as_text=True))

    @app.get("/ballot/api/box/<uuid:ballot_id>/ballots")
    def fate(ballot_id: UUID) -> Any:
        stand.requests.append(dict(flask.request.headers))
        return stand.fate(flask.request.args["tracker"])


@contextmanager
def standing() -> Iterator[Stand]:
    """Run a stand on a free port of this machine."""
    stand = Stand()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, application(stand), threaded=True)
    stand.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stand
    finally:
        server.shutdown()
        thread.join()
