"""The ledger as a workbook, written row by row into a file, and on paper for what a person can read."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO, Any

import flask
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from services.pledge.ledger.domain import Detail, Line
from services.pledge.pledge.domain import FORM_NAMES, KIND_NAMES, TRIGGER_NAMES, VERSION_NAMES, PledgeState
from shared.errors import RuleBroken
from shared.pdf import printed
from shared.web import words
from shared.workbook import line as written

STYLE = Path(__file__).with_name("ledger.css")
HEADINGS = (
    "序号", "党组织", "承诺人", "学工号", "承诺方式", "种类", "年度", "一句话承诺", "承诺事项", "状态", "提交日期",
    "公示日期", "备注",
)  # fmt: skip
WIDTHS = (6, 22, 12, 14, 16, 10, 8, 44, 60, 16, 14, 14, 24)
ITEM = HEADINGS.index("承诺事项")
MATTER = ("measure", "due_on", "responsible", "beneficiaries", "aspect", "origin", "tags", "linked")
FURTHER = (
    "措施", "完成时限", "责任人", "受益对象", "方面", "来源", "标签", "对应的党组织承诺", "因何提出", "何事",
    "共同承诺人", "岗位职责", "能力特长", "年度工作目标", "社区党组织", "征求方式", "征求时间", "征求人数",
    "收到的意见", "采纳情况", "记录人", "记录日期", "记录地点", "见证人",
)  # fmt: skip
"""What only the workbook has: everything from which the pledges can be imported again."""
MOST_PRINTED = 1000


class TooManyToPrint(RuleBroken):
    """台账超过1000条，不宜打印；请按党支部打印，或下载 Excel。"""


def row(place: int, line: Line) -> tuple[Any, ...]:
    """Write a line as the cells under `HEADINGS`."""
    marks = {
        "逾期提出": line.late,
        "口头承诺": line.oral,
        f"代为录入：{line.entry_reason}": bool(line.entry_reason),
        f"向{line.community}承诺": bool(line.community),
    }
    state = "已办结" if line.state is PledgeState.CLOSED else VERSION_NAMES[line.version_state]
    return (
        place, line.organization, line.name, line.number, FORM_NAMES[line.form], KIND_NAMES[line.kind], line.year,
        line.headline, line.items, state, words.day(line.submitted_at), words.day(line.published_at),
        "；".join(mark for mark, true in marks.items() if true),
    )  # fmt: skip


def rows(place: int, line: Detail) -> Iterator[tuple[Any, ...]]:
    """Write a pledge as rows under `HEADINGS` and `FURTHER`, one a matter, so that it can be entered from them anew."""
    asked = line.consultation or {}
    common = row(place, line)
    facts = (
        TRIGGER_NAMES[line.trigger] if line.trigger else "", line.trigger_text, line.authors, line.duty, line.ability,
        line.goals, line.community, asked.get("method"), asked.get("dates"), asked.get("number"),
        asked.get("opinions"), asked.get("use"), line.recorded_by, line.recorded_on, line.recorded_place, line.witness,
    )  # fmt: skip
    for matter in line.matters or [{}]:
        own = (*common[:ITEM], matter.get("content"), *common[ITEM + 1 :], *(matter.get(key) for key in MATTER))
        yield tuple(None if value == "" else value for value in (*own, *facts))


def write_xlsx(target: IO[bytes], title: str, lines: Iterable[Detail]) -> None:
    """Write the ledger row by row: memory does not grow with it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("承诺台账")
    sheet.freeze_panes = "A3"
    for column in range(len(HEADINGS + FURTHER)):
        width = WIDTHS[column] if column < len(WIDTHS) else 16
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
    bold = Font(bold=True)
    sheet.append(written(sheet, [title], bold))
    sheet.append(written(sheet, (*HEADINGS, *FURTHER), bold))
    for place, line in enumerate(lines, 1):
        for cells in rows(place, line):
            sheet.append(written(sheet, cells))
    book.save(target)


def print_pdf(title: str, lines: Iterable[Line]) -> bytes:
    """Print the ledger; in the place of the pledger stand all who promise together. Raises `TooManyToPrint`."""
    some = list(islice(lines, MOST_PRINTED + 1))
    if len(some) > MOST_PRINTED:
        raise TooManyToPrint
    lined = [row(place, replace(line, name=line.names)) for place, line in enumerate(some, 1)]
    html = flask.render_template("pledge/ledger/paper.html", title=title, headings=HEADINGS, rows=lined)
    return printed(html, STYLE)
