"""Pledges wait for their reminders without being looked at, and every matter is found as if all were looked at."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.pledge.reminder import commands
from tests.integration.counting import Statements
from tests.integration.pledge.waiting import TODAY, World, noon
from tests.services import Service


@pytest.fixture(scope="module")
def pledge(standing: Callable[[str], Service]) -> Service:
    return standing("pledge")


STEPS = [World.make, World.make, World.publish, World.publish, World.revise, World.report, World.report, World.end,
         World.know, World.know, World.adopt, World.sleep]  # fmt: skip


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_matter_is_reminded_of_as_if_all_pledges_were_looked_at(pledge: Service, seed: int) -> None:
    """R-073: once before and once after, whatever happened to the pledge meanwhile."""
    chance = random.Random(seed)
    with pledge.connect() as conn, pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "BATCH", chance.choice([1, 3, 100]))
        patch.setattr(commands, "LOOKS", chance.choice([1, 4, 1000]))
        patch.setattr(commands, "ROUNDS", 1000)
        world = World(conn, chance)
        world.make()
        for _ in range(12):
            for _ in range(chance.randrange(6)):
                chance.choice(STEPS)(world)
            for stage, look in (("after", commands.remind_after), ("before", commands.remind_before)):
                expected = world.plain(stage)
                assert world.remind(stage, look) == expected
                assert world.plain(stage) == set()
        conn.rollback()


def test_nothing_is_read_while_everything_waits(pledge: Service) -> None:
    """However many universities and schemes there are, one statement a minute finds that nothing is to be done."""
    with pledge.connect() as conn:
        world = World(conn, random.Random(7))
        for step in (*[World.adopt] * 6, *[World.make] * 30, *[World.publish] * 60, *[World.know] * 60):
            step(world)
        for look in (commands.remind_after, commands.remind_before):
            while look(conn, noon(TODAY)):
                pass
            with Statements() as run:
                assert look(conn, noon(TODAY)) == 0
            assert len(run) == 1
            assert conn.execute(
                "SELECT count(*) FROM awaited WHERE stage = %s AND look_on <= %s",
                ["after" if look is commands.remind_after else "before", TODAY],
            ).fetchone() == (0,)
        conn.rollback()


def test_under_a_scheme_that_is_heard_of_late_nobody_is_forgotten(pledge: Service) -> None:
    """R-073"""
    with pledge.connect() as conn:
        world = World(conn, random.Random(11))
        for step in (*[World.make] * 30, *[World.publish] * 60, *[World.know] * 60):
            step(world)
        assert world.remind("before", commands.remind_before) == set()
        for _ in range(8):
            world.adopt()
        expected = world.plain("before")
        assert expected
        assert world.remind("before", commands.remind_before) == expected
        conn.rollback()
