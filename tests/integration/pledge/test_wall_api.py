"""The public wall through the JSON door: who hangs where, in which order, page by page."""

from collections.abc import Callable
from typing import Any

import pytest

from shared import clock
from shared.db import Connection
from shared.events.roster import PersonChanged
from tests.integration.pledge.showing import decide, published, show, verdict, wall
from tests.integration.pledge.writing import YEAR, submitted, text
from tests.services import Service
from tests.university import University, person, uid

BRANCH = uid("zjy/jin/jg")


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def names(page: dict[str, Any]) -> list[str]:
    return [one["name"] for one in page["hung"]]


def test_secretaries_hang_first_then_the_organisation_then_by_strokes(pledge: Service, university: University) -> None:
    """R-009 R-059: whether each secretary has pledged is told in public; members and organisations hang."""
    university_people, officer = university.people, university.people["区小宁"]
    for name in ("方佳", "毛建国", "王一鸣"):
        published(pledge, university_people[name], officer)
    asked = {"method": "座谈会", "dates": "1月", "number": 30, "opinions": "", "use": "列入"}
    body = {"form": "organization", "organization_id": str(BRANCH), "text": text("办好3件实事", consultation=asked)}
    own = submitted(pledge, university_people["王一鸣"], **body)
    decide(pledge, university_people["郑总"], own, **verdict(step="superior"))
    assert show(pledge, officer, own).status_code == 201
    page = wall(pledge, BRANCH)
    assert names(page) == ["王一鸣", "金融学院教工党支部", "毛建国", "方佳"]
    assert [(one["name"], one["published_on"]) for one in page["secretaries"]] == [
        ("王一鸣", clock.today().isoformat())
    ]
    above = wall(pledge, uid("zjy/jin"))
    assert (names(above), above["total"]) == (names(page), 4)
    assert [one["name"] for one in above["secretaries"] if one["published_on"] is None] == ["赵晓明", "郑总"]


def test_staff_who_are_no_members_hang_too(service: Callable[[str], Service], university: University) -> None:
    """R-059 C19"""
    university.settings["pledge.forms"] = ["individual", "staff"]
    pledge = service("pledge")
    published(pledge, university.people["韩群众"], university.people["王一鸣"], form="staff")
    assert names(wall(pledge, BRANCH)) == ["韩群众"]


def test_who_sees_what_follows_the_scope_of_the_showing(pledge: Service, university: University) -> None:
    """R-058 R-060 R-022: 支部, 学校, 社会."""
    people, officer = university.people, university.people["王一鸣"]
    ids = {
        scope: published(pledge, people[name], officer, scope)
        for name, scope in {"尤文静": "branch", "毛建国": "school", "方佳": "public"}.items()
    }
    assert names(wall(pledge, BRANCH)) == ["方佳"]
    assert names(wall(pledge, BRANCH, people["李会计"])) == ["毛建国", "方佳"]
    assert names(wall(pledge, BRANCH, people["仇大海"])) == ["尤文静", "毛建国", "方佳"]
    for scope, pledge_id in ids.items():
        seen = [
            pledge.client(reader).get(f"/pledge/api/wall/pledges/{pledge_id}").status_code == 200
            for reader in (None, people["李会计"], people["仇大海"])
        ]
        assert seen == {"branch": [False, False, True], "school": [False, True, True], "public": [True] * 3}[scope]
    assert show(pledge, officer, ids["branch"], channel="微博").status_code == 201
    assert names(wall(pledge, BRANCH)) == ["尤文静", "方佳"]


def test_the_wall_turns_by_year_and_page(pledge: Service, university: University) -> None:
    """R-031: a pledge hangs in the year it is for."""
    people, officer = university.people, university.people["王一鸣"]
    published(pledge, people["尤文静"], officer)
    published(pledge, people["尤文静"], officer, year=YEAR + 1)
    this, following = wall(pledge, BRANCH), wall(pledge, BRANCH, year=YEAR + 1)
    assert (this["total"], following["total"], this["years"]) == (1, 1, [YEAR + 1, YEAR])
    with pledge.connect() as conn:
        copies(conn, 120)
    assert [len(wall(pledge, BRANCH, page=page)["hung"]) for page in (1, 2, 3)] == [50, 50, 21]
    seen = [one["pledge_id"] for page in (1, 2, 3) for one in wall(pledge, BRANCH, page=page)["hung"]]
    assert len(set(seen)) == 121
    assert wall(pledge, BRANCH, page=99)["page"] == 3


def test_every_page_follows_from_the_one_before_in_both_directions(pledge: Service, university: University) -> None:
    """R-060: a wall of any length is turned page by page, each as quickly as the first."""
    people, officer = university.people, university.people["王一鸣"]
    published(pledge, people["尤文静"], officer)
    with pledge.connect() as conn:
        copies(conn, 119)
    published(pledge, people["王一鸣"], people["区小宁"])
    numbered = [one["pledge_id"] for page in (1, 2, 3) for one in wall(pledge, BRANCH, page=page)["hung"]]
    page, found, number = wall(pledge, BRANCH), [], 1
    while page["following"]:
        found += page["hung"]
        number += 1
        page = wall(pledge, BRANCH, page=number, after=page["following"])
    found += page["hung"]
    assert [one["pledge_id"] for one in found] == numbered
    assert found[0]["secretary"] is True
    back = wall(pledge, BRANCH, page=2, before=page["hung"][0]["pledge_id"])
    assert [one["pledge_id"] for one in back["hung"]] == numbered[50:100]
    shown = pledge.client().get(f"/pledge/wall/{BRANCH}?year={YEAR}").text
    assert f"page=2&amp;after={numbered[49]}" in shown
    screen = pledge.client().get(f"/pledge/wall/{BRANCH}/screen?year={YEAR}").text
    assert f"page=2&amp;after={numbered[3]}" in screen


def copies(conn: Connection, count: int) -> None:
    """Hang further instant pledges like the first."""
    conn.execute(
        """
        WITH fresh AS (
            INSERT INTO pledge
            SELECT (p).* FROM (
                SELECT jsonb_populate_record(p, jsonb_build_object(
                    'id', gen_random_uuid(), 'kind', 'instant', 'trigger', 'task')) AS p
                FROM pledge p, generate_series(1, %(count)s) WHERE p.year = %(year)s) made
            RETURNING tenant_id, id),
        texts AS (
            INSERT INTO pledge_version (tenant_id, pledge_id, number, state, headline, made_by, made_at)
            SELECT tenant_id, id, 1, 'published', '每月一次', gen_random_uuid(), now() FROM fresh)
        INSERT INTO wall SELECT f.tenant_id, f.id, w.organization_id, w.year, w.person_id, w.stroke_key, w.scope
        FROM fresh f, wall w WHERE w.year = %(year)s
        """,
        {"count": count, "year": YEAR},
    )


def test_a_pledge_hangs_where_the_name_belongs_now(pledge: Service, university: University) -> None:
    people, officer = university.people, university.people["王一鸣"]
    for name in ("方佳", "尹志强"):
        published(pledge, people[name], officer)
    assert names(wall(pledge, BRANCH)) == ["方佳", "尹志强"]
    changed = {**person("丁佳", "T007", "zjy/jin/jg", 90), "version": 2}
    for _ in range(2):
        pledge.hear(PersonChanged, **changed)
    assert names(wall(pledge, BRANCH)) == ["尹志强", "丁佳"]
