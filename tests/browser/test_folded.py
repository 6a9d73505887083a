"""A field that must be filled and lies in a folded part of a form: whoever sends the form is shown it."""

from pathlib import Path

from playwright.sync_api import Browser, expect

SCRIPT = Path(__file__).parents[2] / "shared" / "static" / "js" / "page.js"
FORM = """<form class="sg-form" action="about:blank"><details id="outer"><summary>投票</summary>
<details id="inner"><summary>名额</summary><label>依据 <input name="source" required></label></details></details>
<details id="other"><summary>会议</summary><input name="note"></details>
<button type="submit">保存草稿</button></form>"""


def test_a_folded_part_opens_where_something_is_missing(browser: Browser) -> None:
    """Otherwise the button would do nothing at all."""
    context = browser.new_context()
    page = context.new_page()
    page.set_content(FORM)
    page.add_script_tag(path=SCRIPT)
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_label("依据")).to_be_visible()
    expect(page.locator("#other")).not_to_have_attribute("open", "")
    context.close()
