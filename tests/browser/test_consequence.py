"""The question before what cannot be undone says what follows from how things stand at that moment."""

from pathlib import Path

from playwright.sync_api import Browser, Dialog, Route

STATIC = Path(__file__).parents[2] / "shared"
PAGE = """<!doctype html><html lang="zh-CN"><body>
<form class="sg-form" method="post" action="/closed" data-confirm="结束以后不能重新打开。">
<p data-consequence>只收到1张，不足3张，现在结束即作废。</p><button type="submit">结束投票</button></form>
<script type="module" src="/static/js/page.js"></script></body></html>"""


def answer(route: Route) -> None:
    path = route.request.url.removeprefix("http://teller.test")
    if path.startswith("/static/"):
        route.fulfill(body=(STATIC / path[1:]).read_text(), content_type="text/javascript")
    else:
        route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")


def test_a_consequence_that_is_shown_is_asked_about_and_one_that_passed_is_not(browser: Browser) -> None:
    """R-130"""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.route("**/*", answer)
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.goto("http://teller.test/")
    page.get_by_role("button", name="结束投票").click()
    page.locator("[data-consequence]").evaluate("place => { place.hidden = true; }")
    page.get_by_role("button", name="结束投票").click()
    assert asked == ["只收到1张，不足3张，现在结束即作废。\n结束以后不能重新打开。", "结束以后不能重新打开。"]
    assert page.url == "http://teller.test/"
    context.close()
