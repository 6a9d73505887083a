"""Act three of the walk: filed, returned and corrected, noticed, objected to, published, and the minutes locked."""

import re

from playwright.sync_api import expect

from tests.browser.cast import padded
from tests.browser.look import picture
from tests.browser.walk import Walk


def play(walk: Walk) -> None:
    """Walk the act."""
    filing = _return(walk)
    _correct(walk, filing)
    notice = _acknowledge(walk, filing)
    code = _object(walk, notice)
    _decide(walk)
    _lock_minutes(walk)
    _publish(walk)
    _answered(walk, code)
    _path_is_whole(walk)


def _return(walk: Walk) -> str:
    department = walk.department
    card = department.await_on(
        f"/notify/filings/?period={walk.period}&state=submitted",
        lambda page: page.locator(".card", has_text=walk.cast.system.account("general_branch_clerk")["organization"]),
    )
    picture(department, "200-备案列表")
    card.get_by_role("link", name="查看").click()
    page = department.page
    filing = page.url.removeprefix(department.base)
    for name in walk.winners:
        department.await_on(filing, lambda page, name=name: page.get_by_role("cell", name=name, exact=True))  # type: ignore[misc]
    expect(page.get_by_role("cell", name=walk.ousted, exact=True)).to_have_count(0)
    picture(department, "201-备案")
    page.get_by_label("退回原因").fill("请核对党员身份一栏。")
    department.press("退回")
    return filing


def _correct(walk: Walk, filing: str) -> None:
    clerk, page = walk.clerk, walk.clerk.page
    clerk.go("/roster/")
    picture(clerk, "210-待办（组织员）")
    clerk.go(filing)
    expect(page.get_by_text("请核对党员身份一栏。")).to_be_visible()
    page.locator("summary", has_text=walk.winners[0]).click()
    picture(clerk, "211-更正")
    clerk.press("更正")
    clerk.press("重新报送党委组织部")
    expect(page.locator(".sg-steps li").last).to_contain_text(clerk.name)
    expect(page.get_by_role("button", name="重新报送党委组织部")).to_have_count(0)


def _acknowledge(walk: Walk, filing: str) -> str:
    department, page = walk.department, walk.department.page
    department.go(filing)
    page.get_by_label("备案号").fill(walk.cast.now.strftime("组备〔%Y〕%m%d%H%M号"))
    department.press("同意备案")
    link = department.await_on(filing, lambda page: page.get_by_role("link", name="查看公示"))
    picture(department, "220-已备案")
    return str(link.get_attribute("href"))


def _object(walk: Walk, notice: str) -> str:
    """Somebody of the public, who has not signed in and whose browser runs no script, gives no name."""
    _look_around(walk, notice)
    visitor = walk.cast.visitor(java_script_enabled=False)
    page = visitor.page
    visitor.go(notice)
    page.get_by_role("radio", name=re.compile(f"^{walk.winners[0]}")).check()
    page.get_by_label("异议内容").fill("听说该同志本季度请假较多，请核实。")
    visitor.press("提交异议")
    said = page.get_by_text(re.compile("查询码：")).first.inner_text()
    visitor.context.close()
    return str(re.findall(r"查询码：([^。]+)。", said)[0])


def _look_around(walk: Walk, notice: str) -> None:
    visitor = walk.cast.visitor()
    visitor.go("/")
    picture(visitor, "230-首页")
    visitor.go("/notify/board/")
    picture(visitor, "231-公示与光荣榜")
    visitor.go(notice)
    picture(visitor, "232-公示和异议")
    visitor.context.close()


def _decide(walk: Walk) -> None:
    department, page = walk.department, walk.department.page
    department.go("/notify/objections/")
    picture(department, "240-异议列表")
    undecided = page.locator(".card", has_text=f"对{walk.winners[0]}的异议").filter(has_text="待核实")
    undecided.last.get_by_role("link", name="查看").click()
    expect(page.get_by_text("听说该同志本季度请假较多，请核实。")).to_be_visible()
    page.get_by_label("听取意见情况").fill("查阅考勤并听取支部说明，均为公假。")
    picture(department, "241-异议")
    department.press("记录")
    page.get_by_role("radio", name="异议不成立").check()
    page.get_by_label(re.compile("处理意见")).fill("所反映情况不影响评选。")
    picture(department, "242-决定异议")
    department.press("作出决定")


def _lock_minutes(walk: Walk) -> None:
    secretary, page = walk.secretary, walk.secretary.page
    secretary.go(f"{walk.meeting}/minutes")
    page.get_by_label("会议小结").fill("会议圆满，达到预期目的。")
    picture(secretary, "250-会议记录")
    secretary.press("结束会议，锁定记录")
    expect(page.get_by_text("已锁定", exact=True)).to_be_visible()
    picture(secretary, "251-会议记录已锁定")


def _publish(walk: Walk) -> None:
    """The notice ends by the clock; nobody presses anything."""
    visitor = walk.cast.visitor(phone=False)
    walk.cast.travel("+14d")
    board = f"/notify/board/{walk.branch}?period={walk.period}"
    for name in walk.winners:
        visitor.await_on(board, lambda page, name=name: page.get_by_role("link", name=padded(name)))  # type: ignore[misc]
    expect(visitor.page.get_by_role("link", name=padded(walk.ousted))).to_have_count(0)
    picture(visitor, "260-光荣榜")
    visitor.page.get_by_role("link", name=padded(walk.winners[0])).click()
    picture(visitor, "261-获评者")
    visitor.go(f"/notify/board/{walk.branch}/screen?period={walk.period}")
    picture(visitor, "262-电子屏")
    visitor.context.close()


def _answered(walk: Walk, code: str) -> None:
    visitor = walk.cast.visitor()
    visitor.go("/notify/objections/answer")
    visitor.page.get_by_label("查询码").fill(code)
    visitor.press("查询")
    expect(visitor.page.get_by_text("所反映情况不影响评选。")).to_be_visible()
    picture(visitor, "263-查询答复")
    visitor.context.close()


def _path_is_whole(walk: Walk) -> None:
    secretary, page = walk.secretary, walk.secretary.page
    secretary.go(f"/evaluation/awards/?period={walk.period}")
    picture(secretary, "270-台账")
    row = page.locator(".d-flex.flex-wrap", has_text=walk.winners[0])
    row.get_by_role("link", name="评选过程").click()
    picture(secretary, "271-评选过程")
    steps = page.locator(".sg-steps li")
    expect(steps.filter(has_text="发布")).to_have_count(1)
    for step in steps.all():
        assert "done" in str(step.get_attribute("class")), step.inner_text()
        assert re.search(r"\d年\d+月\d+日.* · .+", step.inner_text()), f"没有写明何时、何人：{step.inner_text()}"
    for link in page.locator(".sg-steps a").all():
        answer = secretary.context.request.get(secretary.base + str(link.get_attribute("href")))
        assert answer.ok, f"{link.inner_text()}：{answer.status} {answer.url}"
