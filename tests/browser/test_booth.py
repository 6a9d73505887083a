"""The booth on a phone: what an elector sees and does, what leaves the phone, and what happens when the line fails."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from services.ballot.protocol import ballot as ballots
from shared.voting import credential
from tests.browser import stand as stands
from tests.browser.cast import DESK, PHONE, Person
from tests.browser.look import picture
from tests.browser.stand import Stand


@pytest.fixture(scope="module")
def place() -> Iterator[Stand]:
    with stands.standing() as made:
        yield made


@pytest.fixture
def stand(place: Stand) -> Stand:
    place.again()
    return place


HURRY = "const slow = setTimeout; window.setTimeout = (act, rest, ...given) => slow(act, rest / 10, ...given);"
"""The page waits a tenth of the time between one look or try and the next."""


@pytest.fixture
def elector(patient: Person) -> Person:
    """Somebody with a phone whose page does not let us wait."""
    patient.context.add_init_script(HURRY)
    return patient


@pytest.fixture
def patient(browser: Browser, stand: Stand) -> Iterator[Person]:
    """Somebody with a phone; what no page may do is a failure."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True)
    person = Person(stand.base, context, context.new_page())
    person.watch()
    yield person
    context.close()
    assert person.complaints == []


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def choose(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("checkbox", name=re.compile(name)).check()


def cast(page: Page, *names: str) -> None:
    choose(page, *names)
    press(page, "下一步：核对")
    press(page, "确认投票")


def accepted(page: Page) -> str:
    expect(page.get_by_role("heading", name="已投入票箱")).to_be_visible()
    return re.sub(r"\s", "", page.get_by_label("票号").inner_text())


def told(page: Page, words: str) -> Locator:
    """Find words where eyes find them, beside what screen readers hear."""
    return page.locator("[data-scene]").get_by_text(words)


def weights(stand: Stand, *names: str) -> list[int]:
    return [0, *(int(name in names) for name in stand.names)]


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


def test_a_draft_survives_a_reload_and_goes_when_the_ballot_is_in_the_box(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    choose(page, "王小二")
    page.reload()
    expect(page.get_by_role("checkbox", name=re.compile("王小二"))).to_be_checked()
    expect(page.get_by_text("已恢复您先前在本页勾选的内容")).to_be_visible()
    press(page, "下一步：核对")
    press(page, "返回修改")
    expect(page.get_by_role("checkbox", name=re.compile("王小二"))).to_be_checked()
    cast(page)
    shown = accepted(page)
    kept = page.evaluate("JSON.parse(Object.values(sessionStorage)[0])")
    assert kept.keys() == {"owner", "tracker"}
    assert kept["tracker"] == shown


def test_who_signs_in_after_another_in_the_same_tab_finds_no_draft(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    choose(page, "王小二")
    stand.code = credential.new_code()
    page.reload()
    expect(page.get_by_text("已选0人／最多2人", exact=True)).to_be_visible()
    assert "draft" not in page.evaluate("Object.values(sessionStorage)[0]")


def test_a_ballot_lost_on_the_way_is_sent_again_as_it_was(elector: Person, stand: Stand) -> None:
    stand.faults = [stands.AWAY, stands.LOST, stands.PENDING]
    page = elector.go(stand.path)
    with elector.refused():
        cast(page, "李四")
        accepted(page)
    assert stand.faults == []
    assert len(stand.posts) == 2
    assert len(set(stand.posts)) == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (stands.AWAY, "网络或服务器暂时不通"),
        (stands.OFTEN, "寄送过于频繁"),
        (stands.PENDING, "您的前一张选票还在核验"),
    ],
)
def test_an_elector_is_told_what_is_waited_for_and_need_not_wait(
    patient: Person, stand: Stand, fault: str, words: str
) -> None:
    stand.faults = [fault] * 100
    page = patient.go(stand.path)
    with patient.refused():
        cast(page, "李四")
        expect(told(page, words)).to_be_visible()
        picture(patient, f"304-电子投票-{fault}")
        stand.faults = []
        press(page, "立即重试")
        accepted(page)
    assert len(stand.posts) == 1


def test_a_sealed_ballot_survives_a_reload_and_is_sent_as_it_was(patient: Person, stand: Stand) -> None:
    stand.faults = [stands.LOST]
    page = patient.go(stand.path)
    with patient.refused():
        cast(page, "李四")
        expect(told(page, "反复寄送也只算一张")).to_be_visible()
    page.reload()
    accepted(page)
    assert len(stand.posts) == 2
    assert len(set(stand.posts)) == 1


@pytest.mark.parametrize("wanted", [True, False])
def test_a_ballot_sealed_long_ago_is_sent_only_if_its_elector_still_wants_it(
    patient: Person, stand: Stand, wanted: bool
) -> None:
    """R-130: it may have been replaced from another device since; the page asks before it replaces that one."""
    stand.faults = [stands.AWAY] * 100
    page = patient.go(stand.path)
    with patient.refused():
        cast(page, "李四")
        expect(told(page, "反复寄送也只算一张")).to_be_visible()
    page.evaluate(
        "() => { const [key] = Object.keys(sessionStorage); const kept = JSON.parse(sessionStorage[key]);"
        " kept.sealed.at -= 11 * 60 * 1000; sessionStorage[key] = JSON.stringify(kept); }"
    )
    stand.faults = []
    posted = len(stand.posts)
    page.reload()
    expect(page.get_by_role("heading", name="有一张选票还没有确认寄到")).to_be_visible()
    picture(patient, "318-电子投票-封好未寄到")
    assert len(stand.posts) == posted
    press(page, "寄出这张选票" if wanted else "不寄，重新填写")
    if not wanted:
        page.get_by_role("checkbox", name=re.compile("李四")).uncheck()
        cast(page, "王小二")
    accepted(page)
    assert len(stand.posts) == posted + 1
    assert stand.opened(stand.posts[-1]) == ([0, 0, 0, 0, 1, 0] if wanted else [0, 0, 1, 0, 0, 0])


def test_no_line_at_all_is_waited_out(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    choose(page, "李四")
    press(page, "下一步：核对")
    elector.context.set_offline(True)
    press(page, "确认投票")
    expect(told(page, "网络或服务器暂时不通")).to_be_visible()
    assert stand.posts == []
    elector.context.set_offline(False)
    accepted(page)
    assert len(stand.posts) == 1


def test_voting_again_makes_another_ballot_and_says_that_the_last_counts(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    cast(page, "丁一")
    first = accepted(page)
    press(page, "再次投票")
    expect(page.get_by_text("再次投票以最后一次为准，先前的一张不再计算")).to_be_visible()
    expect(page.get_by_text("已选0人／最多2人", exact=True)).to_be_visible()
    cast(page, "张五")
    assert accepted(page) != first
    assert [stand.opened(text) for text in stand.posts] == [weights(stand, "丁一"), weights(stand, "张五")]


def test_a_ballot_that_a_later_one_replaced_says_so_and_one_may_vote_again(elector: Person, stand: Stand) -> None:
    """The tab kept the sealed text while its owner voted on another device."""
    stand.verdict = "replaced"
    page = elector.go(stand.path)
    cast(page, "丁一")
    expect(page.get_by_role("heading", name="已被后来的一张替换")).to_be_visible()
    picture(elector, "307-电子投票-已替换")
    stand.verdict = "accepted"
    press(page, "再次投票")
    cast(page, "张五")
    accepted(page)


def test_a_refused_ballot_says_why_and_may_be_filled_in_again(elector: Person, stand: Stand) -> None:
    stand.verdict = "refused"
    page = elector.go(stand.path)
    cast(page, "丁一")
    expect(page.get_by_role("heading", name="没有投入票箱")).to_be_visible()
    expect(told(page, "选票没有通过核验，没有投入票箱。")).to_be_visible()
    picture(elector, "306-电子投票-未接受")
    stand.verdict = "accepted"
    press(page, "重新填写选票")
    cast(page)
    accepted(page)


def test_a_ballot_the_box_has_forgotten_is_sent_again(elector: Person, stand: Stand) -> None:
    stand.looks = 1000
    page = elector.go(stand.path)
    cast(page, "丁一")
    expect(page.get_by_role("heading", name="已寄出，正在核验")).to_be_visible()
    picture(elector, "304-电子投票-正在核验")
    stand.looks = 1
    stand.box.clear()
    accepted(page)
    assert len(stand.posts) == 2
    assert len(set(stand.posts)) == 1


def test_a_false_tracking_number_is_not_believed(elector: Person, stand: Stand) -> None:
    def lie(route: Route) -> None:
        if route.request.method == "GET":
            return route.fallback()
        return route.fulfill(status=202, json={"tracker": "A" * 43, "state": "accepted"})

    page = elector.go(stand.path)
    page.route(f"**/ballot/api/box/{stand.ballot_id}", lie)
    cast(page, "丁一")
    expect(told(page, "票号与本机算出的不一致")).to_be_visible()


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
