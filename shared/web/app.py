"""The Flask application of a service: pool, doors' protection, pages, JSON API, health and metrics."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import flask
from flask import Blueprint, Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader
from opentelemetry.instrumentation.flask import FlaskInstrumentor

from shared import log, telemetry
from shared.config import Config
from shared.crypto import Vault
from shared.db import open_pool
from shared.web import answers, bodies, health, tracked, words
from shared.web.api import ServiceApi, prefix
from shared.web.untraced import Untraced

HERE = Path(__file__).parent.parent
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)

PROTECTION = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""Headers of every answer that says nothing else."""

UNTRACED = (
    "/ballot/(api/)?box([/?]|$),/(evaluation/api/ballots|pledge/api/gradings)/[^/]+/credential([?]|$),"
    "/pledge/(api/)?forms/[^/]+(/answers)?([?]|$),/roster/sign-in,"
    "/pledge/(wall(/[^?]*)?|(api/)?opinions(/|/answer)?)([?]|$),"
    "/notify/(notices/[^/]+(/objections)?|api/notices/[^/]+/objections|(api/)?objections/answer)([?]|$)"
)
"""Where somebody votes, fetches a credential, hands in a form, an opinion or an objection, or signs in to go there: no
record of ours says when."""


def create(config: Config, folder: Path, *, apis: Sequence[Any], pages: Sequence[Blueprint]) -> Flask:
    """Make the application of one service.

    `folder` is the service's own (its `templates/` and `static/` are used); `apis` are flask-smorest blueprints under
    `/<service>/api`, `pages` Flask blueprints. Opens the database pool: call it after a fork.
    """
    app = Flask(config.service, template_folder=None, static_folder=str(HERE / "static"), static_url_path="/static")
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder / "templates"), FileSystemLoader(HERE / "templates")])
    _configure(app, config)
    app.extensions["shanguang"] = config
    app.extensions["pool"] = open_pool(config.database_url, size=config.web_threads + 1)
    app.extensions["vault"] = Vault(config.data_keys)
    tracked.register(app, UNTRACED)
    Bootstrap5(app)
    csrf = CSRFProtect(app)
    api = ServiceApi(app)
    for blueprint in apis:
        api.register_blueprint(blueprint)
        csrf.exempt(blueprint)
    for blueprint in [*pages, health.blueprint]:
        app.register_blueprint(blueprint)
    answers.register(app)
    words.register(app)
    app.before_request(bodies.check)
    app.after_request(_protect)
    _trace(app, config.service)
    return app


def _trace(app: Flask, service: str) -> None:
    log.configure(service, "web")
    telemetry.configure(service, "web")
    if telemetry.enabled():
        FlaskInstrumentor().instrument_app(app, excluded_urls=UNTRACED)
        app.wsgi_app = Untraced(app.wsgi_app, UNTRACED)  # type: ignore[method-assign]


def _configure(app: Flask, config: Config) -> None:
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config.update(
        SECRET_KEY=config.secret_key,
        SESSION_COOKIE_NAME=f"shanguang_{config.service}",
        SESSION_COOKIE_PATH=f"/{config.service}/",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure,
        MAX_CONTENT_LENGTH=10 * 2**20,
        MAX_FORM_MEMORY_SIZE=2 * 2**20,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=config.secure,
        BOOTSTRAP_SERVE_LOCAL=True,
        API_TITLE=f"Shanguang {config.service}",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=prefix(config.service),
        OPENAPI_JSON_PATH="openapi.json",
    )


def _protect(response: flask.Response) -> flask.Response:
    for name, value in PROTECTION.items():
        response.headers.setdefault(name, value)
    if not flask.request.path.startswith(("/static/", "/bootstrap/")):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
