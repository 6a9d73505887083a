"""The JSON side of the ledger."""

from typing import Any

import flask_smorest

from services.pledge import permissions
from services.pledge.ledger import reading, schemas
from services.pledge.ledger.reading import Ledger
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.web import door

blueprint = flask_smorest.Blueprint("ledger", __name__, url_prefix="/pledge/api/ledger", description="承诺台账")


@blueprint.route("", methods=["GET"])
@door.read(permissions.READ_PLEDGE)
@blueprint.arguments(schemas.LedgerPageAsked, location="query")
@blueprint.response(200, schemas.LedgerShown)
def show(conn: Connection, viewer: Viewer, data: dict[str, Any]) -> Ledger:
    """Show a page of the ledger."""
    return reading.show(conn, viewer, **{**data, "year": data["year"] or clock.today().year})
