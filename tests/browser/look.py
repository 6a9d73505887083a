"""What every page must be, whoever reads it and on whatever screen; and pictures of it for people to look at."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.cast import DESK, PHONE, Person
from tests.browser.legible import illegible

SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"
LOWEST = 44
"""Pixels: the least height of what a finger presses."""

FAULTS = """(phone) => {
  const faults = [];
  const name = (each) => each.outerHTML.slice(0, 90);
  const seen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  if (document.documentElement.lang !== "zh-CN") faults.push("语言不是 zh-CN");
  const heads = document.querySelectorAll("h1").length;
  if (heads !== 1) faults.push(`有 ${heads}个 h1`);
  if (!document.title) faults.push("没有标题");
  const wide = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) {
    const edge = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll("body *")].filter((each) =>
      each.getBoundingClientRect().right > edge + 1 && !each.closest(".sg-scroll"));
    faults.push(`横向超出 ${wide} 像素：${out.slice(0, 3).map(name).join(" ")}`);
  }
  for (const each of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (!each.labels?.length && !each.getAttribute("aria-label") && !each.getAttribute("aria-labelledby")) {
      faults.push(`没有标签：${name(each)}`);
    }
  }
  for (const each of document.querySelectorAll("form[method=post]")) {
    for (const field of ["csrf_token", "_request"]) {
      if (!each.querySelector(`input[name=${field}]`)?.value) faults.push(`表单缺 ${field}：${name(each)}`);
    }
  }
  for (const each of document.querySelectorAll("button, a.btn, a.nav-link, label.btn, input.form-control, select")) {
    const height = each.getBoundingClientRect().height;
    if (phone && seen(each) && height && height < LOWEST && !each.classList.contains("visually-hidden")) {
      faults.push(`太矮（${Math.round(height)}）：${name(each)}`);
    }
  }
  for (const each of document.querySelectorAll("button, a")) {
    const named = each.textContent.trim() || each.getAttribute("aria-label");
    if (seen(each) && !named) faults.push(`没有名称：${name(each)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) faults.push(`重复的 id：${[...new Set(twice)].join("、")}`);
  return faults;
}""".replace("LOWEST", str(LOWEST))


def settle(page: Page) -> None:
    """Wait until the parts that other services give are there."""
    page.wait_for_load_state("load")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def faults(person: Person) -> list[str]:
    """Look at the open page on a phone and on a desk and list what is wrong."""
    page = person.page
    before = page.viewport_size
    found: list[str] = []
    settle(page)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        found += [f"{size['width']}：{fault}" for fault in page.evaluate(FAULTS, size is PHONE)]
    found += illegible(page)
    if before is not None:
        page.set_viewport_size(before)
    return [f"{page.url} {fault}" for fault in dict.fromkeys(found)]


def picture(person: Person, name: str) -> None:
    """Keep the open page as it looks on a phone and on a desk; what is wrong with it becomes a complaint."""
    page = person.page
    person.complaints += faults(person)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        page.screenshot(path=SCREENSHOTS / f"{name}-{size['width']}.png", full_page=True)
    if before is not None:
        page.set_viewport_size(before)
