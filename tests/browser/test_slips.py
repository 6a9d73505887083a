"""A printed slip in somebody's hand: its code fills itself in, no server sees it in an address, and it counts once."""

import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from tests.integration.pledge import appraising
from tests.services import Service
from tests.university import University


@pytest.fixture
def pledge(service: Callable[[str], Service]) -> Service:
    return service("pledge")


@pytest.fixture
def base(pledge: Service) -> Iterator[str]:
    """Serve the pages on real HTTP."""
    server = make_server("127.0.0.1", 0, pledge.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_slip_is_scanned_and_counts_once(
    pledge: Service, base: str, university: University, browser: Browser
) -> None:
    """R-095"""
    secretary = university.people["王一鸣"]
    appraising.with_pledge(pledge, university)
    assessment_id = appraising.open_(pledge, secretary, invited=3)
    code = pledge.client(secretary).get(f"/pledge/api/forms/{assessment_id}/slips").json["codes"][0]
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for shown in ("评议表已收到", "已经用过"):
        page.goto(f"{base}/pledge/forms/{assessment_id}#{code}")
        expect(page.get_by_label("评议码")).to_have_value(code)
        assert page.url == f"{base}/pledge/forms/{assessment_id}"
        page.get_by_label("好", exact=True).check()
        page.get_by_role("button", name="交表").click()
        expect(page.get_by_text(shown)).to_be_visible()
    assert not [url for url in asked if code in url.partition("#")[0]]
    context.close()
