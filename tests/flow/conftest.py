"""Quarters that are played once for all tests that only look at them afterwards."""

import logging
import random
from collections.abc import Iterator

import pytest

from infra.quarter import after, meeting, vote
from shared import log
from tests import databases
from tests.flow import left as leaving
from tests.flow.electronic import VotingWorld, seated
from tests.flow.left import Ear, Left
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


def _left(
    server: str, templates: dict[str, str], paths: pytest.TempPathFactory, channel: str, *, copies: int, shuffled: bool
) -> Left:
    folder, found = paths.mktemp(channel), Left()
    ear = Ear(found.logged)
    with (
        pytest.MonkeyPatch.context() as patch,
        databases.fresh(server, templates) as urls,
        databases.filled(urls, University()) as service,
    ):
        patch.setenv("CLOCK_FILE", str(folder / "clock"))
        world = VotingWorld({name: service(name) for name in NAMES}, random.Random(), copies, shuffled)
        with seated(world, urls):
            log.get()
            logging.getLogger().addHandler(ear)
            try:
                leaving.play(world, folder, found, channel)
            finally:
                logging.getLogger().removeHandler(ear)
            found.dead = list(world.table.dead)
    return found


@pytest.fixture(scope="package")
def phoned(database_server: str, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Left:
    """Give what a quarter left whose ballot was cast by phone."""
    return _left(database_server, templates, tmp_path_factory, "electronic", copies=1, shuffled=False)


@pytest.fixture(scope="package")
def mixed(database_server: str, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Left:
    """Give what a quarter left whose ballot was cast by phone and, by a handful, on paper.

    Everything told came twice and in no order.
    """
    return _left(database_server, templates, tmp_path_factory, "mixed", copies=2, shuffled=True)
