"""Whom the booth lets in, and when; what it shows the others."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.booth.hands import cast
from tests.browser.cast import Person
from tests.browser.look import picture
from tests.browser.stand import Stand


def test_who_is_not_signed_in_is_shown_the_way_there_and_back(elector: Person, stand: Stand) -> None:
    stand.code = None
    with elector.refused():
        page = elector.go(stand.path)
        expect(page.get_by_role("heading", name="请先登录再投票")).to_be_visible()
    link = page.get_by_role("main").get_by_role("link", name="登录").get_attribute("href")
    assert link == f"/roster/sign-in?next=%2Fballot%2Fbox%2F{stand.ballot_id}"
    picture(elector, "310-电子投票-先登录")


def test_who_is_no_elector_is_told_to_vote_on_paper(elector: Person, stand: Stand) -> None:
    stand.elector = False
    with elector.refused():
        page = elector.go(stand.path)
        expect(page.get_by_role("heading", name="请使用纸质选票")).to_be_visible()
    expect(page.get_by_text("您在本次投票中使用纸质选票。")).to_be_visible()
    picture(elector, "311-电子投票-非选民")


def test_the_page_waits_for_the_opening_and_then_opens_by_itself(elector: Person, stand: Stand) -> None:
    stand.state = "called"
    page = elector.go(stand.path)
    expect(page.get_by_role("heading", name="投票还没有开始")).to_be_visible()
    picture(elector, "312-电子投票-未开始")
    stand.state = "open"
    expect(page.get_by_text("已选0人／最多2人", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("closing", "投票已经截止"),
        ("closed", "投票已经截止"),
        ("tallying", "投票已经截止"),
        ("counted", "投票已经结束"),
        ("annulled", "本次投票已经作废"),
    ],
)
def test_after_the_end_nobody_votes(elector: Person, stand: Stand, state: str, title: str) -> None:
    stand.state = state
    page = elector.go(stand.path)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_role("link", name="查看公告板")).to_be_visible()


def test_the_tracking_number_is_shown_when_the_ballot_ends_before_the_fate_is_known(
    elector: Person, stand: Stand
) -> None:
    stand.looks = 1000
    page = elector.go(stand.path)
    cast(page, "丁一")
    expect(page.get_by_role("heading", name="已寄出，正在核验")).to_be_visible()
    stand.state = "closed"
    page.reload()
    expect(page.get_by_role("link", name="凭票号查找")).to_have_attribute("href", re.compile("tracker="))


def test_a_list_of_candidates_that_differs_from_the_sealed_one_is_not_voted_on(elector: Person, stand: Stand) -> None:
    changed = {**stand.facts(), "candidates": list(reversed(stand.facts()["candidates"]))}
    elector.page.route(f"**/ballot/api/box/{stand.ballot_id}", lambda route: route.fulfill(json=changed))
    page = elector.go(stand.path)
    expect(page.get_by_role("heading", name="候选人名单不一致")).to_be_visible()


def test_a_candidate_whom_the_branch_did_not_call_is_not_voted_on(elector: Person, stand: Stand) -> None:
    """Decision 25: whoever speaks on the broker can tell the box of others; evaluation tells the elector itself."""

    def called(route: Route) -> None:
        told = route.fetch().json()
        told["candidates"].pop()
        route.fulfill(json=told)

    elector.context.route("**/credential", called)
    page = elector.go(stand.path)
    expect(page.get_by_role("heading", name="候选人名单不一致")).to_be_visible()
    assert stand.posts == []


@pytest.mark.parametrize("grades", [(), ("优秀", "合格")])
def test_a_box_with_other_electors_than_were_called_is_not_voted_in(
    elector: Person, stand: Stand, grades: tuple[str, ...]
) -> None:
    """R-130 decision 25: beside invented electors the sum of a few betrays them."""
    stand.grades, stand.roll = grades, "c3d4"
    page = elector.go(stand.path)
    expect(page.get_by_role("heading", name="选民名单不一致")).to_be_visible()
    picture(elector, "319-电子投票-选民名单不一致")
    assert stand.posts == []
