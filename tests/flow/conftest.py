"""One quarter, played once for all tests that only look at it afterwards."""

import random
from collections.abc import Iterator

import pytest

from infra.quarter import after, meeting, vote
from tests import databases
from tests.flow.world import NAMES, World, set_stage
from tests.university import University


@pytest.fixture(scope="package")
def played(
    database_server: str, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Give the services after a whole quarter; a test that changes them must not use it."""
    folder = tmp_path_factory.mktemp("played")
    with (
        pytest.MonkeyPatch.context() as patch,
        databases.fresh(database_server, templates) as urls,
        databases.filled(urls, University()) as service,
    ):
        patch.setenv("CLOCK_FILE", str(folder / "clock"))
        world = World({name: service(name) for name in NAMES}, random.Random(0))
        stage = set_stage(world, folder)
        for act in (meeting.play, vote.play, after.play):
            act(stage)
        world.carry()
        yield world
