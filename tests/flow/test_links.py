"""Every shortcut, menu entry and task that the workbench shows leads its reader to a page that opens."""

import re

import pytest

from tests.flow.test_leaks import EYES
from tests.flow.world import World
from tests.university import uid

LINK = re.compile(r'href="(/(roster|pledge|evaluation|ballot|notify)/[^"#]*)"')
SHOWN = {
    "T052": {"/evaluation/findings/"},
    "T051": {"/notify/objections/", "/notify/calendar/", "/notify/filings/"},
    "T053": {"/notify/calendar/"},
    "T041": {"/notify/objections/", "/evaluation/findings/"},
    "T001": {"/evaluation/findings/"},
}
"""What the roles' permissions must find on the workbench."""


def links(world: World, who: str) -> set[str]:
    page = world.services["roster"].client(uid(who)).get("/roster/").text
    return {found[1].replace("&amp;", "&") for found in LINK.finditer(page)}


@pytest.mark.parametrize("who", sorted(filter(None, EYES)))
def test_everything_that_the_workbench_offers_opens(played: World, who: str) -> None:
    """R-026: links follow permissions."""
    shut = {}
    for href in links(played, who):
        answer = played.services[href.split("/")[1]].client(uid(who)).get(href)
        if answer.status_code != 200:
            shut[href] = answer.status_code
    assert shut == {}


@pytest.mark.parametrize("who", sorted(SHOWN))
def test_the_workbench_offers_what_a_role_is_there_for(played: World, who: str) -> None:
    """R-026: 纪检 reviews findings, 组织部 handles objections and loads the holidays."""
    assert SHOWN[who] <= links(played, who)


def test_a_decided_objection_is_found_again(played: World) -> None:
    """Requirements 2.4."""
    page = played.services["notify"].client(uid("T051")).get("/notify/objections/").text
    (found,) = set(re.findall(r'href="(/notify/objections/[0-9a-f-]{36})"', page))
    assert "异议不成立" in played.services["notify"].client(uid("T051")).get(found).text
