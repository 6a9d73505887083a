"""Showing reviewed pledges, and the public wall, through the JSON doors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared import clock
from tests.integration.pledge.showing import approved, decide, published, show, showing, verdict, wall
from tests.integration.pledge.writing import HEADLINE, YEAR, submitted, text
from tests.services import Service
from tests.university import University, uid

BRANCH = uid("zjy/jin/jg")


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def names(page: dict[str, Any]) -> list[str]:
    return [one["name"] for one in page["hung"]]


def test_the_first_showing_makes_a_reviewed_pledge_public(pledge: Service, university: University) -> None:
    """R-056 R-057 R-060: each showing is kept by channel, date, place and evidence."""
    people = university.people
    pledge_id = approved(pledge, people["尤文静"], people["王一鸣"])
    assert wall(pledge, BRANCH)["hung"] == []
    first = show(pledge, people["王一鸣"], pledge_id)
    assert first.status_code == 201, first.json
    (told,) = pledge.told("pledge.published")
    assert (told["data"]["pledge_id"], told["data"]["version"], told["data"]["headline"]) == (pledge_id, 1, HEADLINE)
    assert [one["content"] for one in told["data"]["items"]] == ["每周为考研学生答疑1次"]
    assert names(wall(pledge, BRANCH)) == ["尤文静"]
    assert show(pledge, people["区小宁"], pledge_id, channel="微博", place="本校党建微博").status_code == 201
    assert len(pledge.told("pledge.published")) == 1
    records = pledge.client(people["尤文静"]).get(f"/pledge/api/pledges/{pledge_id}/publications").json
    assert [(one["channel"], one["place"], one["evidence"]) for one in records] == [
        ("党务公开栏", "行政楼一楼党务公开栏", "照片2张"),
        ("微博", "本校党建微博", "照片2张"),
    ]


def test_nothing_is_shown_before_its_review(pledge: Service, university: University) -> None:
    """R-056: public after review only; all or none of those chosen."""
    people = university.people
    done, waiting = approved(pledge, people["尤文静"], people["王一鸣"]), submitted(pledge, people["毛建国"])
    answer = show(pledge, people["王一鸣"], done, waiting)
    assert (answer.status_code, answer.json["code"]) == (409, "not_reviewed")
    assert wall(pledge, BRANCH)["hung"] == []
    assert pledge.told("pledge.published") == []
    assert show(pledge, people["王一鸣"], done).status_code == 201


def test_a_record_names_everything_that_is_wrong_with_it(
    service: Callable[[str], Service], university: University
) -> None:
    """R-057 R-058: channels and the widest scope are the scheme's."""
    university.settings.update({"pledge.scope": "school", "pledge.channels": ["学校网络", "学习园地"]})
    pledge, people = service("pledge"), university.people
    pledge_id = approved(pledge, people["尤文静"], people["王一鸣"])
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = show(pledge, people["王一鸣"], pledge_id, published_on=tomorrow, channel="电视")
    assert (answer.status_code, answer.json["code"]) == (422, "bad_publication")
    assert len(answer.json["details"]) == 3
    assert show(pledge, people["王一鸣"], pledge_id, channel="学习园地", scope="school").status_code == 201
    assert show(pledge, people["王一鸣"], pledge_id, channel="展示板", scope="branch").status_code == 201
    assert show(pledge, people["王一鸣"]).json["code"] == "nothing_chosen"


@pytest.mark.parametrize("stranger", ["尤文静", "李会计", "蒋总会", "褚纪", "赵晓明"])
def test_only_officers_of_the_place_record_a_showing(pledge: Service, university: University, stranger: str) -> None:
    pledge_id = approved(pledge, university.people["尤文静"], university.people["王一鸣"])
    assert show(pledge, university.people[stranger], pledge_id).status_code == 403
    assert pledge.told("pledge.published") == []


def test_the_same_record_sent_twice_has_one_effect(pledge: Service, university: University) -> None:
    """R-204"""
    officer = university.people["王一鸣"]
    pledge_id = approved(pledge, university.people["尤文静"], officer)
    headers = {"Idempotency-Key": "one showing"}
    answers = [
        pledge.client(officer).post("/pledge/api/publications", json=showing(pledge_id), headers=headers)
        for _ in range(2)
    ]
    assert answers[0].json == answers[1].json
    assert len(pledge.client(officer).get(f"/pledge/api/pledges/{pledge_id}/publications").json) == 1


def test_a_revision_takes_the_place_of_what_was_public(pledge: Service, university: University) -> None:
    """R-045: reviewed and published again, the old one kept."""
    me, officer = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = published(pledge, me, officer)
    client = pledge.client(me)
    client.put(f"/pledge/api/pledges/{pledge_id}", json=text("每月走访寝室3次", reason="任务增加"))
    client.post(f"/pledge/api/pledges/{pledge_id}/submit")
    assert wall(pledge, BRANCH)["hung"][0]["headline"] == HEADLINE
    assert decide(pledge, officer, pledge_id, **verdict(version=2)).status_code == 201
    assert wall(pledge, BRANCH)["hung"][0]["headline"] == HEADLINE
    assert show(pledge, officer, pledge_id).status_code == 201
    assert wall(pledge, BRANCH)["hung"][0]["headline"] == "每月走访寝室3次"
    versions = client.get(f"/pledge/api/pledges/{pledge_id}").json["versions"]
    assert [(one["number"], one["state"]) for one in versions] == [(2, "published"), (1, "superseded")]
    assert [one["data"]["version"] for one in pledge.told("pledge.published")] == [1, 2]


def test_the_public_page_says_how_a_pledge_is_kept_and_where_it_was_shown(
    pledge: Service, university: University
) -> None:
    """R-022 R-060"""
    pledge_id = published(pledge, university.people["尤文静"], university.people["王一鸣"])
    page = pledge.client().get(f"/pledge/wall/pledges/{pledge_id}").text
    for words in (HEADLINE, "每周为考研学生答疑1次", "履诺情况", "行政楼一楼党务公开栏", "提意见"):
        assert words in page, words
    assert "照片2张" not in page
    assert pledge.client().get(f"/pledge/wall/pledges/{uid('none')}").status_code == 404


def test_an_officer_is_asked_to_show_what_was_reviewed(pledge: Service, university: University) -> None:
    """R-059: by the day that the scheme gives."""
    officer = university.people["王一鸣"]
    pledge_id = approved(pledge, university.people["尤文静"], officer)

    def asked() -> list[tuple[str, str]]:
        tasks = pledge.client(officer).get("/pledge/api/tasks").json
        return [(one["title"], one["due_on"]) for one in tasks if one["action"] == "公示"]

    assert asked() == [("1份承诺待公示", f"{YEAR}-04-30")]
    show(pledge, officer, pledge_id)
    assert asked() == []
