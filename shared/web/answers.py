"""How errors are answered: refusals with their sentence and code, defects with 500, an absent database with 503."""

import logging
from urllib.parse import urlencode

import flask
import psycopg
from flask import Flask, Response
from psycopg_pool import PoolTimeout
from werkzeug.exceptions import HTTPException

from shared.auth.session import PasswordToChange
from shared.errors import Invalid, NotFound, NotSignedIn, Refusal, TooLarge
from shared.web.api import validation_details, wants_json

log = logging.getLogger("shanguang.web")


class FormExpired(Refusal):
    """页面已过期，请返回刷新后再提交。"""

    status = 400


class Unavailable(Refusal):
    """系统正在恢复，请稍后再试；已经提交的内容不会丢失。"""

    status = 503


class Defect(Refusal):
    """系统出了差错，已经记录；请稍后再试。"""

    status = 500


class Unstorable(Invalid):
    """文字中有不能保存的字符，请删去后重新填写。"""


class Unsupported(Refusal):
    """请求的格式或方法不对。"""


def register(app: Flask) -> None:
    """Give the application its error handlers."""
    app.register_error_handler(Refusal, answer)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(psycopg.OperationalError, _unavailable)
    app.register_error_handler(PoolTimeout, _unavailable)
    app.register_error_handler(psycopg.DataError, _unstorable)
    app.register_error_handler(UnicodeEncodeError, _unstorable)
    app.register_error_handler(Exception, _defect)


def answer(refusal: Refusal) -> Response:
    """Answer a refusal: JSON on the JSON side, a page elsewhere; who is not signed in is shown the way there.

    Who has yet to make an own password is led to where that is done.
    """
    if wants_json():
        body = {"code": refusal.code, "message": refusal.message, "details": refusal.details}
        response = flask.jsonify(body)
    elif isinstance(refusal, NotSignedIn) and flask.request.method == "GET":
        target = flask.request.full_path.rstrip("?")
        return flask.make_response(flask.redirect("/roster/sign-in?" + urlencode({"next": target})))
    elif isinstance(refusal, PasswordToChange) and flask.request.method == "GET":
        return flask.make_response(flask.redirect("/roster/me#password"))
    else:
        response = flask.make_response(flask.render_template("refusal.html", refusal=refusal))
    response.status_code = refusal.status
    return response


def _http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    refusal = _refusal(error)
    refusal.status = error.code or 500
    response = answer(refusal)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers.setdefault(name, value)
    return response


def _refusal(error: HTTPException) -> Refusal:
    match error.code:
        case 404:
            return NotFound()
        case 413:
            return TooLarge()
        case 422:
            return Invalid(details=validation_details(error))
        case 400 if type(error).__name__ == "CSRFError":
            return FormExpired()
        case _:
            return Unsupported()


def _unavailable(error: Exception) -> Response:
    log.warning("request_unavailable", exc_info=error)
    response = answer(Unavailable())
    response.headers["Retry-After"] = "5"
    return response


def _unstorable(error: Exception) -> Response:
    """Refuse NUL and halves of surrogate pairs, which JSON can carry and no text column can hold."""
    if getattr(error, "sqlstate", None):
        return _defect(error)  # the server's own complaint is about a statement of ours
    return answer(Unstorable())


def _defect(error: Exception) -> Response:
    log.error("request_failed", exc_info=error)
    return answer(Defect())
