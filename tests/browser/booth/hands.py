"""What an elector does on the page of the booth, and reads there."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.stand import Stand


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
