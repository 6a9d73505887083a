"""Every page that a role can reach by following links is whole: on a phone and on a desk, and without sign-in."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.cast import Cast, Person
from tests.browser.look import faults

ROLES = [
    "secretary",
    "committee_member",
    "member",
    "general_branch_secretary",
    "general_branch_clerk",
    "organization_department",
    "discipline_officer",
    "administrator",
]
EXAMPLES = 2
"""How many pages of one shape are looked at: not each of 2,400 members."""
DOCUMENT = re.compile(r"\.(pdf|docx|xlsx|csv|txt|svg|png|bel)$")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def shape(address: str) -> str:
    """Give what pages of the same kind have in common: the path without ids, and the names of what is asked."""
    parts = urlsplit(address)
    return ID.sub("*", parts.path) + "?" + "&".join(sorted(parse_qs(parts.query)))


def walked(person: Person, start: str) -> Iterator[str]:
    """Follow every link of our own from a page on, a few of each shape, and open each."""
    ahead, seen, shapes = deque([start]), {start}, Counter[str]()
    while ahead:
        path = ahead.popleft()
        if shapes[shape(path)] >= EXAMPLES:
            continue
        shapes[shape(path)] += 1
        yield path
        for link in links(person):
            if link not in seen and not DOCUMENT.search(urlsplit(link).path):
                seen.add(link)
                ahead.append(link)


def links(person: Person) -> list[str]:
    """Read the open page's links to this system, without what stands after #."""
    found = person.page.evaluate("[...document.querySelectorAll('a[href]')].map((each) => each.href)")
    own = [str(each).partition("#")[0] for each in found if str(each).startswith(person.base + "/")]
    return list(dict.fromkeys(each.removeprefix(person.base) for each in own))


def crawl(person: Person, start: str) -> tuple[int, list[str]]:
    """Open what can be reached; give how many pages, and everything wrong with them."""
    number, wrong = 0, []
    for path in walked(person, start):
        person.go(path)
        wrong += faults(person)
        number += 1
    return number, list(dict.fromkeys(wrong + person.complaints))


@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_role_can_reach_is_whole(cast: Cast, role: str) -> None:
    """No page fails, overflows, loads from elsewhere, asks without a label, or is pale, tiny or for machines."""
    person = cast.role(role)
    number, wrong = crawl(person, "/roster/")
    person.complaints.clear()
    assert not wrong, "\n".join(wrong)
    assert number > 5


def test_every_public_page_is_whole_without_sign_in(cast: Cast) -> None:
    """Nothing is asked of a stranger but to read, and to object."""
    visitor = cast.visitor()
    number, wrong = crawl(visitor, "/")
    visitor.context.close()
    assert not wrong, "\n".join(wrong)
    assert number > 3
