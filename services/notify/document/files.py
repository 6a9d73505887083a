"""A written document on its way to the browser."""

import io
from collections.abc import Callable
from hashlib import sha256

import flask
from flask import Response

from services.notify.document import layout
from services.notify.document.shelf import Paper, Shelf
from shared.workbook import XLSX

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
    "pdf": "application/pdf",
}

SHELF = Shelf(room=16 * 2**20)

FILE = {"type": "string", "format": "binary"}
"""how the API's document describes a file"""


def sent(name: str, content: bytes) -> Response:
    """Send a file under its (Chinese) name; a pdf opens in the browser, the others are saved."""
    kind = name.rsplit(".", 1)[1]
    return flask.send_file(
        io.BytesIO(content), mimetype=TYPES[kind], download_name=name, as_attachment=kind != "pdf", max_age=0
    )


def public(facts: object, write: Callable[[], Paper]) -> Response:
    """Send a paper that anybody may have, written once for the same facts (`repr` of which must name them all).

    Whoever has it asks again whether it still holds (a name may have been taken off, a release may print otherwise),
    and is not sent it twice.
    """
    key = sha256(repr((layout.MARK, facts)).encode()).hexdigest()
    response = Response(status=304) if key in flask.request.if_none_match else sent(*SHELF.give(key, write))
    response.set_etag(key)
    response.headers["Cache-Control"] = "no-cache"
    return response
