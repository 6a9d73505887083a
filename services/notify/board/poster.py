"""The winners of a quarter on A4 paper, with their deeds."""

import flask
from flask import Response

from services.notify.board.view import Board
from services.notify.document import files, pdf
from shared.errors import NotFound
from shared.web import words


class NobodyYet(NotFound):
    """这一季度还没有公布评选结果，没有可以打印的内容。"""


def sent(board: Board) -> Response:
    """Send the poster of a board. Raises `NobodyYet`."""
    if not board.winners:
        raise NobodyYet
    facts = (board.organization.id, board.organization.name, board.period, board.star, board.winners)
    return files.public(facts, lambda: written(board))


def written(board: Board) -> tuple[str, bytes]:
    """Write the poster of a board; give file name and bytes."""
    name = f"{board.organization.name}{words.period(board.period)}“{board.star}”.pdf"
    return name, pdf.rendered(flask.render_template("notify/board/poster.html", board=board))
