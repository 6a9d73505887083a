"""The winners of a quarter on A4 paper, with their deeds."""

import flask

from services.notify.board.view import Board
from services.notify.document import pdf
from shared.web import words


def written(board: Board) -> tuple[str, bytes]:
    """Write the poster of a board; give file name and bytes."""
    name = f"{board.organization.name}{words.period(board.period)}“{board.star}”.pdf"
    return name, pdf.rendered(flask.render_template("notify/board/poster.html", board=board))
