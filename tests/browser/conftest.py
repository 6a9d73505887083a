"""A headless Chromium and the people in front of it; in CI a missing browser fails."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from infra.local import packages
from tests.browser.cast import Cast
from tests.system import System

# No sandbox inside a container that runs as root; the pages are our own.
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the browser."""
    program = packages.chromium()
    if program is None:
        message = "Chromium is not there: run ./run test"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    expect.set_options(timeout=20000)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def cast(system: System, browser: Browser) -> Cast:
    """Give the people of the sample university, each signed in when first called upon."""
    return Cast(system, browser)
