"""A written document on its way to the browser."""

import io

import flask
from flask import Response

from shared.workbook import XLSX

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
    "pdf": "application/pdf",
}

FILE = {"type": "string", "format": "binary"}
"""how the API's document describes a file"""


def sent(name: str, content: bytes) -> Response:
    """Send a file under its (Chinese) name; a pdf opens in the browser, the others are saved."""
    kind = name.rsplit(".", 1)[1]
    return flask.send_file(
        io.BytesIO(content), mimetype=TYPES[kind], download_name=name, as_attachment=kind != "pdf", max_age=0
    )
