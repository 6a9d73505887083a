"""Initial passwords in an officer's browser: from the organisation's page to the file, which comes once."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from werkzeug.serving import make_server

from shared.auth import session
from tests.browser.cast import DESK, PHONE
from tests.browser.look import FAULTS
from tests.services import PRIVATE, Service
from tests.university import TENANT, uid

GENERAL = uid("zjy/jin")


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    return service("roster")


@pytest.fixture
def base(roster: Service) -> Iterator[str]:
    """Serve the pages on real HTTP."""
    server = make_server("127.0.0.1", 0, roster.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(base: str, browser: Browser) -> Iterator[Page]:
    """Give the clerk's phone, which says yes to every question."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", accept_downloads=True)
    token = session.issue(PRIVATE, tenant_id=TENANT, person_id=uid("T042"), epoch=1)
    context.add_cookies([{"name": session.COOKIE, "value": token, "url": base}])
    opened = context.new_page()
    opened.on("dialog", lambda dialog: dialog.accept())
    yield opened
    context.close()


def look(page: Page, name: str) -> list[str]:
    """List what is wrong with the open page on a phone and on a desk; keep pictures where SLIPS_PICTURES says."""
    found: list[str] = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        found += page.evaluate(FAULTS, size is PHONE)
        if folder := os.environ.get("SLIPS_PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)
    return found


def test_a_clerk_comes_from_the_organisation_to_a_file_that_a_second_tap_does_not_make_void(
    roster: Service, base: str, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{base}/roster/organizations/{GENERAL}")
    page.get_by_role("link", name="初始密码条").click()
    expect(page.get_by_role("heading", name="还没有密码：13人")).to_be_visible()
    assert look(page, "before") == []
    button = page.get_by_role("button", name="生成密码条（13份）")
    with page.expect_download() as coming:
        button.click()
    coming.value.save_as(tmp_path / "slips.pdf")
    text = "".join(each.extract_text() for each in PdfReader(tmp_path / "slips.pdf").pages)
    assert text.count("初始密码") == 13
    expect(button).to_have_class("btn btn-primary disabled")
    page.reload()
    expect(page.get_by_role("heading", name="还没有改初始密码：13人")).to_be_visible()
    assert look(page, "after") == []
    with roster.connect() as conn:
        assert conn.execute("SELECT count(*) FROM audit WHERE act = 'password.slips'").fetchone() == (1,)
