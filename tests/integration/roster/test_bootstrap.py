"""The beginning of a university, and the sample's two tables imported into it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from infra.sample import structure, tables
from infra.sample.people import ADMIN_NAME, ADMIN_NUMBER, everybody
from services.roster import bootstrap
from services.roster.bootstrap import AlreadyBegun, Beginning
from shared import clock
from tests import services
from tests.integration.roster.test_imports import send
from tests.services import Service

PASSWORD = "4r7k-qz2m-xx9"
BEGINNING = Beginning(structure.TOP_NAME, structure.TOP_CODE, ADMIN_NUMBER, ADMIN_NAME, PASSWORD)
WORDS = [
    "bootstrap", "--name", BEGINNING.name, "--code", "yunxi", "--number", ADMIN_NUMBER, "--admin", ADMIN_NAME,
]  # fmt: skip


@pytest.fixture
def empty(database: Callable[[str], str]) -> Iterator[Service]:
    """Give roster on a database in which nobody has begun."""
    made = services.start("roster", database("roster"))
    yield made
    made.app.extensions["pool"].close()


def signed_in(roster: Service) -> Any:
    client = roster.client()
    answer = client.post("/roster/api/sessions", json={"number": ADMIN_NUMBER, "password": PASSWORD})
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {answer.json['token']}"
    return client


def begun(roster: Service) -> Any:
    with roster.connect() as conn:
        bootstrap.begin(conn, BEGINNING)
    return signed_in(roster)


def test_a_university_begins_with_its_committee_and_an_administrator(empty: Service) -> None:
    admin = begun(empty)
    (top,) = admin.get("/roster/api/organizations").json
    assert (top["kind"], top["path"]) == ("committee", "yunxi/")
    assert [each["name"] for each in empty.told()] == ["organization.changed", "person.changed", "position.changed"]


def test_the_first_day_shows_the_administrator_what_to_do(empty: Service) -> None:
    """The steps end one after another as they are done."""
    admin = begun(empty)
    titles = [task["title"] for task in admin.get("/roster/api/tasks").json]
    assert [title.partition("：")[0] for title in titles] == [f"初次使用第{place}步，共5步" for place in range(1, 6)]
    (top,) = admin.get("/roster/api/organizations").json
    assert admin.post(f"/roster/schemes/adopt/{top['id']}", data={"basis": "zky2013"}).status_code == 303
    page = admin.get("/roster/tasks").text
    assert "初次使用第1步" not in page
    assert "✓ 采用制度方案" in page


def test_it_begins_once(empty: Service) -> None:
    begun(empty)
    with empty.connect() as conn, pytest.raises(AlreadyBegun):
        bootstrap.begin(conn, BEGINNING)


def test_the_command_reads_the_password_from_its_environment(
    empty: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    monkeypatch.setenv("ROSTER_DATABASE_URL", empty.url)
    monkeypatch.setattr("sys.argv", WORDS)
    bootstrap.main()
    with psycopg.connect(empty.url) as conn:
        row = conn.execute("SELECT tenant_id FROM organization").fetchone()
    assert row is not None
    assert capsys.readouterr().out.strip() == str(row[0])
    assert signed_in(empty).get("/roster/api/organizations").status_code == 200
    with pytest.raises(SystemExit, match="已有组织"):
        bootstrap.main()


def test_without_a_database_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    monkeypatch.setattr("sys.argv", WORDS)
    for name in ("ROSTER_DATABASE_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit, match="ROSTER_DATABASE_URL"):
        bootstrap.main()
    monkeypatch.setenv("ROSTER_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(SystemExit, match="数据库现在不可用"):
        bootstrap.main()


def test_the_sample_s_tables_are_imported_without_a_fault_and_once(empty: Service, tmp_path: Path) -> None:
    """requirements 2.12."""
    admin = begun(empty)
    units = structure.units(Random(1))
    people = everybody(Random(2), units, clock.today())
    tables.organizations(tmp_path / "o.xlsx", units)
    tables.people(tmp_path / "p.xlsx", people)
    first = send(admin, "organizations", (tmp_path / "o.xlsx").read_bytes())
    assert (first.json["created"], first.json["changed"]) == (len(units) - 1, 1)
    entered = send(admin, "people", (tmp_path / "p.xlsx").read_bytes())
    assert (entered.status_code, entered.json["created"], entered.json["changed"]) == (200, len(people) - 1, 1)
    again = send(admin, "people", (tmp_path / "p.xlsx").read_bytes()).json
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, len(people))
    tree = admin.get("/roster/organizations/").get_data(as_text=True)
    assert "2400人" in tree
