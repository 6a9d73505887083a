"""Pledge: the service runs, knows everybody, and its entrance says what is due (R-030)."""

import re
from collections.abc import Callable

import pytest

from services.pledge import events
from shared.directory import projection
from shared.directory import store as directory
from shared.events.roster import PersonChanged
from tests import university as sample
from tests.services import Service
from tests.university import University


def test_the_entrance_quotes_the_rule_on_two_kinds_of_pledge(
    service: Callable[[str], Service], university: University
) -> None:
    """R-030"""
    page = service("pledge").client(university.people["钱多"]).get("/pledge/")
    assert page.status_code == 200
    assert "年度承诺和即时承诺" in page.text
    assert "年度承诺于" in page.text


def test_the_page_asks_for_a_sign_in(service: Callable[[str], Service]) -> None:
    answer = service("pledge").client().get("/pledge/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/roster/sign-in?next=%2Fpledge%2F")


def test_it_follows_the_roster(service: Callable[[str], Service], university: University) -> None:
    pledge = service("pledge")
    facts = sample.person("钱多", "S002", "zjy/jin/jg", 9, version=2)
    pledge.hear(PersonChanged, **facts)
    pledge.hear(PersonChanged, **{**facts, "version": 1, "organization_id": sample.uid("zjy/jin/xs")})
    with pledge.connect() as conn:
        person = directory.get_person(conn, sample.TENANT, university.people["钱多"])
    assert person.organization_id == sample.uid("zjy/jin/jg")
    assert events.HANDLERS.keys() >= projection.HANDLERS.keys()


@pytest.mark.parametrize("name", ["钱多", "王一鸣", "冯文员", "陈部长", "韩群众"])
def test_every_way_that_the_entrance_shows_is_open(standing: Callable[[str], Service], name: str) -> None:
    client = standing("pledge").client(University().people[name])
    ways = set(re.findall(r'href="(/pledge/[^"#]+)"', client.get("/pledge/").text))
    assert "/pledge/wall/" in ways
    assert {way: client.get(way.replace("&amp;", "&")).status_code for way in ways} == dict.fromkeys(ways, 200)
