"""Lists that grow over years are read page by page; nothing falls off their end, and no task with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from services.pledge import turning
from tests.integration.pledge import appraising, test_difficulty_api, test_inspection_api, test_measure_api
from tests.integration.pledge.fulfilling import published
from tests.services import Service
from tests.university import University


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turning, "PAGE", 2)


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    university.settings["supervision.ladder"] = ["help", "criticism", "rectify", "announce"]
    return service("pledge")


@dataclass
class List:
    """A list at both doors, as one person reads it."""

    service: Service
    by: UUID
    path: str
    key: str = "id"

    def pages(self) -> list[list[Any]]:
        """Give the pages of the API up to the first that is not full."""
        found: list[list[Any]] = []
        while not found or len(found[-1]) == turning.PAGE:
            answer = self.service.client(self.by).get(f"/pledge/api/{self.path}?page={len(found) + 1}")
            assert answer.status_code == 200, answer.json
            found.append([one[self.key] for one in answer.json])
        return found

    def links(self) -> list[tuple[bool, bool]]:
        """Say of each page as a person sees it whether there is a way back and a way on."""
        texts = [
            self.service.client(self.by).get(f"/pledge/{self.path}?page={page}", follow_redirects=True).text
            for page in (1, 2)
        ]
        return [('rel="prev"' in text, 'rel="next"' in text) for text in texts]


def check(seen: List, expected: list[Any]) -> None:
    assert seen.pages() == [expected[:2], expected[2:]]
    assert seen.links() == [(False, True), (True, False)]
    assert seen.service.client(seen.by).get(f"/pledge/api/{seen.path}?page=0").status_code == 422


def test_the_newest_difficulty_is_listed_and_asked_for_as_well(pledge: Service, university: University) -> None:
    """R-080: 500 old ones used to hide who cried for help last."""
    who = university.people
    pledge_id = published(pledge, who["尤文静"])
    made = [test_difficulty_api.report(pledge, who["尤文静"], pledge_id).json["id"] for _ in range(3)]
    check(List(pledge, who["王一鸣"], "difficulties"), made)
    assert "3件履诺困难待答复" in test_measure_api.tasks(pledge, who["王一鸣"])
    test_difficulty_api.answer(pledge, who["王一鸣"], made[0], "solved")
    assert List(pledge, who["王一鸣"], "difficulties").pages() == [made[1:], made[:1]], "the solved come last"
    assert "2件履诺困难待答复" in test_measure_api.tasks(pledge, who["王一鸣"])


def test_inspections_are_listed_to_the_oldest(pledge: Service, university: University) -> None:
    """R-078."""
    above = university.people["郑总"]
    made = [
        test_inspection_api.inspect(pledge, above, kind="symposium", size=0, title=f"第{number}次").json["id"]
        for number in range(3)
    ]
    check(List(pledge, above, "inspections"), made[::-1])


def test_announcements_are_listed_to_the_oldest(pledge: Service, university: University) -> None:
    """R-075."""
    above, branch = university.people["郑总"], university.people["王一鸣"]
    pledge_id = test_measure_api.of_branch(pledge, university)
    for number in range(3):
        measure_id = test_measure_api.propose(pledge, above, pledge_id, "announce", skip_reason="急").json["id"]
        test_measure_api.act(pledge, branch, measure_id, "reply", reply="知道了")
        words = {"decision": "通报", "announcement": f"第{number}次通报"}
        test_measure_api.act(pledge, above, measure_id, "decision", **words)
    seen = List(pledge, university.people["尤文静"], "measures/announcements", "words")
    assert sorted(one for page in seen.pages() for one in page) == ["第0次通报", "第1次通报", "第2次通报"]
    assert [len(page) for page in seen.pages()] == [2, 1]
    assert seen.links() == [(False, True), (True, False)]


def test_occasions_are_listed_to_the_oldest_and_an_old_one_still_asks(pledge: Service, university: University) -> None:
    """R-090: an occasion that nobody finished stays a task however many follow it."""
    who = university.people
    appraising.with_pledge(pledge, university)
    made = [appraising.open_(pledge, who["王一鸣"], kind="extra", title=f"第{number}次") for number in range(3)]
    check(List(pledge, who["王一鸣"], "assessments"), made[::-1])
    assert {f"第{number}次：填写党员互评表" for number in range(3)} <= set(
        test_measure_api.tasks(pledge, who["毛建国"])
    )


def test_a_page_far_beyond_the_end_is_empty(pledge: Service, university: University) -> None:
    client = pledge.client(university.people["王一鸣"])
    assert client.get("/pledge/api/difficulties?page=100000").json == []
    assert client.get("/pledge/difficulties/?page=100000").status_code == 200
