"""A ballot service and a called ballot for every test here."""

from collections.abc import Callable

import pytest

from tests.integration.ballot.calls import Called, call
from tests.services import Service


@pytest.fixture
def ballot(service: Callable[[str], Service]) -> Service:
    return service("ballot")


@pytest.fixture
def called(ballot: Service) -> Called:
    return call(ballot)
