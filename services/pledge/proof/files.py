"""A proof on its way from and to the browser."""

import io

import flask
from werkzeug.datastructures import FileStorage

from services.pledge.proof import rules
from services.pledge.proof.domain import TYPES, Proof


def taken(file: FileStorage) -> bytes:
    """Take the bytes of an upload, one more than allowed at most, and leave nothing open."""
    content: bytes = file.read(rules.MOST_BYTES + 1)
    file.close()
    return content


def sent(proof: Proof) -> flask.Response:
    """Send a file to be saved, never to be shown in a page of ours."""
    return flask.send_file(
        io.BytesIO(proof.content), mimetype=TYPES[proof.kind], download_name=proof.filename, as_attachment=True,
        max_age=0,
    )  # fmt: skip
