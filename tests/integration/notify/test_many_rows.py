"""Lists of notify ask the database as often for many rows as for one, and show them page by page (R-170, R-175)."""

import pytest

from services.notify.notice import view as notices
from services.notify.objection import view as objections
from tests import statements
from tests.integration.notify.desk import DEPARTMENT, HANDLER, Desk
from tests.integration.notify.objections import SIGNED
from tests.university import uid

PAGES = [
    ("/notify/api/notices", ""),
    ("/notify/board/", ""),
    ("/notify/filings/", DEPARTMENT),
    ("/notify/api/filings", DEPARTMENT),
    ("/notify/filings/summary.xlsx?period=2013Q1", DEPARTMENT),
    ("/notify/objections/", HANDLER),
    ("/notify/api/objections", HANDLER),
    ("/notify/tasks", HANDLER),
    ("/notify/tasks", DEPARTMENT),
]


def opposed(desk: Desk) -> None:
    """Bring two awards of two branches under one more notice, and object to one of them."""
    award_ids = [desk.verify(), desk.verify("钱多", organization_id=uid("zjy/jin/xs"))]
    desk.object(desk.acknowledge()["notice_id"], award_ids[0], **SIGNED)


def asked(desk: Desk) -> dict[tuple[str, str], int]:
    """Read every page once; give how many statements each took."""
    found = {}
    for path, who in PAGES:
        client = desk.client(who)
        client.get(path)
        with statements.counted() as executed:
            assert client.get(path).status_code == 200, path
        found[path, who] = len(executed)
    return found


def test_no_list_asks_the_database_more_often_for_many_rows_than_for_one(desk: Desk) -> None:
    opposed(desk)
    few = asked(desk)
    for _ in range(4):
        opposed(desk)
    assert asked(desk) == few


@pytest.mark.parametrize(
    ("path", "who"), [("/notices?", ""), ("/notices?period=2013Q1&", ""), ("/objections?", HANDLER)]
)
def test_a_long_list_is_given_page_by_page_and_nothing_stands_on_two(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, path: str, who: str
) -> None:
    for _ in range(5):
        opposed(desk)
    whole = desk.get(path, who)
    for noun in (notices, objections):
        monkeypatch.setattr(noun, "PAGE", 2)
    pages = [desk.get(f"{path}page={number}", who) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert [one for page in pages for one in page] == whole
    assert desk.client(who).get(f"/notify/api{path}page=0").status_code == 422


def test_the_page_of_objections_leads_to_the_next_and_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objections, "PAGE", 2)
    for _ in range(3):
        opposed(desk)
    first, second = (desk.client(HANDLER).get(f"/notify/objections/?page={page}").text for page in (1, 2))
    assert ("?page=2" in first, "上一页" in first) == (True, False)
    assert ("?page=1" in second, "下一页" in second) == (True, False)


def test_nobody_is_shown_an_objection_to_an_award_of_the_own_branch(desk: Desk) -> None:
    """Requirements 2.5: who leads the branch does not handle it, wherever else that person may."""
    opposed(desk)
    assert len(desk.get("/objections", HANDLER)) == 1
    with desk.service.connect() as conn:
        conn.execute(
            "INSERT INTO position (tenant_id, id, version, person_id, organization_id, role, starts_on)"
            " SELECT tenant_id, gen_random_uuid(), 1, id, %s, 'deputy_secretary', '2013-01-01' FROM person"
            " WHERE id = %s",
            [uid("zjy/jin/jg"), desk.university.people[HANDLER]],
        )
    assert desk.get("/objections", HANDLER) == []
    assert "没有需要您处理的异议" in desk.client(HANDLER).get("/notify/objections/").text
