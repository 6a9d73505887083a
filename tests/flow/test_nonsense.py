"""After a quarter: nonsense sent to pages about what really exists is shown or refused, never a defect."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.auth import session
from shared.db import Connection, Pool
from tests import nonsense
from tests.contract.openapi import everybody
from tests.flow.test_leaks import known
from tests.flow.world import NAMES, World
from tests.services import Service
from tests.university import uid

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
DOCUMENTS = re.compile(r"\.(pdf|docx|xlsx)$|<any|sign-out|password")


class Rehearsal:
    """A pool whose connections forget what was done with them, so that others can look at the same quarter."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        with self._pool.connection() as conn, conn.transaction(force_rollback=True):
            yield conn


@pytest.fixture
def rehearsed(played: World, request: pytest.FixtureRequest) -> Iterator[tuple[Service, FlaskClient]]:
    """Give a service whose pages act for nothing, and the browser of somebody who may do everything."""
    made = played.services[request.param]
    pool = made.app.extensions["pool"]
    token = everybody(made)
    made.app.extensions["pool"] = Rehearsal(pool)
    client = made.client()
    client.set_cookie(session.COOKIE, token)
    yield made, client
    made.app.extensions["pool"] = pool
    with made.connect() as conn:
        for table in ("position", "person"):
            column = "id" if table == "person" else "person_id"
            conn.execute(f"DELETE FROM {table} WHERE {column} = %s".encode(), [uid("everything")])


def real(world: World) -> dict[str, list[str]]:
    people = {"person_id": [str(uid("T003"))], "organization_id": [str(uid("zjy/jin/jg"))]}
    return {**known(world), **people, "leave_person_id": [str(uid("T003"))]}


@pytest.mark.parametrize("rehearsed", NAMES, indirect=True)
def test_no_page_about_a_real_quarter_fails_for_nonsense(played: World, rehearsed: Any) -> None:
    made, client = rehearsed
    ids = real(played)
    wrong = []
    for method in ("GET", "POST"):
        rules = [rule for rule in nonsense.pages(made.app, made.name, method) if not DOCUMENTS.search(rule.rule)]
        asked = nonsense.learn(made.app, client, rules, method, ids)
        for rule in rules:
            if "<" in rule.rule and (names := asked[rule.endpoint]):
                place = nonsense.address(rule, ids)
                wrong += list(read(client, place, names) if method == "GET" else sent(client, place, names))
    assert wrong == [], nonsense.AGAIN


def read(client: FlaskClient, place: str, names: set[str]) -> Iterator[str]:
    for query in nonsense.some(nonsense.queries(names), f"GET {ID.sub('', place)}"):
        status = client.get(f"{place}?{query}").status_code
        if status >= 500:
            yield f"{place}?{query[:60]}: {status}"


def sent(client: FlaskClient, place: str, names: set[str]) -> Iterator[str]:
    for kind, given in nonsense.some(nonsense.forms(names), f"POST {ID.sub('', place)}"):
        status = client.post(place, **given).status_code
        if status >= 500:
            yield f"{place} {kind}: {status}"
