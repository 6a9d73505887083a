"""The slot of the box: takes the usual ballot before the application with all that it does for pages is asked.

Whatever is unusual about a request goes on to the application and its route, as if there were no slot; so does every
refusal, which the route says in its own way. The slot itself says one thing only: that a ballot was taken.
"""

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from services.ballot.box import facts, receiving
from services.ballot.box.domain import Facts, Receipt
from services.ballot.box.line import Line
from services.ballot.box.size import HARD_LIMIT
from shared.web.app import PROTECTION

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OUTCOME = "shanguang.box_refusal"
"""Under this name of the environment the route finds why the slot did not take a ballot whose body it has read."""
_DOOR = re.compile(r"/ballot/api/box/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


class Slot:
    """A WSGI application before another."""

    def __init__(self, application: "WSGIApplication", line: Line) -> None:
        """Take the application and the line on which ballots are received."""
        self._application, self._line = application, line

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Take a ballot, or leave the request to the application."""
        box = _box(environ)
        if box is None:
            return self._application(environ, start_response)
        try:
            receipt = receiving.receive(self._line, box, environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        except Exception as refusal:  # whatever it is, the application answers it
            environ[OUTCOME] = refusal
            return self._application(environ, start_response)
        return _taken(receipt, start_response)


def _box(environ: "WSGIEnvironment") -> Facts | None:
    """Give the box of a request that is a ballot of stated length for a box that this process knows."""
    found = environ["REQUEST_METHOD"] == "POST" and _DOOR.fullmatch(environ["PATH_INFO"])
    length = environ.get("CONTENT_LENGTH") or ""
    plain = environ.get("CONTENT_TYPE") == "application/json" and "HTTP_TRANSFER_ENCODING" not in environ
    if not found or not plain or not length.isdecimal() or len(length) > len(str(HARD_LIMIT)):
        return None
    box = facts.kept(UUID(found[1]))
    return box if box is not None and int(length) <= box.limit else None


def _taken(receipt: Receipt, start_response: "StartResponse") -> Iterable[bytes]:
    body = json.dumps({"tracker": receipt.tracker, "state": receipt.state, "code": receipt.code}).encode()
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), "Cache-Control": "no-store"}
    start_response("202 ACCEPTED", [*headers.items(), *PROTECTION.items()])
    return [body]
