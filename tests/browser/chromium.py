"""A headless Chromium; in CI a missing one fails."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from infra.local import packages

# No sandbox inside a container that runs as root; the pages are our own.
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]


@contextmanager
def launched() -> Iterator[Browser]:
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
