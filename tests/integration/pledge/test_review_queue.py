"""The queue of 审诺: what waits for one reviewer, by one statement, is what that reviewer may decide on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest

from services.pledge import permissions
from services.pledge.pledge import commands as pledges
from services.pledge.review import commands, reading, store
from shared import clock
from shared.auth.viewer import load
from shared.errors import Refusal
from tests.integration.pledge.showing import decide, returning, verdict
from tests.integration.pledge.writing import submitted, text
from tests.services import Service
from tests.university import University, uid

ASKED = {"method": "座谈会", "dates": "1月", "number": 30, "opinions": "延长开馆", "use": "列入"}


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def fill(pledge: Service, people: dict[str, UUID]) -> list[str]:
    """Hand in pledges of many kinds; let some pass one step or go back."""
    names = "尤文静 毛建国 王一鸣 区小宁 赵晓明 钱多 李会计 吴书香 郑总 陈部长"
    made = {name: submitted(pledge, people[name]) for name in names.split()}
    together = text(authors=[{"person_id": str(people["区小宁"]), "name": "区小宁"}])
    group = submitted(pledge, people["文思远"], form="group", text=together)
    consulted = text("为学生办好三件实事", consultation=ASKED)
    for_all = {"form": "organization", "text": consulted}
    bodies = [
        submitted(pledge, people[by], organization_id=str(uid(place)), **for_all)
        for by, place in (("王一鸣", "zjy/jin/jg"), ("郑总", "zjy/jin"), ("吴书香", "zjy/tsg"), ("陈部长", "zjy"))
    ]
    for name in ("尤文静", "毛建国"):
        assert decide(pledge, people["王一鸣"], made[name], **verdict()).status_code == 201
    assert decide(pledge, people["赵晓明"], made["钱多"], **returning()).status_code == 201
    return [*made.values(), group, *bodies]


def allowed(conn: psycopg.Connection, university: University, name: str, pledge_ids: list[str]) -> set[str]:
    """Ask the rules themselves, pledge by pledge."""
    viewer = load(conn, university.tenant_id, university.people[name], 1, clock.today())
    found = set()
    for pledge_id in pledge_ids:
        try:
            one, organization = pledges.access(conn, viewer, permissions.REVIEW, UUID(pledge_id))
            matter = commands.matter(conn, one, organization)
        except Refusal:
            continue
        known = store.list_reviews(conn, one)
        earlier = {each.reviewed_by for each in known if each.version == one.version}
        if not commands.may(conn, viewer, matter, earlier):
            found.add(pledge_id)
    return found


@pytest.mark.parametrize("steps", [["branch"], ["branch", "general_branch"], ["general_branch"]])
def test_the_queue_of_everybody_is_what_the_rules_let_them_decide(
    university: University, service: Callable[[str], Service], steps: list[str]
) -> None:
    """R-050 R-052 R-053"""
    university.settings = {**university.settings, "pledge.review_steps": steps}
    pledge = service("pledge")
    if steps[0] == "branch":
        pledge_ids = fill(pledge, university.people)
    else:
        pledge_ids = [submitted(pledge, university.people[name]) for name in ("尤文静", "吴书香", "郑总", "钱多")]
    seen = 0
    with pledge.connect() as conn:
        for name, person_id in university.people.items():
            viewer = load(conn, university.tenant_id, person_id, 1, clock.today())
            queue = reading.queue(conn, viewer)
            assert {str(one.pledge_id) for one in queue.waiting} == allowed(conn, university, name, pledge_ids), name
            assert queue.total == len(queue.waiting)
            seen += queue.total
    assert seen


def test_work_beyond_a_page_is_counted_and_reached(
    pledge: Service, university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-050: nothing that waits is dropped, whatever waits for others before it."""
    monkeypatch.setattr(reading, "MOST", 2)
    people = university.people
    others = [submitted(pledge, people[name]) for name in ("赵晓明", "钱多", "孙丽")]
    mine = [submitted(pledge, people[name]) for name in ("尤文静", "毛建国", "仇大海")]
    client = pledge.client(people["王一鸣"])
    pages = [client.get("/pledge/api/reviews", query_string={"page": page}).json for page in (1, 2, 3)]
    assert [one["pledge_id"] for page in pages for one in page] == mine
    assert {one["total"] for page in pages for one in page} == {3}
    assert not set(others) & set(mine)
    page = client.get("/pledge/reviews/").text
    assert "共3份待您审诺，每页列出2份" in page
    assert "第1页，共2页" in page
    tasks = client.get("/pledge/api/tasks").json
    assert "3份承诺待审诺" in [one["title"] for one in tasks]


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    asked: list[Any] = []
    execute = psycopg.Cursor.execute

    def noted(self: Any, query: Any, *given: Any, **named: Any) -> Any:
        asked.append(query)
        return execute(self, query, *given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", noted)
        yield asked


def test_a_longer_queue_asks_the_database_no_more_often(
    pledge: Service, university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = university.people
    numbers = []
    for name in ("尤文静", "毛建国", "仇大海"):
        submitted(pledge, people[name])
        with pledge.connect() as conn:
            viewer = load(conn, university.tenant_id, people["王一鸣"], 1, clock.today())
            with counted(monkeypatch) as asked:
                reading.queue(conn, viewer)
            numbers.append(len(asked))
    assert len(set(numbers)) == 1
    assert 0 < numbers[0] < 6


def test_the_secretary_s_own_pledge_waits_for_the_superior(pledge: Service, university: University) -> None:
    """R-052: where a branch has no other officer the superior decides."""
    people = university.people
    pledge_id = submitted(pledge, people["李会计"])
    with pledge.connect() as conn:
        viewer = load(conn, university.tenant_id, people["蒋总会"], 1, clock.today())
        assert [str(one.pledge_id) for one in reading.queue(conn, viewer).waiting] == [pledge_id]
