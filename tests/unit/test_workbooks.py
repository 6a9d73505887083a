"""No workbook that leaves the house holds a formula: what somebody wrote is text in every cell (requirements 4.4)."""

import io
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font

from services.evaluation.award import documents as awards
from services.evaluation.award.domain import Award, AwardState
from services.evaluation.award.ledger import Ledger
from services.notify.filing import form
from services.notify.filing.view import Whole
from services.pledge.appraisal.domain import AppraisalState, Row
from services.pledge.ledger import documents as ledger
from services.pledge.ledger.domain import Detail
from services.pledge.pledge.domain import Form, Kind, PledgeState, VersionState
from services.pledge.sheet import documents as sheet
from services.roster.imports import workbook as imports
from services.roster.imports.domain import Fault
from shared import workbook
from shared.sheet import Row as Uploaded
from shared.sheet import Table

ROOT = Path(__file__).parent.parent.parent
LIVE = ("=1+2", "+86", "-1", "@SUM(A1)", "\tx", "#N/A", '=HYPERLINK("x")')
NOW = datetime(2013, 4, 1, tzinfo=UTC)


def faulty(text: str) -> bytes:
    return imports.marked(Table((text,), (Uploaded(2, {text: text}),)), [Fault(2, "", text)])


def results(text: str) -> bytes:
    row = Row(uuid4(), uuid4(), None, text, text, "member", text, AppraisalState.DECIDED, text, 1, 2, True, 0)
    return sheet.results(text, [row])


def pledges(text: str) -> bytes:
    line = Detail(
        uuid4(), text, None, text, text, False, text, Form.INDIVIDUAL, Kind.ANNUAL, 2013, PledgeState.OPEN, True, False,
        text, text, text, text, VersionState.PUBLISHED, NOW, NOW, None, text, text, text, text, text,
        dict.fromkeys(("method", "dates", "number", "opinions", "use"), text), text, date(2013, 4, 1), text, text,
        [dict.fromkeys(("content", *ledger.MATTER), text)],
    )  # fmt: skip
    target = io.BytesIO()
    ledger.write_xlsx(target, text, [line])
    return target.getvalue()


def _award(text: str) -> Award:
    ids = [uuid4() for _ in range(7)]
    return Award(
        ids[0], ids[1], ids[2], ids[3], ids[4], ids[5], ids[6], "2013Q1", text, "", text, True, text,
        AwardState.PUBLISHED, NOW, filing_number=text,
    )  # fmt: skip


def stars(text: str) -> bytes:
    person = SimpleNamespace(name=text, number=text)
    return awards.stars_xlsx(cast(Any, person), [_award(text)], text)


def book_of_awards(text: str) -> bytes:
    return awards.ledger_xlsx(text, Ledger(()))


def registration(text: str) -> bytes:
    given: dict[str, Any] = {field.name: text for field in fields(Whole)}
    filing = replace(Whole(**given), batch=1, period="2013Q1")
    line = SimpleNamespace(name=text, identity=text)
    return form.written(replace(filing, lines=cast(Any, [line])), "xlsx")[1]


MADE: tuple[Callable[[str], bytes], ...] = (faulty, results, pledges, stars, book_of_awards, registration)


def cells(content: bytes) -> Iterator[Cell]:
    for page in load_workbook(io.BytesIO(content)).worksheets:
        for row in page.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell) and cell.value is not None)


@pytest.mark.parametrize("text", LIVE)
@pytest.mark.parametrize("made", MADE)
def test_what_begins_like_a_formula_is_text_in_every_cell_of_every_workbook(
    made: Callable[[str], bytes], text: str
) -> None:
    """Requirements 4.4, R-099, R-135, R-138, R-171."""
    found = list(cells(made(text)))
    assert [cell.value for cell in found if cell.data_type in {"f", "e"}] == []
    said = [cell for cell in found if str(cell.value).startswith(text)]
    assert said
    assert {bool(cell.quotePrefix) for cell in said} == {text.startswith(workbook.FORMULA)}
    assert {cell.number_format for cell in said} == {"@"}


def test_numbers_days_and_nothing_stay_what_they_are() -> None:
    book = Workbook()
    page = book.worksheets[0]
    for column, value in enumerate((3, date(2013, 4, 1), None, "甲"), start=1):
        workbook.put(page, 1, column, value)
    [row] = load_workbook(io.BytesIO(workbook.saved(book))).worksheets[0].iter_rows(max_col=4)
    assert [cell.value for cell in row] == [3, datetime(2013, 4, 1), None, "甲"]  # noqa: DTZ001


def test_a_line_has_its_font_and_only_what_could_be_mistaken_is_kept_as_text() -> None:
    """Requirements 4.4."""
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append(workbook.line(page, ["甲", 3, "=1"]))
    page.append(workbook.line(page, ["甲", 3, "=1"], Font(bold=True)))
    plain, bold = load_workbook(io.BytesIO(workbook.saved(book))).worksheets[0].iter_rows()
    assert [cell.value for cell in plain] == [cell.value for cell in bold] == ["甲", 3, "=1"]
    assert [cell.number_format for cell in (*plain, *bold)] == ["General", "General", "@"] * 2
    assert [bool(cell.font.b) for cell in (*plain, *bold)] == [False] * 3 + [True] * 3


def test_the_kind_of_a_workbook_and_the_signs_of_a_formula_stand_in_one_place() -> None:
    files = [path for top in ("services", "shared") for path in (ROOT / top).rglob("*.py")]
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files}
    for word in ("spreadsheetml.sheet", "quotePrefix", "WriteOnlyCell"):
        assert [name for name, text in texts.items() if word in text] == ["shared/workbook.py"], word
