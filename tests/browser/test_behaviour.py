"""Small things people rely on: drafts, large type, one effect of two taps, dialogs, refusals, no script at all."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from shared import period
from tests.browser.cast import Cast, Person
from tests.browser.look import settle

DRAFT = "结对帮扶两名学业困难学生。"


@pytest.fixture
def member(cast: Cast) -> Person:
    """Give an ordinary member whose register is open: where the meeting has been held, in the next quarter."""
    person = cast.role("member")
    if not write_form(person).get_by_role("button", name="登记", exact=True).count():
        cast.travel(period.first_day(period.following(period.of(cast.now.date()))).isoformat())
    return person


def write_form(person: Person) -> Page:
    """Open the register."""
    return person.go("/evaluation/register/")


def test_a_draft_survives_a_reload_and_goes_when_it_is_sent(member: Person) -> None:
    page = write_form(member)
    page.get_by_label("事迹").fill(DRAFT)
    page.reload()
    expect(page.get_by_label("事迹")).to_have_value(DRAFT)
    page.get_by_label("带头服务群众").check()
    page.get_by_label(re.compile("所填内容")).check()
    member.press("登记")
    expect(page.get_by_label("事迹")).to_have_value("")
    member.press("撤回")


def test_large_type_stays_on_the_next_page(cast: Cast) -> None:
    visitor = cast.visitor(phone=False)
    page = visitor.go("/")
    page.get_by_role("button", name="大字版").click()
    visitor.go("/notify/board/")
    expect(page.locator("html")).to_have_class("large-type")
    page.get_by_role("button", name="大字版").click()
    page.reload()
    expect(page.locator("html")).not_to_have_class("large-type")
    visitor.context.close()


def test_two_taps_on_a_button_have_one_effect(member: Person) -> None:
    page = write_form(member)
    text = "一次点击登记一条，两次点击也登记一条。"
    page.get_by_label("事迹").fill(text)
    page.get_by_label("带头服务群众").check()
    page.get_by_label(re.compile("所填内容")).check()
    with page.expect_navigation():
        page.get_by_role("button", name="登记", exact=True).dblclick(no_wait_after=True)
    member.go("/evaluation/register/")
    shown = page.locator("section[aria-labelledby=now] p", has_text=text)
    expect(shown).to_have_count(1)
    member.press("撤回", page.locator(".card[id^=d-]", has_text=text))


def test_the_same_request_sent_again_has_one_effect(member: Person) -> None:
    """What the script would hold back the server holds back too: the form's own number makes two requests one."""
    page = write_form(member)
    fields = page.locator("form", has=page.get_by_label("事迹")).evaluate(
        "form => Object.fromEntries(new FormData(form))"
    )
    text = "断线重发也只登记一条。"
    fields |= {"text": text, "aspects": "带头服务群众", "declared": "true"}
    for _ in range(2):
        answer = member.context.request.post(f"{member.base}/evaluation/register/", form=fields)
        assert answer.ok
    member.go("/evaluation/register/")
    expect(page.locator("section[aria-labelledby=now] p", has_text=text)).to_have_count(1)
    member.press("撤回", page.locator(".card[id^=d-]", has_text=text))


def test_a_dismissed_question_sends_nothing(member: Person) -> None:
    page = member.go("/roster/me")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    member.agrees = False
    with page.expect_event("dialog"):
        page.get_by_role("button", name="从所有设备退出").click()
    member.agrees = True
    member.go("/roster/me")
    assert sent == []
    expect(page.get_by_role("heading", level=1)).to_have_text(member.name)


def test_a_refusal_lists_every_obstacle_and_going_back_keeps_what_was_written(member: Person) -> None:
    page = write_form(member)
    page.get_by_label("事迹").fill(DRAFT)
    page.get_by_label("类型").select_option("说过的话")
    with member.refused():
        member.press("登记")
    expect(page.locator("h1[data-code]")).to_be_visible()
    expect(page.get_by_text("没有作任何改动。")).to_be_visible()
    expect(page.locator(".card li")).to_have_text(["请至少选择一项带头作用。", "请确认所填内容属实。"])
    page.get_by_role("link", name="返回修改").click()
    expect(page.get_by_label("事迹")).to_have_value(DRAFT)
    expect(page.get_by_label("类型")).to_have_value("说过的话")
    page.get_by_label("带头服务群众").check()
    page.get_by_label(re.compile("所填内容")).check()
    member.press("登记")
    member.press("撤回", page.locator(".card[id^=d-]", has_text=DRAFT))


def test_the_workbench_shows_the_other_parts_when_one_service_is_away(cast: Cast) -> None:
    secretary = cast.role("secretary")
    page = secretary.page

    def away(route: Route) -> None:
        route.abort()

    page.route("**/evaluation/tasks", away)
    secretary.go("/roster/")
    settle(page)
    expect(page.get_by_text("暂时无法显示，其余功能不受影响。")).to_have_count(1)
    expect(page.locator("[data-nothing]")).to_be_hidden()
    page.unroute("**/evaluation/tasks", away)
    page.reload()
    settle(page)
    expect(page.get_by_text("暂时无法显示")).to_have_count(0)


def test_sign_in_and_register_work_without_script(cast: Cast) -> None:
    account = cast.system.account("member")
    person = cast.open(account, java_script_enabled=False)
    person.context.clear_cookies()
    page = person.sign_in("/evaluation/register/")
    text = "不用脚本也能登记。"
    page.get_by_label("带头服务群众").check()
    page.get_by_label("事迹").fill(text)
    page.get_by_label(re.compile("所填内容")).check()
    page.get_by_role("button", name="登记", exact=True).click()
    card = page.locator(".card[id^=d-]", has_text=text)
    expect(card).to_be_visible()
    card.get_by_role("button", name="撤回").click()
    expect(card).to_have_count(0)
    assert person.complaints == []
    person.context.close()


def test_the_workbench_links_to_every_part_without_script(cast: Cast) -> None:
    account = cast.system.account("secretary")
    cast.role("secretary")
    person = cast.open(account, java_script_enabled=False)
    page = person.sign_in()
    links = page.get_by_role("link", name=re.compile("查看.*方面的待办")).all()
    addresses = [str(link.get_attribute("href")) for link in links]
    assert len(addresses) >= 3
    for address in addresses:
        person.go(address)
    assert person.complaints == []
    person.context.close()
