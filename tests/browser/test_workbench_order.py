"""The workbench puts the tasks of all services in one order, which is that of the page and of a screen reader."""

from datetime import date, timedelta
from pathlib import Path

import jinja2
import pytest
from playwright.sync_api import Browser, Route, expect

from shared.web.tasks import Task
from shared.web.words import day

SHARED = Path(__file__).parents[2] / "shared"
TODAY = date(2013, 4, 1)
BENCH = """<!doctype html><html lang="zh-CN"><body><div data-workbench>
<div hidden data-counts><span data-count="today">0</span></div><div data-tasks></div>
<section data-fragment="/evaluation/tasks"></section><section data-fragment="/notify/tasks"></section>
<section data-fragment="/ballot/tasks"></section><div hidden data-nothing></div></div>
<script type="module" src="/static/js/page.js"></script></body></html>"""


def task(title: str, days: int | None, *, now: bool = False) -> Task:
    return Task(title, "/", "去办", None if days is None else TODAY + timedelta(days=days), now=now)


ASKED = {
    "evaluation": [task("会议逾期", -3), task("没有期限", None), task("下个月", 30)],
    "notify": [task("今天的异议", 0), task("本周备案", 4)],
    "ballot": [task("逾期更久", -9), task("请投票", None, now=True), task("后天", 2)],
}


def fragment(tasks: list[Task]) -> str:
    page = jinja2.Environment(loader=jinja2.FileSystemLoader(SHARED / "templates"), autoescape=True)
    page.filters["day"] = day
    return page.get_template("tasks.html").render(tasks=tasks, today=TODAY)


def answer(route: Route) -> None:
    path = route.request.url.removeprefix("http://bench.test")
    if path.startswith("/static/"):
        route.fulfill(body=(SHARED / path[1:]).read_text(), content_type="text/javascript")
    elif path.endswith("/tasks"):
        name = path.split("/")[1]
        known = ASKED.get(name)
        route.fulfill(status=200 if known else 503, body=fragment(known or []), content_type="text/html")
    else:
        route.fulfill(body=BENCH, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("away", [None, "notify"])
def test_the_most_urgent_task_stands_first_whoever_asks_for_it(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, away: str | None
) -> None:
    """R-130: the open vote before what is overdue, also while a service is away, whose place says so."""
    if away:
        monkeypatch.delitem(ASKED, away)
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.route("**/*", answer)
    page.goto("http://bench.test/roster/")
    order = ["请投票", "逾期更久", "会议逾期", "没有期限", "今天的异议", "后天", "本周备案", "下个月"]
    wanted = [each for each in order if not away or each not in {"今天的异议", "本周备案"}]
    expect(page.locator("[data-tasks] [data-task] .fw-semibold")).to_have_text(wanted)
    expect(page.locator("[data-count=today]")).to_have_text("1" if away else "2")
    assert page.get_by_text("暂时无法显示").count() == int(away is not None)
    context.close()
