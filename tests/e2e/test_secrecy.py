"""After an electronic quarter on a whole system: databases, queues' files, logs, the gateway's and the mail's files."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

import psycopg
import pytest
import requests

from infra.local.layout import SERVICES, TRUSTEES
from shared.crypto import Vault
from tests.leavings import Row, everything
from tests.system import System

VOTING = re.compile(rb"/ballot/(?:api/)?box[/?& ]|/evaluation/api/ballots/[^/ ]+/credential|ballot\.cast")
"""What no log may tell of: that a ballot paper or a credential was fetched or handed in, or a batch verified."""
SAYING = re.compile(
    rb"/notify/(?:api/)?notices/[^/ ]+/objections[? ]|/objections/answer|/pledge/(?:api/)?opinions/?[? ]"
)
"""Nor that somebody objected or gave an opinion: the pages say 系统不记录您的设备和地址."""


@dataclass
class Left:
    """What lies on the whole system, and what there is to look for in it."""

    rows: list[Row]
    files: dict[str, bytes]
    marks: set[str]
    """credentials and tracking numbers of ballots that were cast"""
    people: set[str]
    """ids and names of those who could cast them (a number of digits would stand in many a ciphertext)"""

    def about_some(self, row: Row) -> bool:
        """Say whether a row singles out ballots: what names all of a list singles out none."""
        return 0 < len(row.names(self.marks)) <= 2


@pytest.fixture(scope="module")
def left(system: System) -> Left:
    if not _ballots(system):
        done = system.quarter()
        assert done.returncode == 0, done.stdout + done.stderr
    marks = {mark for row in _ballots(system) for mark in row}
    sign_in_to_vote(system)
    speak_up(system)
    with psycopg.connect(url_of(system, "evaluation")) as conn:
        people = conn.execute("SELECT p.id::text, p.name FROM elector e JOIN person p ON p.id = e.person_id").fetchall()
    rows = [
        row for name in (*SERVICES, *TRUSTEES) for row in everything(name, url_of(system, name), [vault(system, name)])
    ]
    return Left(rows, dict(files(system.var)), marks, {word for row in people for word in row})


def sign_in_to_vote(system: System) -> None:
    """Ask for the page of sign-in as a phone does that the booth has sent there, and what that page loads."""
    with psycopg.connect(url_of(system, "ballot")) as conn:
        row = conn.execute("SELECT ballot_id FROM box LIMIT 1").fetchone()
    assert row is not None
    booth = f"/ballot/box/{row[0]}"
    for target in (booth, quote(booth, safe="")):
        address = f"{system.base}/roster/sign-in?next={target}"
        requests.get(address, timeout=30).raise_for_status()
        requests.get(f"{system.base}/static/nothing", headers={"Referer": address}, timeout=30)


def speak_up(system: System) -> None:
    """Object and give an opinion as anybody does, on the pages and by the interface; what is asked for is not there."""
    nothing = "00000000-0000-0000-0000-000000000000"
    for path in (f"notices/{nothing}/objections", "objections/answer"):
        for door in ("/notify/", "/notify/api/"):
            assert requests.post(f"{system.base}{door}{path}", json={}, timeout=30).status_code >= 400
    for path in ("/pledge/opinions/", "/pledge/api/opinions"):
        assert requests.post(f"{system.base}{path}", json={}, timeout=30).status_code >= 400


def url_of(system: System, name: str) -> str:
    return system.environment[f"{name.upper()}_DATABASE_URL"]


def vault(system: System, name: str) -> Vault:
    keys = (system.var / "secrets" / f"{name}.data_keys").read_text(encoding="ascii").split()
    return Vault(tuple(keys))


def _ballots(system: System) -> list[tuple[str, str]]:
    with psycopg.connect(url_of(system, "ballot")) as conn:
        return conn.execute("SELECT credential, tracker FROM accepted_ballot").fetchall()


def files(var: Path) -> Iterator[tuple[str, bytes]]:
    """Read every file of the system but the database's own, whose tables are read row by row."""
    for path in sorted(var.rglob("*")):
        inside = path.relative_to(var).parts
        if inside[0] in {"postgres", "test"} or not path.is_file() or path.is_socket():
            continue
        with suppress(FileNotFoundError):  # the broker's own files come and go
            yield str(path.relative_to(var)), path.read_bytes()


def test_enough_lies_there_for_the_rest_to_mean_something(left: Left) -> None:
    folders = {name.split("/")[0] for name in left.files}
    assert {"log", "rabbitmq", "nginx", "secrets"} <= folders
    assert len(left.marks) > 20
    assert len(left.people) > 20
    assert {row.owner for row in left.rows} == {*SERVICES, *TRUSTEES}
    assert {row.table for row in left.rows if left.about_some(row)} >= {"accepted_ballot", "record"}


def test_no_row_of_any_service_or_seat_names_a_person_and_a_ballot(left: Left) -> None:
    """R-130 requirements 5.1."""
    both = [(row.owner, row.table) for row in left.rows if left.about_some(row) and row.names(left.people)]
    assert both == []


def test_no_transaction_wrote_both(left: Left) -> None:
    together: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in left.rows:
        together[row.owner, row.transaction].append(row)
    wrote = [rows for rows in together.values() if any(left.about_some(row) for row in rows)]
    assert wrote
    assert [(row.owner, row.table) for rows in wrote for row in rows if row.names(left.people)] == []


def test_no_row_about_a_ballot_bears_a_time(left: Left) -> None:
    assert [(row.owner, row.table) for row in left.rows if left.about_some(row) and row.timed] == []


def test_no_log_queue_mail_or_file_of_the_gateway_holds_a_ballot_or_tells_that_one_came(left: Left) -> None:
    """The access log and every service's own; the broker's messages; what the gateway puts aside while it forwards."""
    words = re.compile(b"|".join(re.escape(mark.encode()) for mark in left.marks))
    singled = {name: len(set(words.findall(content))) for name, content in left.files.items()}
    apart = {name for name, found in singled.items() if found and not name.startswith("rabbitmq/")}
    assert apart == set()
    # The broker's files may still hold `ballot.called`, which lists all credentials, and no tracking number.
    trackers = re.compile(b"|".join(re.escape(mark.encode()) for mark in left.marks if len(mark) == 43))
    assert [name for name, content in left.files.items() if trackers.search(content)] == []
    logs = {name: content for name, content in left.files.items() if name.startswith(("log/", "nginx/"))}
    assert b"/ballot/api/ballots/" in logs["log/access.log"], "what may be told is told"
    for silent in (VOTING, SAYING):
        told = {name: found[0][:120] for name, content in logs.items() if (found := silent.findall(plain(content)))}
        assert told == {}


def plain(content: bytes) -> bytes:
    """Read what is written as in an address; leave out the gateway's configuration: it names what it is quiet about."""
    lines = (line for line in content.splitlines() if b"location ~" not in line and b"log_format" not in line)
    return unquote_to_bytes(unquote_to_bytes(b"\n".join(lines)))
