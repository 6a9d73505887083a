"""Drafts in a browser that several people use: each finds the own ones only, and none after signing out."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import flask
import pytest
from flask import Flask
from flask_bootstrap import Bootstrap5
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from shared.web import words
from shared.web.app import CSP

SHARED = Path(__file__).parents[2] / "shared"
PAGE = """{% extends "base.html" %}{% import "shanguang.html" as sg with context %}{% block content %}
{% call sg.form("/sent", "提交", confirm="不能撤回。") %}
{{ sg.textarea("text", "事迹", draft=true) }}{{ sg.textarea("facts", "事实") }}{% endcall %}
{{ sg.button("/roster/sign-out", "退出") }}{% endblock %}"""
TEXT = "结对帮扶两名学业困难学生。"
ANN, BOB = UUID(int=1), UUID(int=2)


def application() -> Flask:
    """Make a page with a field that keeps drafts and one that does not, and somebody signed in by number."""
    app = Flask("drafts", template_folder=None, static_folder=str(SHARED / "static"), static_url_path="/static")
    app.jinja_loader = ChoiceLoader([DictLoader({"page.html": PAGE}), FileSystemLoader(SHARED / "templates")])
    app.config.update(SECRET_KEY="drafts", BOOTSTRAP_SERVE_LOCAL=True)
    app.jinja_env.globals["csrf_token"] = lambda: ""
    Bootstrap5(app)
    words.register(app)

    @app.route("/", methods=["GET"])
    @app.route("/sent", methods=["POST"])
    @app.route("/roster/sign-out", methods=["POST"])
    @app.route("/as/<int:who>", methods=["GET"])
    def show(who: int = 0) -> flask.Response:
        person = SimpleNamespace(name="某某")
        flask.g.viewer = SimpleNamespace(id=UUID(int=who), person=person, roles=set) if who else None
        response = flask.make_response(flask.render_template("page.html"))
        response.headers["Content-Security-Policy"] = CSP
        return response

    return app


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, application(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    context = browser.new_context(base_url=base)
    yield context.new_page()
    context.close()


def held(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.entries(localStorage).flat()")
    return found


def typed(page: Page, who: UUID) -> None:
    page.goto(f"/as/{who.int}")
    page.get_by_label("事迹").fill(TEXT)
    page.get_by_label("事实").fill("某人没有到会，已谈话。")


def test_a_draft_is_the_person_s_own_and_what_is_confidential_has_none(page: Page) -> None:
    typed(page, ANN)
    page.reload()
    expect(page.get_by_label("事迹")).to_have_value(TEXT)
    expect(page.get_by_label("事实")).to_have_value("")
    assert not any("某人" in each or str(ANN) in each for each in held(page))
    page.goto("/")
    expect(page.get_by_label("事迹")).to_have_value("")
    assert TEXT in held(page), "who was signed out by time finds the own draft again"
    page.goto(f"/as/{BOB.int}")
    expect(page.get_by_label("事迹")).to_have_value("")
    assert held(page) == [], "the next person leaves nothing of the one before"


def test_whoever_is_not_signed_in_leaves_no_draft(page: Page) -> None:
    page.goto("/")
    page.get_by_label("事迹").fill(TEXT)
    page.reload()
    expect(page.get_by_label("事迹")).to_have_value("")
    assert held(page) == []


def test_drafts_go_with_the_sign_out(page: Page) -> None:
    typed(page, ANN)
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/roster/sign-out")
    assert held(page) == []


def test_a_draft_goes_when_it_is_sent_and_stays_where_one_thinks_again(page: Page) -> None:
    typed(page, ANN)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="提交").click()
    assert TEXT in held(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/sent")
    assert held(page) == []
