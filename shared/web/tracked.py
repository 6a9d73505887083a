"""One id for each request: on its answer, on every line logged for it, on the facts it tells; never near a vote."""

import uuid
from contextlib import ExitStack

import flask
from flask import Flask, Response
from opentelemetry.util.http import parse_excluded_urls

from shared import log
from shared.messaging import thread

HEADER = "X-Request-Id"


def register(app: Flask, untraced: str) -> None:
    """Give every request an id, the gateway's or a new one; where the path is `untraced`, nothing of ours shows it.

    There it is always a new one: a fact that is told keeps it, and another's id would lead from an anonymous word to
    what a front has logged of the address.
    Register it before whatever may refuse a request: a refusal, too, is found again.
    """
    silent = parse_excluded_urls(untraced)

    def begin() -> None:
        request = flask.request
        apart = silent.url_disabled(request.path)
        known = uuid.uuid4() if apart else _id()
        told = flask.g.told = ExitStack()
        told.enter_context(thread.correlation(known, None))
        if not apart:
            flask.g.request_id = known.hex
            rule = request.url_rule.rule if request.url_rule else ""
            told.enter_context(log.about(request=known.hex, method=request.method, rule=rule))

    app.before_request(begin)
    app.after_request(_mark)
    app.teardown_request(_end)


def _id() -> uuid.UUID:
    try:
        return uuid.UUID(flask.request.headers.get(HEADER, ""))
    except ValueError:
        return uuid.uuid4()


def _mark(response: Response) -> Response:
    known = flask.g.get("request_id")
    if known is not None:
        response.headers[HEADER] = known
    return response


def _end(_error: BaseException | None) -> None:
    told = flask.g.pop("told", None)
    if told is not None:
        told.close()
