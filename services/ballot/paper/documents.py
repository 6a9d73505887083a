"""What is printed for a ballot on paper: the papers themselves, the count sheet, the report of the count."""

from math import ceil
from pathlib import Path

import flask

from services.ballot.ballot.domain import State
from services.ballot.ballot.view import View
from shared.errors import NotAllowed, RuleBroken
from shared.pdf import printed

STYLE = Path(__file__).with_name("print.css")
STROKES = "一丅下止"
"""How a 正 grows, stroke by stroke."""


class PapersNotNeeded(RuleBroken):
    """投票已经结束，或者全部为电子投票，不打印选票。"""


class NothingToReport(RuleBroken):
    """投票在计票之前已经作废，没有计票单。"""


class SheetNotNeeded(RuleBroken):
    """电子测评没有纸质选票，不用计票单；结果见公告板。"""


def papers(view: View) -> bytes:
    """Print as many papers as there are persons entitled who hold no credential, one, two or four to an A4 sheet.

    All are alike: no number, no mark that could lead back to who filled one in (requirements 4.5). Raises
    `PapersNotNeeded`.
    """
    if view.ballot.state not in {State.CALLED, State.OPEN} or not view.ballot.most_papers:
        raise PapersNotNeeded
    many = len(view.candidates)
    per_sheet = 4 if many <= 8 else 2 if many <= 20 else 1
    whole, rest = divmod(view.ballot.most_papers, per_sheet)
    sheets = [per_sheet] * whole + ([rest] if rest else [])
    html = flask.render_template(
        "ballot/paper/papers.html", view=view, ballot=view.ballot, sheets=sheets, per_sheet=per_sheet
    )
    return printed(html, STYLE)


def count(view: View) -> bytes:
    """Print the sheet on which strokes are made or, once the count stands, its report.

    Raises `NothingToReport`, `SheetNotNeeded`, and `NotAllowed` for who may not see totals.
    """
    ballot = view.ballot
    if ballot.is_grading:
        raise SheetNotNeeded
    if ballot.counted_at is None:
        if ballot.state is State.ANNULLED:
            raise NothingToReport
        most = ballot.issued or ballot.expected
        cells = min(max(ceil(most / 5), 1), 10)
        html = flask.render_template(
            "ballot/paper/count.html", view=view, ballot=ballot, cells=cells, lines=max(ceil(most / 50), 1)
        )
        return printed(html, STYLE)
    if not view.sees_totals:
        raise NotAllowed
    return printed(flask.render_template("ballot/paper/report.html", view=view, ballot=ballot, strokes=strokes), STYLE)


def strokes(votes: int) -> str:
    """Write a number in 正: seven is 正丅."""
    fives, rest = divmod(votes, 5)
    return "正" * fives + (STROKES[rest - 1] if rest else "")
