"""A published pledge and its revisions, through the doors."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.integration.pledge.showing import decide, published, show, verdict
from tests.integration.pledge.writing import HEADLINE, YEAR, text
from tests.services import Service
from tests.university import University, uid

BRANCH = str(uid("zjy/jin/jg"))
REVISED = "每月走访学生寝室3次，年底前帮助5名困难学生"


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def revise(pledge: Service, by: Any, pledge_id: str, **changes: Any) -> Any:
    return pledge.client(by).put(f"/pledge/api/pledges/{pledge_id}", json=text(REVISED, **changes))


def test_a_revision_that_was_taken_back_leaves_the_published_text_standing(
    pledge: Service, university: University
) -> None:
    """R-045 R-054"""
    me, officer = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = published(pledge, me, officer)
    assert revise(pledge, me, pledge_id, reason="任务调整").status_code == 200
    taken = pledge.client(me).post(f"/pledge/api/pledges/{pledge_id}/withdraw")
    assert (taken.json["state"], taken.json["version"]) == ("open", 1)
    page = pledge.client(officer).get(f"/pledge/pledges/{pledge_id}").text
    assert "已公示" in page[: page.index("历次文本")]
    assert page.index(HEADLINE) < page.index("历次文本") < page.index(REVISED)
    query = {"organization_id": BRANCH, "year": YEAR}
    (line,) = pledge.client(officer).get("/pledge/api/ledger", query_string=query).json["lines"]
    assert (line["headline"], line["version_state"]) == (HEADLINE, "published")
    book = load_workbook(
        io.BytesIO(pledge.client(officer).get("/pledge/pledges/ledger.xlsx", query_string=query).data), read_only=True
    )
    cells = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert HEADLINE in cells
    assert REVISED not in cells


def test_the_next_revision_after_one_that_was_taken_back_wants_a_reason_and_gets_its_own_number(
    pledge: Service, university: University
) -> None:
    """R-045"""
    me, officer = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = published(pledge, me, officer)
    revise(pledge, me, pledge_id, reason="任务调整")
    assert pledge.client(me).post(f"/pledge/api/pledges/{pledge_id}/submit").status_code == 200
    pledge.client(me).post(f"/pledge/api/pledges/{pledge_id}/withdraw")
    bare = revise(pledge, me, pledge_id)
    assert (bare.status_code, bare.json["code"]) == (422, "revision_needs_reason")
    assert revise(pledge, me, pledge_id, reason="岗位变动").json["version"] == 3
    assert revise(pledge, me, pledge_id).json["version"] == 3
    pledge.client(me).post(f"/pledge/api/pledges/{pledge_id}/submit")
    assert decide(pledge, officer, pledge_id, **verdict(version=3)).status_code == 201
    assert show(pledge, officer, pledge_id).status_code == 201
    versions = pledge.client(me).get(f"/pledge/api/pledges/{pledge_id}").json["versions"]
    assert [(one["number"], one["state"], one["reason"]) for one in versions] == [
        (3, "published", "岗位变动"), (2, "withdrawn", "任务调整"), (1, "superseded", ""),
    ]  # fmt: skip
