"""The people in front of the browser."""

import pytest
from playwright.sync_api import Browser

from tests.browser.cast import Cast
from tests.system import System


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Walk first: what is looked at afterwards has a whole quarter in it, not only the sample university."""
    items.sort(key=lambda item: item.path.name != "test_walk.py")


@pytest.fixture(scope="session")
def cast(system: System, browser: Browser) -> Cast:
    """Give the people of the sample university, each signed in when first called upon."""
    return Cast(system, browser)
