"""A trial service on a fresh database, and what it left on the broker taken away again."""

from collections.abc import Callable, Iterator

import pytest

from tests.trial import Trial


@pytest.fixture
def trial(database: Callable[[str], str], servers: dict[str, str]) -> Iterator[Trial]:
    made = Trial(database("trial"), servers["TEST_AMQP_URL"])
    made.create_tables()
    yield made
    made.remove()
