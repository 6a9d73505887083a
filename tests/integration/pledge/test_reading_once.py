"""Pages that read once: more periods or more organisations cost them no more statements."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from services.pledge.gap import reading
from services.pledge.remark import rhythm, tasks
from shared import clock
from shared import scheme as schemes
from shared.auth import viewer as viewers
from shared.directory import store as directory
from tests.integration.counting import Statements
from tests.integration.pledge.fulfilling import published
from tests.services import Service
from tests.university import TENANT, University, organization, uid


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def found(pledge: Service, person_id: UUID, today: date) -> int:
    """Count the tasks that 点评 gives."""
    with pledge.connect() as conn:
        return len(tasks.provider(conn, viewers.load(conn, TENANT, person_id, 1, today), today))


def test_the_workbench_asks_for_many_periods_at_once(pledge: Service, university: University) -> None:
    """R-072 R-074"""
    people = university.people
    published(pledge, people["尤文静"], at=clock.start_of(date(clock.today().year, 1, 5)))
    first, last = (date(clock.today().year, month, 20) for month in (1, 12))
    sent = []
    for today in (first, last):
        with pledge.connect() as conn:
            viewer = viewers.load(conn, TENANT, people["王一鸣"], 1, today)
            with Statements() as run:
                tasks.provider(conn, viewer, today)
            sent.append(len(run))
    assert found(pledge, people["王一鸣"], last) > found(pledge, people["王一鸣"], first) > 0
    assert sent[0] == sent[1]


def test_periods_together_say_what_each_says_alone(pledge: Service, university: University) -> None:
    """R-072 R-074: who is to be remarked on, and whether there is something to sum up."""
    year, people = clock.today().year, university.people
    for month, name in ((1, "尤文静"), (5, "毛建国"), (8, "仇大海")):
        published(pledge, people[name], at=clock.start_of(date(year, month, 5)))
    periods = [f"{year}Q{number}" for number in range(1, 5)]
    with pledge.connect() as conn:
        place_id = uid("zjy/jin/jg")
        together = reading.left(conn, TENANT, {place_id: periods})[place_id]
        alone = [reading.left(conn, TENANT, {place_id: [period]})[place_id] for period in periods]
        assert together == {period: one[period] for period, one in zip(periods, alone, strict=True)}
        assert [len(one.people) for one in together.values()] == [1, 2, 3, 3]
        assert reading.left(conn, TENANT, {place_id: []}) == {}
    assert rhythm.named(periods[0]).endswith("第一季度")


def test_many_organisations_are_read_at_once_for_a_new_occasion(pledge: Service, university: University) -> None:
    """R-090: who may open an occasion chooses among organisations, each under the scheme nearest to it."""
    client = pledge.client(university.people["陈部长"])
    sent = []
    for number in range(3):
        with Statements() as run:
            page = client.get("/pledge/assessments/")
        assert page.status_code == 200
        assert page.text.count("新设支部") == 5 * number
        sent.append(len(run))
        with pledge.connect() as conn:
            for place in range(5):
                facts = organization(f"zjy/jin/x{number}{place}", "branch", "新设支部", "教学")
                directory.save_organization(conn, TENANT, facts)
    assert len(set(sent)) == 1


def test_the_schemes_of_many_organisations_are_those_of_each(pledge: Service, university: University) -> None:
    """Its own newest, else the nearest above it; who has none is left out."""
    with pledge.connect() as conn:
        own = {**university.adoption(version=2), "organization_id": uid("zjy/jin/jg"), "name": "支部方案"}
        directory.save_adoption(conn, TENANT, own)
        places = directory.list_below(conn, directory.get_top(conn, TENANT))
        together = schemes.currents(conn, places)
        assert together == {one.id: schemes.current(conn, one) for one in places}
        assert {one.name for one in together.values()} == {"支部方案", "测试方案"}
        conn.execute("DELETE FROM adoption WHERE organization_id = %s", [uid("zjy")])
        assert set(schemes.currents(conn, places)) == {uid("zjy/jin/jg")}
        assert schemes.currents(conn, []) == {}
