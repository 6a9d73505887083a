"""The papers that anybody may have are written once for all, and written anew as soon as they say something else."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from services.notify.document import docx, files, layout, pdf
from services.notify.document.shelf import Shelf
from tests.integration.notify.desk import Desk
from tests.integration.notify.test_pages import SATURDAY
from tests.university import uid

PAPERS = ("notice.pdf", "poster.pdf", "notice.docx")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list that grows with each paper that is really written."""
    monkeypatch.setattr(files, "SHELF", Shelf(room=2**24))
    found: list[str] = []

    def counting(name: str, write: Callable[..., bytes]) -> Callable[..., bytes]:
        def counted(*given: Any) -> bytes:
            found.append(name)
            return write(*given)

        return counted

    monkeypatch.setattr(pdf, "rendered", counting("pdf", pdf.rendered))
    monkeypatch.setattr(docx, "saved", counting("docx", docx.saved))
    return found


@pytest.mark.parametrize("paper", PAPERS)
def test_a_notice_s_paper_is_written_once_for_both_doors(desk: Desk, written: list[str], paper: str) -> None:
    notice_id, _ = desk.posted("毛建国")
    paths = [f"/notify/notices/{notice_id}/{paper}", f"/notify/api/notices/{notice_id}/{paper}"]
    answers = [desk.client().get(path) for path in paths * 2]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.data for answer in answers}) == 1
    assert len(written) == 1


def test_pdf_poster_and_docx_are_not_mistaken_for_one_another(desk: Desk, written: list[str]) -> None:
    notice_id, _ = desk.posted("毛建国")
    answers = [desk.client().get(f"/notify/notices/{notice_id}/{paper}") for paper in PAPERS]
    assert len({answer.data for answer in answers}) == len({answer.headers["ETag"] for answer in answers}) == 3
    assert sorted(written) == ["docx", "pdf", "pdf"]


def test_who_has_a_paper_is_not_sent_it_again_while_it_holds(desk: Desk, written: list[str]) -> None:
    notice_id, _ = desk.posted("毛建国")
    path = f"/notify/notices/{notice_id}/notice.pdf"
    first = desk.client().get(path)
    again = desk.client().get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "no-cache"
    assert len(written) == 1


def test_a_release_that_prints_otherwise_is_sent_to_who_has_the_paper_of_the_old_one(
    desk: Desk, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id, _ = desk.posted("毛建国")
    path = f"/notify/notices/{notice_id}/notice.pdf"
    first = desk.client().get(path)
    monkeypatch.setattr(layout, "MARK", "another release")
    later = desk.client().get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 200
    assert later.data.startswith(b"%PDF")
    assert len(written) == 2


def test_a_name_that_is_taken_off_stands_on_no_paper_any_more(desk: Desk, written: list[str]) -> None:
    """R-173, requirements 2.10."""
    notice_id, [award_id, _] = desk.posted("毛建国", "方佳")
    path = f"/notify/notices/{notice_id}/notice.pdf"
    first = desk.client().get(path)
    with desk.service.connect() as conn:
        conn.execute(
            "UPDATE award SET state = 'stopped', cause = 'objection', ended_on = current_date WHERE id = %s", [award_id]
        )
    later = desk.client().get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 200
    assert "毛建国" not in "".join(page.extract_text() for page in PdfReader(io.BytesIO(later.data)).pages)
    assert len(written) == 2


def test_the_board_s_poster_is_written_once_and_none_for_a_quarter_without_winners(
    desk: Desk, written: list[str]
) -> None:
    desk.posted("毛建国")
    desk.run_deadlines(SATURDAY)
    path = f"/notify/board/{uid('zjy')}/poster.pdf"
    for query in ("", "?period=2013Q1"):
        assert desk.client().get(path + query).data.startswith(b"%PDF")
    empty = desk.client().get(f"{path}?period=2012Q1")
    assert empty.status_code == 404
    assert "还没有公布评选结果" in empty.text
    assert written == ["pdf"]
