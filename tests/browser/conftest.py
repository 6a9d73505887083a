"""The people in front of the browser."""

import pytest
from playwright.sync_api import Browser

from tests.browser.cast import Cast
from tests.system import System


@pytest.fixture(scope="session")
def cast(system: System, browser: Browser) -> Cast:
    """Give the people of the sample university, each signed in when first called upon."""
    return Cast(system, browser)
