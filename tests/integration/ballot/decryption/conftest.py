"""A seat that holds a key, and a board that it reads."""

from collections.abc import Iterator

import pytest

from tests import databases
from tests.archives import Board, board
from tests.integration.ballot.decryption.desk import Desk, hold
from tests.seats import Place, seat_handlers
from tests.trustees import SeatedKey, make_key


@pytest.fixture(scope="module")
def url(database_server: str, templates: dict[str, str]) -> Iterator[str]:
    with databases.fresh(database_server, templates) as make:
        yield make("trustee1")


@pytest.fixture(scope="module")
def shown() -> Iterator[Board]:
    with board() as made:
        yield made


@pytest.fixture(scope="module")
def key() -> SeatedKey:
    return make_key()


@pytest.fixture
def desk(url: str, shown: Board, key: SeatedKey) -> Desk:
    databases.wipe(url)
    shown.shown.clear()
    shown.asked.clear()
    shown.fails, shown.ranges = 0, True
    made = Desk(Place("trustee1", url, seat_handlers(1, shown.url)), shown, key)
    hold(made, key)
    return made
