"""Act two of the walk: eligibility, the ballot called, opened, closed, counted, confirmed; a finding meanwhile."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.cast import Person
from tests.browser.look import picture
from tests.browser.walk import Walk


def play(walk: Walk) -> None:
    """Walk the act."""
    _decide_proposals(walk)
    tellers = _call(walk)
    first, second = (walk.cast.named(name) for name in tellers)
    present = _open(walk, first)
    names = _favoured(walk, first, tellers)
    walk.ousted = names[-1]
    _find(walk)
    _close(walk, first, present)
    _count(walk, first, names, present)
    _confirm(walk, second)
    _verified(walk, names)


def _decide_proposals(walk: Walk) -> None:
    """The system proposes who falls under a condition; the branch decides on each."""
    secretary, page = walk.secretary, walk.secretary.page
    secretary.go(f"{walk.meeting}/eligibility")
    picture(secretary, "100-资格审查")
    undecided = page.locator("section.border-warning form:has(fieldset)")
    while undecided.count():
        person = undecided.first
        for proposal in person.locator("fieldset").all():
            proposal.get_by_text("认定，不作候选人").click()
            proposal.get_by_label("理由").fill("支委会研究，情况属实。")
        secretary.press("保存支委会的认定", person)
    picture(secretary, "101-审查完毕")
    page.get_by_role("link", name="下一步：投票").click()


def _call(walk: Walk) -> list[str]:
    """Two ordinary members declare that they do not stand and become tellers."""
    secretary, page = walk.secretary, walk.secretary.page
    standing = page.get_by_role("group", name=re.compile("^候选人")).locator("label").all_inner_texts()
    names = [each.partition("　")[0].strip() for each in standing]
    fit = [name for name in names if name in walk.members() and name not in walk.committee()]
    tellers = fit[-2:]
    for name in tellers:
        page.get_by_label(f"{name}　不参选").check()
        page.get_by_label(f"{name}（候选人，须先声明不参选）").check()
    picture(secretary, "110-发起投票")
    secretary.press("发起无记名投票")
    entered = page.get_by_role("link", name="去监票、计票")
    walk.ballot = str(entered.get_attribute("href"))
    picture(secretary, "111-已发起投票")
    return tellers


def _open(walk: Walk, teller: Person) -> int:
    teller.await_on(walk.ballot, lambda page: page.get_by_role("button", name="已发票，开始投票"))
    picture(teller, "120-清点发票")
    papers = walk.secretary.context.request.get(f"{teller.base}{walk.ballot}/paper.pdf")
    assert papers.ok, papers.status
    assert papers.body().startswith(b"%PDF")
    hint = teller.page.get_by_text(re.compile(r"会议签到\d+人")).first.inner_text()
    present = int(re.findall(r"会议签到(\d+)人", hint)[0])
    teller.page.get_by_label("实到会（人）").fill(str(present))
    teller.page.get_by_label("发出选票（张）").fill(str(present))
    teller.press("已发票，开始投票")
    picture(teller, "121-正在投票")
    return present


def _favoured(walk: Walk, teller: Person, tellers: list[str]) -> list[str]:
    """Choose whom the branch elects: ordinary members, for the committee must judge one of them."""
    places = int(re.findall(r"(\d+)名", _fact(teller.page, "名额"))[0])
    listed = teller.page.locator("h3", has_text="候选人").locator("+ p")
    names = [] if not listed.count() else re.split("、", listed.inner_text())
    candidates = [re.sub("（.*?）", "", name).strip() for name in names] or walk.members()
    apart = walk.committee() | set(tellers)
    return [name for name in candidates if name in walk.members() and name not in apart][:places]


def _fact(page: Page, term: str) -> str:
    return page.locator("dl div", has=page.get_by_text(term, exact=True)).locator("dd").first.inner_text()


def _find(walk: Walk) -> None:
    """While the papers are out, the branch establishes a finding about one candidate, after a hearing."""
    secretary, page = walk.secretary, walk.secretary.page
    secretary.go(f"/evaluation/findings/new?organization_id={walk.branch}")
    page.get_by_label("党员", exact=True).select_option(label=walk.ousted)
    page.get_by_role("radio", name=re.compile("^（6）")).check()
    page.get_by_label("事实").fill("本季度两次未按时完成教学检查任务。")
    picture(secretary, "130-提出认定")
    secretary.press("提出")
    finding = page.url.removeprefix(secretary.base)
    picture(secretary, "131-认定")
    secretary.press("告知本人，开始申辩期")
    member = walk.cast.named(walk.ousted)
    member.go(finding)
    picture(member, "132-申辩")
    member.page.get_by_label("申辩", exact=True).fill("情况属实，今后改进。")
    member.press("提交申辩")
    secretary.go(finding)
    page.get_by_role("radio", name="成立", exact=True).check()
    page.get_by_label("认定意见").fill("情况属实，本季度不参加评选。")
    page.get_by_label("参加人").fill("、".join(sorted(walk.committee())[:2]))
    picture(secretary, "133-支委会认定")
    secretary.press("记录认定")
    assert _fact(page, "支委会认定") == "成立"


def _close(walk: Walk, teller: Person, present: int) -> None:
    teller.go(walk.ballot)
    teller.page.get_by_label("收回选票（张）").fill(str(present))
    picture(teller, "140-收回选票")
    teller.press("已收回，开始计票")


def _count(walk: Walk, teller: Person, names: list[str], present: int) -> None:
    """Everybody names the winners, but for one blank paper and one with too many names; a tap adds a vote."""
    page = teller.page
    for label, number in (("有效（张）", present - 1), ("无效（张）", 1), ("弃权（张）", 1)):
        page.get_by_label(label).fill(str(number))
    for row in page.locator(".sgb-row").all():
        name = re.sub(r"（.*?）|\s", "", row.locator("label").inner_text())
        votes = present - 2 if name in names else 0
        row.locator("[data-votes]").fill(str(max(votes - 1, 0)))
        if votes:
            row.get_by_role("button", name=re.compile("加一票")).click()
    picture(teller, "141-计票")
    teller.press("录入计票结果")
    expect(page.get_by_text("请另一名监票人在自己的手机上复核")).to_be_visible()


def _confirm(walk: Walk, teller: Person) -> None:
    teller.go(walk.ballot)
    picture(teller, "142-复核计票")
    teller.press("复核无误")
    expect(teller.page.get_by_role("heading", name="宣布计票结果")).to_be_visible()
    picture(teller, "143-计票结果")
    teller.go(f"{walk.ballot}/announcement")
    picture(teller, "144-大字宣读")


def _verified(walk: Walk, names: list[str]) -> None:
    secretary: Any = walk.secretary
    path = f"/evaluation{walk.ballot.removeprefix('/ballot')}/path"
    secretary.await_on(path, lambda page: page.get_by_text("资格复核未通过"))
    sections = secretary.page.locator("section", has=secretary.page.get_by_text("资格复核未通过"))
    expect(sections).to_have_count(1)
    expect(sections.get_by_role("heading")).to_contain_text(walk.ousted)
    walk.winners = [name for name in names if name != walk.ousted]
    for name in walk.winners:
        secretary.await_on(
            path,
            lambda page, name=name: page.locator("section", has_text=name).get_by_text("资格复核通过"),
        )
    picture(secretary, "150-核验以后")
