"""The JSON door to the public board."""

from typing import Any

from flask_smorest import Blueprint

from services.notify import permissions
from services.notify.board import schemas, view
from services.notify.board.store import Winner
from shared import clock
from shared.db import Connection
from shared.web import door

blueprint = Blueprint("board", __name__, url_prefix="/notify/api/board", description="光荣榜")


@blueprint.route("", methods=["GET"])
@door.public_read(permissions.READ_BOARD)
@blueprint.arguments(schemas.BoardAsked, location="query")
@blueprint.response(200, schemas.WinnerShown(many=True))
def read_board(conn: Connection, asked: dict[str, Any]) -> list[Winner]:
    """List the winners of a quarter in 姓氏笔画 order."""
    organization = view.chosen(conn, asked["organization_id"], asked["university_id"])
    return view.board(conn, organization, asked["period"], clock.today()).winners
