"""The mark under which a browser keeps drafts: one for a person on every page of every service, and it names nobody."""

import re
from collections.abc import Callable

from tests.services import Service
from tests.university import University

PAGES = {
    "evaluation": ("/evaluation/register/", "/evaluation/findings/", "/evaluation/attendance/"),
    "pledge": ("/pledge/",),
    "notify": ("/notify/messages/",),
    "ballot": ("/ballot/ballots/",),
    "roster": ("/roster/me",),
}


def mark(page: str) -> str | None:
    found = re.search(r'<body(?: data-drafts="([^"]*)")?>', page)
    assert found is not None
    return found[1]


def test_a_person_has_one_mark_on_all_pages(service: Callable[[str], Service], university: University) -> None:
    """requirements 5.1"""
    who = [university.people[name] for name in ("尤文静", "王一鸣")]
    marks: list[set[str | None]] = [set(), set()]
    for name, paths in PAGES.items():
        made = service(name)
        for person, found in zip(who, marks, strict=True):
            found |= {mark(made.client(person).get(path).text) for path in paths}
    (one,), (other,) = marks
    assert one is not None
    assert re.fullmatch("[0-9a-f]{16}", one)
    assert one != other
    assert not any(str(person).startswith(one[:8]) for person in who)


def test_who_is_not_signed_in_has_none(service: Callable[[str], Service]) -> None:
    assert mark(service("notify").client().get("/notify/board/").text) is None
