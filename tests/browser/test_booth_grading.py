"""The booth of a grading on a phone: a grade on every line or none, checked line by line, cast as any ballot."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.cast import PHONE, Person
from tests.browser.counter import standing
from tests.browser.look import picture
from tests.browser.stand import Stand

GRADES = ("先锋", "合格", "基本合格", "后进")
HURRY = "const slow = setTimeout; window.setTimeout = (act, rest, ...given) => slow(act, rest / 10, ...given);"


@pytest.fixture(scope="module")
def place() -> Iterator[Stand]:
    with standing() as made:
        yield made


@pytest.fixture
def stand(place: Stand) -> Stand:
    place.again(names=("丁一", "王小二", "冯三"), grades=GRADES)
    return place


@pytest.fixture
def elector(browser: Browser, stand: Stand) -> Iterator[Person]:
    context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True)
    context.add_init_script(HURRY)
    person = Person(stand.base, context, context.new_page())
    person.watch()
    yield person
    context.close()
    assert person.complaints == []


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def grade(page: Page, name: str, word: str) -> None:
    page.get_by_role("group", name=re.compile(name)).get_by_role("radio", name=word, exact=True).check()


def accepted(page: Page) -> None:
    expect(page.get_by_role("heading", name="已投入票箱")).to_be_visible()


def test_a_member_grades_line_by_line_checks_and_hands_in(elector: Person, stand: Stand) -> None:
    """R-090: one grade a line; what is left says nothing."""
    page = elector.go(stand.path)
    expect(page.get_by_role("group")).to_have_count(3)
    expect(page.get_by_role("radio", name="不表态", checked=True)).to_have_count(3)
    expect(page.get_by_text("已评0项／共3项", exact=True).first).to_be_visible()
    picture(elector, "310-电子测评-填表")
    grade(page, "丁一", "先锋")
    grade(page, "冯三", "后进")
    grade(page, "冯三", "合格")
    expect(page.get_by_text("已评2项／共3项", exact=True).first).to_be_visible()
    press(page, "下一步：核对")
    rows = page.get_by_role("listitem")
    expect(rows).to_have_count(3)
    for at, words in enumerate(("先锋", "不表态", "合格")):
        expect(rows.nth(at)).to_contain_text(words)
    picture(elector, "311-电子测评-核对")
    press(page, "确认交表")
    accepted(page)
    assert [stand.opened_all(text) for text in stand.posts] == [[[0, 1, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 1, 0, 0]]]


def test_a_form_that_says_nothing_is_warned_of_and_taken(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    press(page, "下一步：核对")
    expect(page.get_by_text("您对各项都不表态")).to_be_visible()
    press(page, "确认交表")
    accepted(page)
    assert stand.opened_all(stand.posts[0]) == [[1, 0, 0, 0, 0]] * 3


def test_a_draft_survives_a_reload_and_a_second_thought(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    grade(page, "王小二", "基本合格")
    page.reload()
    expect(page.get_by_text("已恢复您先前在本页填写的内容")).to_be_visible()
    expect(page.get_by_text("已评1项／共3项", exact=True).first).to_be_visible()
    press(page, "下一步：核对")
    press(page, "返回修改")
    grade(page, "王小二", "不表态")
    grade(page, "丁一", "合格")
    press(page, "下一步：核对")
    press(page, "确认交表")
    accepted(page)
    assert stand.opened_all(stand.posts[0]) == [[0, 0, 1, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0]]
    assert "draft" not in page.evaluate("Object.values(sessionStorage)[0]")


def test_the_form_is_filled_in_from_the_keyboard(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    first = page.get_by_role("group").first.get_by_role("radio")
    first.last.focus()
    page.keyboard.press("ArrowDown")  # round to the first grade
    expect(first.first).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("group").nth(1).get_by_role("radio").last).to_be_focused()


def test_a_form_whose_lines_are_not_those_of_the_box_is_not_filled_in(elector: Person, stand: Stand) -> None:
    """Whoever changes the lines on the way would let members grade another than whom they read."""

    def other(route: Route) -> None:
        told = route.fetch().json()
        told["questions"][1]["choices"].reverse()
        route.fulfill(json=told)

    elector.context.route("**/credential", other)
    page = elector.go(stand.path)
    expect(page.get_by_role("heading", name="测评项目不一致")).to_be_visible()
    assert stand.posts == []


def test_who_is_not_on_the_roll_is_told_so(elector: Person, stand: Stand) -> None:
    stand.elector = False
    with elector.refused():
        page = elector.go(stand.path)
        expect(page.get_by_role("heading", name="您不在本次电子测评的名单中")).to_be_visible()
