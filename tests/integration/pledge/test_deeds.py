"""The confirmed deeds that came of a pledge, beside the item from which each grew."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.events.evaluation import AwardVerified, DeedConfirmed
from shared.events.notify import AwardPublished, AwardRevoked
from shared.events.pledge import PledgePublished
from tests.integration.pledge.showing import decide, published, show, verdict
from tests.integration.pledge.test_ties import organization_s, serving
from tests.integration.pledge.writing import text
from tests.services import Service
from tests.university import University, uid

BRANCH = "zjy/jin/jg"
CAME, WHOLE = "由此而来的闪光言行", "由这份承诺而来的闪光言行"


@pytest.fixture
def pledge(service: Callable[[str], Service]) -> Service:
    return service("pledge")


def confirmed(
    service: Service, pledge_id: str, item_id: str | None, *, period: str = "2026Q4", deed_id: UUID | None = None
) -> UUID:
    """Let pledge hear of a confirmed deed."""
    deed_id = deed_id or uuid4()
    service.hear(
        DeedConfirmed, deed_id=deed_id, person_id=uid("T003"), organization_id=uid(BRANCH), period=period,
        pledge_id=UUID(pledge_id), pledge_item_id=UUID(item_id) if item_id else None,
    )  # fmt: skip
    return deed_id


def starred(service: Service, pledge_id: str, item_id: str | None) -> UUID:
    """Let pledge hear of a published award whose deed refers to an item."""
    award_id = uuid4()
    same: dict[str, Any] = {
        "organization_id": uid(BRANCH),
        "person_id": uid("T003"),
        "period": "2026Q4",
        "ballot_id": uuid4(),
    }
    ids: dict[str, Any] = {name: uuid4() for name in ("meeting_id", "filing_organization_id", "scheme_id")}
    words: dict[str, Any] = {
        "name": "尤文静",
        "stroke_key": "",
        "identity": "教师",
        "ordinary": True,
        "deed": "",
        "scheme_version": 1,
    }
    service.hear(
        AwardVerified, award_id=award_id, star_title="闪光言行之星", pledge_id=UUID(pledge_id),
        pledge_item_id=UUID(item_id) if item_id else None, **words, **ids, **same,
    )  # fmt: skip
    service.hear(AwardPublished, award_id=award_id, published_on=date(2027, 1, 20), **same)
    return award_id


def shown(service: Service, who: UUID, pledge_id: str) -> dict[str, Any]:
    answer = service.client(who).get(f"/pledge/api/pledges/{pledge_id}")
    assert answer.status_code == 200, answer.json
    return dict(answer.json or {})


def page(service: Service, who: UUID, pledge_id: str) -> str:
    return str(service.client(who).get(f"/pledge/pledges/{pledge_id}").text)


def item_of(service: Service, who: UUID, pledge_id: str) -> str:
    return str(shown(service, who, pledge_id)["versions"][0]["items"][0]["item_id"])


def test_a_deed_stands_beside_the_item_from_which_it_grew(pledge: Service, university: University) -> None:
    """R-139: heard twice it is one; a deed that cites the whole pledge stands below its items."""
    member, officer = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = published(pledge, member, officer)
    item_id = item_of(pledge, member, pledge_id)
    deed_id = confirmed(pledge, pledge_id, item_id)
    confirmed(pledge, pledge_id, item_id, deed_id=deed_id)
    assert [(one["deed_id"], one["item_id"]) for one in shown(pledge, member, pledge_id)["deeds"]] == [
        (str(deed_id), item_id)
    ]
    read = page(pledge, member, pledge_id)
    assert f'{CAME}：<a href="/evaluation/register/deeds/{deed_id}">2026年第四季度</a>' in read
    assert WHOLE not in read
    confirmed(pledge, pledge_id, None, period="2027Q1")
    read = page(pledge, member, pledge_id)
    assert read.index(CAME) < read.index(WHOLE) < read.index("2027年第一季度")


def test_a_deed_of_a_pledge_that_is_not_there_is_kept_and_shown_nowhere(
    pledge: Service, university: University
) -> None:
    """What is told in another order is joined when it is read: nothing is lost, nothing breaks."""
    member, officer = university.people["尤文静"], university.people["王一鸣"]
    deed_id = confirmed(pledge, str(uuid4()), None)
    pledge_id = published(pledge, member, officer)
    assert "闪光言行：" not in page(pledge, member, pledge_id)
    with pledge.connect() as conn:
        assert conn.execute("SELECT deed_id FROM deed").fetchall() == [(deed_id,)]


def test_only_the_member_and_the_branch_s_officers_are_led_to_the_deed(pledge: Service, university: University) -> None:
    """R-123: a colleague and the superior read that there is one; evaluation shows it to neither."""
    people = university.people
    pledge_id = published(pledge, people["尤文静"], people["王一鸣"])
    deed_id = confirmed(pledge, pledge_id, item_of(pledge, people["尤文静"], pledge_id))
    for name, led in (("尤文静", True), ("王一鸣", True), ("区小宁", True), ("毛建国", False), ("郑总", False)):
        read = page(pledge, people[name], pledge_id)
        assert "2026年第四季度" in read, name
        assert (f"/evaluation/register/deeds/{deed_id}" in read) is led, name
    wall = pledge.client().get(f"/pledge/wall/pledges/{pledge_id}").text
    assert "闪光言行：" not in wall
    assert str(deed_id) not in wall


def test_a_deed_whose_item_was_revised_away_stays_with_the_pledge(pledge: Service, university: University) -> None:
    """R-045, R-139"""
    member, officer = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = published(pledge, member, officer)
    confirmed(pledge, pledge_id, item_of(pledge, member, pledge_id))
    words = text(items=[{"content": "改办另一件事"}], reason="任务调整")
    assert pledge.client(member).put(f"/pledge/api/pledges/{pledge_id}", json=words).status_code == 200
    assert pledge.client(member).post(f"/pledge/api/pledges/{pledge_id}/submit").status_code == 200
    assert decide(pledge, officer, pledge_id, **verdict(version=2)).status_code == 201
    assert show(pledge, officer, pledge_id).status_code == 201
    for reader in (member, university.people["毛建国"]):
        read = page(pledge, reader, pledge_id)
        assert WHOLE in read
        assert CAME not in read


def test_the_star_stands_beside_its_item_until_it_is_revoked(pledge: Service, university: University) -> None:
    """R-139"""
    member, officer = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = published(pledge, member, officer)
    item_id = item_of(pledge, member, pledge_id)
    award_id = starred(pledge, pledge_id, item_id)
    badge = f'<a class="badge text-bg-warning text-decoration-none" href="/notify/awards/{award_id}">'
    assert [one["item_id"] for one in shown(pledge, member, pledge_id)["stars"]] == [item_id]
    assert badge in page(pledge, member, pledge_id)
    pledge.hear(
        AwardRevoked, award_id=award_id, organization_id=uid(BRANCH), person_id=uid("T003"), period="2026Q4",
        revoked_on=date(2027, 2, 1),
    )  # fmt: skip
    assert badge not in page(pledge, member, pledge_id)
    assert shown(pledge, member, pledge_id)["stars"] == []


def test_a_star_of_the_whole_pledge_stands_beside_no_item(pledge: Service, university: University) -> None:
    """R-139: also where an older evaluation told no item."""
    member, officer = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = published(pledge, member, officer)
    award_id = starred(pledge, pledge_id, None)
    read = page(pledge, member, pledge_id)
    assert f"/notify/awards/{award_id}" in read
    assert f'text-decoration-none" href="/notify/awards/{award_id}"' not in read


def test_an_organisation_s_item_says_how_many_deeds_came_of_those_that_serve_it(
    pledge: Service, university: University
) -> None:
    """R-046, R-139: of each member's item, and of all of them."""
    people = university.people
    theirs, served = organization_s(pledge, university, "王一鸣", BRANCH, "郑总")
    mine = published(pledge, people["尤文静"], people["王一鸣"], text=serving(served))
    other = published(pledge, people["毛建国"], people["王一鸣"], text=serving(served, "每月值班1次"))
    item_id = item_of(pledge, people["尤文静"], mine)
    for period in ("2026Q3", "2026Q4"):
        confirmed(pledge, mine, item_id, period=period)
    confirmed(pledge, mine, None)
    found = {one["pledge_id"]: one["deeds"] for one in shown(pledge, people["仇大海"], theirs)["serving"]}
    assert found == {mine: 2, other: 0}
    assert "2项承诺与之对应，由此而来的闪光言行2条" in page(pledge, people["仇大海"], theirs)


def test_what_an_item_serves_is_told_when_the_pledge_is_published(pledge: Service, university: University) -> None:
    """R-046"""
    people = university.people
    _, served = organization_s(pledge, university, "王一鸣", BRANCH, "郑总")
    mine = published(pledge, people["尤文静"], people["王一鸣"], text=serving(served))
    told = {one["subject"]: one["data"]["items"] for one in pledge.told(PledgePublished.event_name)}
    assert [one["linked_item_id"] for one in told[mine]] == [served]
    assert [one["linked_item_id"] for key, items in told.items() if key != mine for one in items] == [None]
