"""How fast pledges are read: `python -m tests.bench.pledges [pledges]`, by default 100,000 of one university and year.

A database is filled by COPY; then every page is asked for through its own door, signed in, and so is a door that does
`SELECT 1` and nothing else: the two are measured in turns, so that a busy machine shows in both. Last the whole ledger
goes out as a workbook, with the memory that the process had at its highest before and after.
"""

import resource
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import flask
import psycopg
from flask.testing import FlaskClient

from services.pledge import permissions
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door
from tests import databases, services
from tests.bench.messaging import servers
from tests.university import SCHEME, TENANT, University, organization, person, uid

YEAR = 2026
BRANCH, GENERAL = 40, 10
"""People in a branch, branches in a 党总支."""
ROUNDS = 25
NOW = datetime(YEAR, 1, 20, tzinfo=UTC)
COLUMNS = {
    "person": "tenant_id, id, version, organization_id, number, name, stroke_key, standing, identity, leader, "
    "division_rank, floating, last_contact_on, exempt, counted, email, active, session_epoch",
    "pledge": "tenant_id, id, organization_id, form, kind, year, person_id, state, scheme_id, scheme_version, version, "
    "published_version, entered_by, made_at, submitted_at",
    "pledge_version": "tenant_id, pledge_id, number, state, headline, made_by, made_at, submitted_at, published_at",
    "pledge_item": "tenant_id, pledge_id, version, item_id, position, content, due_on",
    "wall": "tenant_id, pledge_id, organization_id, year, person_id, stroke_key, scope",
}


def branch(index: int) -> str:
    return f"zjy/z{index // GENERAL:04}/b{index:05}"


def who(index: int) -> UUID:
    return uid(f"bench {index}")


def pledge(index: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"bench pledge {index}")


def fill(conn: Connection, count: int) -> None:
    """Enter organisations one by one, and people and pledges by COPY."""
    University().fill(conn)
    with conn.pipeline():
        for index in range(0, count // BRANCH, GENERAL):
            path = branch(index).rpartition("/")[0]
            directory.save_organization(conn, TENANT, organization(path, "general_branch", f"第{index}党总支", ""))
        for index in range(count // BRANCH):
            directory.save_organization(conn, TENANT, organization(branch(index), "branch", f"第{index}党支部", ""))
    for table, rows in (("person", people(count)), *pledges(count).items()):
        with conn.cursor().copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def people(count: int) -> Iterator[tuple[Any, ...]]:
    names = [name.strip() for name in COLUMNS["person"].split(",")]
    for index in range(count):
        facts = person(f"党员{index}", f"B{index}", branch(index // BRANCH), index)
        facts |= {"tenant_id": TENANT, "id": who(index), "stroke_key": f"{index * 7919 % count:06}"}
        yield tuple(facts[name] for name in names)


def pledges(count: int) -> dict[str, Iterator[tuple[Any, ...]]]:
    every = range(count)
    places = [uid(branch(index)) for index in range(count // BRANCH)]
    return {
        "pledge": (
            (TENANT, pledge(i), places[i // BRANCH], "individual", "annual", YEAR, who(i), "open", SCHEME, 1, 1, 1,
             who(i), NOW, NOW) for i in every
        ),
        "pledge_version": (
            (TENANT, pledge(i), 1, "published", f"每月走访寝室{i % 9 + 1}次，年底前帮助{i % 7 + 1}人", who(i), NOW,
             NOW, NOW) for i in every
        ),
        "pledge_item": (
            (TENANT, pledge(i), 1, uuid5(pledge(i), "item"), 1, "每周为考研学生答疑1次", f"{YEAR}-12-31") for i in every
        ),
        "wall": (
            (TENANT, pledge(i), places[i // BRANCH], YEAR, who(i), f"{i * 7919 % count:06}", "public") for i in every
        ),
    }  # fmt: skip


@contextmanager
def filled(server: str, count: int) -> Iterator[services.Service]:
    """Give the service on a database with so many pledges, with the door that only asks the database for 1."""
    templates: dict[str, str] = {}
    with databases.fresh(server, templates) as urls:
        url = urls("pledge")
        with psycopg.connect(url) as conn:
            fill(conn, count)
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute("VACUUM ANALYZE")
        made = services.start("pledge", url)

        @door.read(permissions.SEE_PLACE)
        def one(conn: Connection, _viewer: Viewer) -> flask.Response:
            conn.execute("SELECT 1")
            return flask.jsonify(1)

        made.app.add_url_rule("/pledge/bench/one", view_func=one)
        yield made
        made.app.extensions["pool"].close()
    with psycopg.connect(server, autocommit=True) as conn:
        for name in templates.values():
            conn.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def spent(client: FlaskClient, path: str) -> float:
    begun = time.perf_counter()
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return (time.perf_counter() - begun) * 1000


def measured(client: FlaskClient, path: str) -> tuple[float, float, float]:
    """Give the median and the slowest of a page, and the median of the reference, asked for in turns."""
    spent(client, path)
    times, reference = [], []
    for _ in range(ROUNDS):
        reference.append(spent(client, "/pledge/bench/one"))
        times.append(spent(client, path))
    return statistics.median(times), max(times), statistics.median(reference)


def highest() -> float:
    """Give the most memory the process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def export(client: FlaskClient, query: str) -> None:
    before, begun, size = highest(), time.perf_counter(), 0
    answer = client.get(f"/pledge/pledges/ledger.xlsx?{query}", buffered=False)
    for part in answer.iter_encoded():
        size += len(part)
    answer.close()
    seconds = time.perf_counter() - begun
    print(f"ledger as a workbook: {size / 2**20:.1f} MB in {seconds:.1f} s; memory {before:.0f} → {highest():.0f} MB")


def queue(service: services.Service, count: int) -> None:
    """Let every pledge wait for its review, and ask for the queue of the department and of one branch's secretary."""
    with service.connect() as conn:
        facts = {"version": 1, "organization_id": uid(branch(3)), "person_id": who(3 * BRANCH), "role": "secretary",
                 "position_id": uid("bench secretary"), "starts_on": NOW.date(), "ends_on": None}  # fmt: skip
        directory.save_position(conn, TENANT, facts)
        conn.execute("UPDATE pledge SET published_version = NULL")
        conn.execute("UPDATE pledge_version SET state = 'submitted', published_at = NULL")
    with psycopg.connect(service.url, autocommit=True) as conn:
        conn.execute("VACUUM ANALYZE")
    readers = {"the department": University().people["陈部长"], "one branch's secretary": who(3 * BRANCH)}
    for name, person_id in readers.items():
        median, slowest, reference = measured(service.client(person_id), "/pledge/reviews/")
        print(f"queue of {count} waiting, {name:20} {median:7.1f} ({slowest:.1f})   {median / reference:5.1f} ×")


def main(count: int = 100_000) -> None:
    with servers() as (server, _), filled(server, count) as service:
        client = service.client(University().people["陈部长"])
        top, one = f"year={YEAR}", f"organization_id={uid(branch(3))}&year={YEAR}"
        last = -(-count // 50)
        pages = {
            "ledger, the university, first page": f"/pledge/pledges/?{top}",
            "ledger, the university, last page": f"/pledge/pledges/?{top}&page={last}",
            "ledger, one branch": f"/pledge/pledges/?{one}",
            "coverage, the university": f"/pledge/coverage/?{top}",
            "coverage, one branch": f"/pledge/coverage/?{one}",
            "wall, the university, first page": f"/pledge/wall/{uid('zjy')}?{top}",
            "wall, the university, a page midway": f"/pledge/wall/{uid('zjy')}?{top}&page={last // 2}"
            f"&after={pledge(count // 2)}",
            "wall, one branch": f"/pledge/wall/{uid(branch(3))}?{top}",
        }
        print(f"{count} pledges of {YEAR}; median ms (slowest), and as multiple of SELECT 1 through a door")
        for name, path in pages.items():
            median, slowest, reference = measured(client, path)
            print(f"{name:38} {median:7.1f} ({slowest:.1f})   {median / reference:5.1f} × {reference:.1f}")
        export(client, one)
        export(client, top)
        queue(service, count)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
