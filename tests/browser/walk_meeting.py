"""Act one of the walk: announced, reported, deeds entered, opened, signed in, presented, commented, discussed."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.cast import Person
from tests.browser.look import picture
from tests.browser.walk import Walk

ON_PHONES = 6
"""How many members write in their own registers; for the others the secretary enters one from paper."""
DEEDS = ["利用午休为学生答疑四十余次，整理常见问题发给全班。", "结对帮扶两名学业困难学生，期末均通过考试。"]


def play(walk: Walk) -> None:
    """Walk the act."""
    walk.reach_a_free_quarter()
    _announce(walk)
    _appoint_observer(walk)
    _enter_deeds(walk)
    _open(walk)
    _take_attendance(walk)
    _present(walk)
    _comment(walk)
    _discuss(walk)


def _announce(walk: Walk) -> None:
    secretary = walk.secretary
    picture(secretary, "010-会议列表")
    secretary.page.get_by_role("link", name="安排会议").click()
    starts = (walk.cast.now + timedelta(days=6)).replace(hour=14, minute=30)
    secretary.page.get_by_label("会议时间").fill(starts.strftime("%Y-%m-%dT%H:%M"))
    secretary.page.get_by_label("地点").fill("行政楼三楼会议室")
    picture(secretary, "011-报告会议")
    secretary.press("报告上级党组织")
    secretary.page.wait_for_url(re.compile(r"/evaluation/meetings/[0-9a-f-]{36}$"))
    walk.meeting = secretary.page.url.removeprefix(secretary.base)
    expect(secretary.page.get_by_text("行政楼三楼会议室")).to_be_visible()
    picture(secretary, "012-已报告的会议")


def _appoint_observer(walk: Walk) -> None:
    superior = walk.superior
    superior.go("/roster/")
    picture(superior, "020-待办（党总支书记）")
    superior.go(walk.meeting)
    superior.page.get_by_label("列席人员").select_option(label=superior.name)
    picture(superior, "021-派员列席")
    superior.press("答复")
    expect(superior.page.locator("dd").get_by_text(superior.name)).to_be_visible()


def _enter_deeds(walk: Walk) -> None:
    secretary = walk.secretary
    for index, name in enumerate(walk.members()[-ON_PHONES:]):
        member = walk.cast.named(name)
        member.go("/evaluation/register/")
        if index == 0:
            picture(member, "030-登记证")
        _fill_in(member, index)
        member.press("登记")
        now = member.page.locator("section[aria-labelledby=now]")
        expect(now.locator("p").get_by_text(DEEDS[index % 2])).to_be_visible()
    picture(member, "031-登记以后")
    secretary.go(f"/evaluation/register/overview?organization_id={walk.branch}&period={walk.period}")
    picture(secretary, "032-登记情况")
    secretary.page.get_by_role("link", name="代为登记").first.click()
    _fill_in(secretary, 1)
    secretary.page.get_by_label("代为登记的原因").fill("据纸质登记证补录")
    picture(secretary, "033-代为登记")
    secretary.press("登记")
    now = secretary.page.locator("section[aria-labelledby=now]")
    expect(now.get_by_text("代为登记（据纸质登记证补录）")).to_be_visible()


def _fill_in(person: Person, index: int) -> None:
    page = person.page
    page.get_by_label(("带头服务群众", "带头学习提高")[index % 2]).check()
    page.get_by_label("事迹").fill(DEEDS[index % 2])
    page.get_by_label(re.compile("所填内容")).check()


def _open(walk: Walk) -> None:
    secretary = walk.secretary
    walk.cast.travel("+6d")
    secretary.go("/roster/")
    picture(secretary, "040-待办（支部书记）")
    secretary.go(walk.meeting)
    secretary.press("宣布开会")
    expect(secretary.page.get_by_role("navigation", name="会议步骤")).to_be_visible()
    picture(secretary, "041-会议")


def _take_attendance(walk: Walk) -> None:
    secretary, page = walk.secretary, walk.secretary.page
    secretary.go(f"{walk.meeting}/attendance")
    picture(secretary, "050-签到")
    # One who has no account is away on business; everybody else is there.
    away = next(
        card
        for card in page.locator(".card[id^=p-]").filter(has_text="请假").all()
        if (card.locator(".fw-semibold").first.inner_text()) not in walk.members()
    )
    away.get_by_text("请假", exact=True).click()
    away.get_by_text("原因、正当理由、参会方式").click()
    away.get_by_label("请假或缺席原因").fill("因公出差")
    away.get_by_label("正当理由", exact=True).select_option("成立")
    secretary.press("未登记的都出席，保存")
    expect(page.get_by_text(re.compile("，已达到"))).to_be_visible()
    picture(secretary, "051-签到以后")


def _present(walk: Walk) -> None:
    secretary, page = walk.secretary, walk.secretary.page
    secretary.go(f"{walk.meeting}/presentations")
    picture(secretary, "060-介绍")
    while not page.get_by_text("到会党员都已介绍").count():
        secretary.press("登记，下一位")
    picture(secretary, "061-介绍完毕")


def _comment(walk: Walk) -> None:
    secretary, page = walk.secretary, walk.secretary.page
    page.get_by_role("link", name="下一步：点评").click()
    picture(secretary, "062-点评")
    while not page.get_by_text("应点评的党员都已点评").count():
        page.get_by_label("点评", exact=False).and_(page.locator("textarea")).fill("工作踏实，服务同学有耐心。")
        secretary.press("保存，下一位")
    picture(secretary, "063-点评完毕")


def _discuss(walk: Walk) -> None:
    secretary, page = walk.secretary, walk.secretary.page
    page.get_by_role("link", name="下一步：讨论").click()
    picture(secretary, "070-讨论")
    page.get_by_label("讨论内容").fill("围绕专业建设和学生服务展开讨论，统一了思想。")
    secretary.press("记入")
    expect(page.get_by_text("围绕专业建设和学生服务展开讨论")).to_be_visible()
