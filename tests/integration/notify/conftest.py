"""The desk at which awards are filed, posted and published."""

from collections.abc import Callable

import pytest

from tests.integration.notify.desk import MONDAY, Desk
from tests.services import Service
from tests.university import University


@pytest.fixture
def desk(service: Callable[[str], Service], university: University, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give the desk, on Monday 2013-04-08 at ten."""
    made = Desk(service("notify"), university, monkeypatch)
    made.at(MONDAY)
    return made
