"""Three seats and ballot around one table."""

from collections.abc import Callable, Iterator

import pytest

from tests import databases
from tests.seats import Table, table


@pytest.fixture(scope="module")
def standing_databases(database_server: str, templates: dict[str, str]) -> Iterator[Callable[[str], str]]:
    with databases.fresh(database_server, templates) as make:
        yield make


@pytest.fixture
def around(standing_databases: Callable[[str], str]) -> Table:
    made = table(standing_databases)
    for place in made.places.values():
        databases.wipe(place.url)
    return made
