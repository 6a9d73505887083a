"""The booth on a phone: what an elector sees and does, what leaves the phone, and what happens when the line fails."""

import re
from urllib.parse import quote

from playwright.sync_api import Browser, Route, expect

from services.ballot.protocol import ballot as ballots
from tests.browser.booth.hands import accepted, cast, choose, press, weights
from tests.browser.cast import DESK, Person
from tests.browser.look import picture
from tests.browser.stand import Stand


def test_an_elector_ticks_checks_and_casts_and_gets_a_tracking_number(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    expect(page.get_by_role("heading", level=1)).to_have_text("2013年第一季度闪光言行之星评选")
    expect(page.get_by_text("2013年4月1日18:00")).to_be_visible()
    picture(elector, "300-电子投票-选择")
    choose(page, "丁一", "李四")
    expect(page.get_by_text("已选2人／最多2人", exact=True)).to_be_visible()
    picture(elector, "301-电子投票-选满")
    press(page, "下一步：核对")
    expect(page.get_by_role("listitem").filter(has_text=re.compile("^(丁一|李四)$"))).to_have_count(2)
    picture(elector, "302-电子投票-核对")
    press(page, "确认投票")
    shown = accepted(page)
    picture(elector, "305-电子投票-已投入票箱")
    assert [stand.opened(text) for text in stand.posts] == [weights(stand, "丁一", "李四")]
    assert shown == ballots.tracker(stand.posts[0])
    link = page.get_by_role("link", name="在公告板查找").get_attribute("href")
    assert link is not None
    assert link == f"/ballot/box/{stand.ballot_id}/find?tracker={quote(shown, safe='')}"


def test_the_page_counts_and_stops_at_the_number_allowed(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    following = page.get_by_role("button", name="下一步：核对")
    expect(following).to_be_disabled()
    choose(page, "丁一")
    expect(page.get_by_text("已选1人／最多2人", exact=True)).to_be_visible()
    expect(following).to_be_enabled()
    choose(page, "张五")
    expect(page.get_by_role("checkbox", name=re.compile("王小二"))).to_be_disabled()
    expect(page.locator("#why")).to_have_text("已选满2人；要改选，请先取消一人。")
    page.get_by_role("checkbox", name=re.compile("丁一")).uncheck()
    expect(page.get_by_role("checkbox", name=re.compile("王小二"))).to_be_enabled()


def test_exactly_as_many_as_the_scheme_asks_must_be_ticked(elector: Person, stand: Stand) -> None:
    stand.again(minimum=3, maximum=3)
    page = elector.go(stand.path)
    choose(page, "丁一", "冯三")
    expect(page.locator("#why")).to_have_text("还须再选1人。")
    expect(page.get_by_role("button", name="下一步：核对")).to_be_disabled()
    cast(page, "张五")
    accepted(page)
    assert stand.opened(stand.posts[0]) == weights(stand, "丁一", "冯三", "张五")


def test_abstaining_is_a_choice_of_its_own(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    choose(page, "丁一")
    expect(page.get_by_role("checkbox", name=re.compile("弃权"))).to_be_disabled()
    page.get_by_role("checkbox", name=re.compile("丁一")).uncheck()
    page.get_by_role("checkbox", name=re.compile("弃权")).check()
    expect(page.get_by_role("checkbox", name=re.compile("丁一"))).to_be_disabled()
    press(page, "下一步：核对")
    expect(page.get_by_text("弃权，不选任何人")).to_be_visible()
    picture(elector, "303-电子投票-核对弃权")
    press(page, "确认投票")
    accepted(page)
    assert stand.opened(stand.posts[0]) == [1, 0, 0, 0, 0, 0]


def test_nothing_that_goes_to_the_box_says_who_sent_it(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    cast(page, "冯三")
    accepted(page)
    assert [cookie["name"] for cookie in elector.context.cookies()] == ["shanguang_session"]
    assert len(stand.requests) >= 3
    for headers in stand.requests:
        assert {name.lower() for name in headers} & {"cookie", "authorization", "referer"} == set()
    assert str(stand.code) not in stand.posts[0]


def elsewhere(person: Person, stand: Stand) -> str:
    """Let the phone reach the stand over plain http under a name, as from another machine."""
    address = "http://booth.example"

    def forward(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace(address, stand.base)))

    person.context.route(f"{address}/**", forward)
    person.base = address
    return address


def test_an_unsafe_address_refuses_a_real_ballot_and_keeps_the_rehearsal(elector: Person, stand: Stand) -> None:
    elsewhere(elector, stand)
    page = elector.go(stand.path)
    assert page.evaluate("window.isSecureContext") is False
    expect(page.get_by_role("heading", name="这个地址不安全，不能投票")).to_be_visible()
    picture(elector, "314-电子投票-地址不安全")
    page.get_by_role("link", name="先练习一遍").click()
    cast(page, "丁一", "李四")
    expect(page.get_by_text("到加密这一步为止")).to_be_visible()
    assert stand.posts == []
    picture(elector, "321-练习-未加密")


def test_a_rehearsal_seals_a_ballot_and_sends_nothing(elector: Person, stand: Stand) -> None:
    sent: list[str] = []
    elector.page.on("request", lambda request: sent.append(request.url))
    page = elector.go("/ballot/box/rehearsal")
    picture(elector, "320-练习")
    cast(page, "丁一")
    expect(page.get_by_text("练习选票已在本机加密")).to_be_visible()
    picture(elector, "322-练习完毕")
    assert [address for address in sent if "/api/" in address] == []
    press(page, "再练习一遍")
    expect(page.get_by_text("已选0人／最多3人", exact=True)).to_be_visible()


def test_a_whole_vote_needs_only_the_keyboard(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    expect(page.get_by_role("heading", name="请选择")).to_be_focused()
    for key in ("Tab", "Space"):
        page.keyboard.press(key)
    expect(page.get_by_role("checkbox", name=re.compile("丁一"))).to_be_checked()
    page.get_by_role("button", name="下一步：核对").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="请核对")).to_be_focused()
    expect(page.get_by_role("status").first).to_have_text("请核对：您选了1人，丁一。")
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    accepted(page)
    assert stand.opened(stand.posts[0]) == weights(stand, "丁一")


def test_without_script_the_page_says_what_to_do(browser: Browser, stand: Stand) -> None:
    context = browser.new_context(viewport=DESK, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(stand.base + stand.path)
    expect(page.get_by_role("heading", name="本机没有启用脚本，不能电子投票")).to_be_visible()
    expect(page.locator("noscript p")).to_contain_text("请支部改发纸质选票")
    context.close()


def test_a_browser_without_large_numbers_is_told_that_it_is_too_old(elector: Person, stand: Stand) -> None:
    elector.page.add_init_script("delete window.BigInt")
    page = elector.go(stand.path)
    expect(page.get_by_role("heading", name="这个浏览器太旧，不能电子投票")).to_be_visible()
