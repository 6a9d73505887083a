"""Everything that runs is killed once in the middle of a quarter, each at another step: it ends the same, exactly once.

`FAULT_SEEDS=0,1,2…` plays more quarters; over as many seeds as there are blows each falls on every step.
"""

import contextlib
import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from infra.local.services import programs
from infra.quarter.stage import Stage
from tests.blows import CHILD, MACHINE, SUPERVISOR, Stopwatch, Striker, Struck, blows, plan, play
from tests.remains import drained, remains, waiting
from tests.system import System
from tests.trial import until

SEEDS = [int(seed) for seed in os.environ.get("FAULT_SEEDS", "1").split(",")]
PATIENCE = 300


@dataclass
class Reference:
    """A quarter that nobody disturbed: what it left, and how long each of its steps took."""

    left: Counter[str]
    took: list[float]


@pytest.fixture
def on_time(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process travel with the system's clock."""
    monkeypatch.setenv("CLOCK_FILE", str(system.layout.clock))


@pytest.fixture(scope="module")
def undisturbed(system: System) -> Reference:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLOCK_FILE", str(system.layout.clock))
        diary = Stopwatch(system.base, system.var / "quarter.json")
        stage = play(system, diary)
    until(lambda: drained(system), seconds=PATIENCE)
    return Reference(remains(system, stage), diary.took)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_killed_at_whatever_step_nothing_is_lost_or_doubled(
    system: System, on_time: None, undisturbed: Reference, seed: int, record_property: Callable[[str, object], None]
) -> None:
    names, steps, dice = blows(system.programs()), len(undisturbed.took), random.Random(seed)
    assert {each.name for each in programs(system.layout)} < set(names)
    striker = Striker(system, dice)
    delays = [dice.uniform(0, seconds) for seconds in undisturbed.took]
    diary = Struck(system.base, system.var / "quarter.json", striker, plan(names, seed, steps), delays)
    stage = play(system, diary)
    striker.await_health()
    record_property("blows", "; ".join(f"{blow} at {step}" for step, blow in diary.dealt))
    assert {blow for _, blow in diary.dealt} == set(names)
    assert len({step for step, _ in diary.dealt}) == steps
    assert_the_same_is_left(system, stage, undisturbed.left)


def assert_the_same_is_left(system: System, stage: Stage, left: Counter[str]) -> None:
    """Wait until everything has been heard; then what was left must be the same, and no letter dead."""
    with contextlib.suppress(AssertionError):
        until(lambda: drained(system) and remains(system, stage).total() >= left.total(), seconds=PATIENCE)
    found, dead = remains(system, stage), sum(waiting(system, ".dead").values())
    assert (left - found, found - left, dead, drained(system)) == (Counter(), Counter(), 0, True)


def test_enough_was_compared_for_the_rest_to_mean_something(undisturbed: Reference) -> None:
    left = undisturbed.left
    once = ["meeting.announced", "ballot.called", "ballot.counted", "award.withheld", "filing.acknowledged"]
    assert {left[f"{name} told on shanguang.events"] for name in once} == {1}
    assert left["award.published told on shanguang.public"] == left["award.published told on shanguang.events"] > 0
    assert len([place for place in left if "heard by" in place]) > 15
    assert len([place for place in left if " by " in place and "heard" not in place]) > 10


@pytest.mark.parametrize("steps", [7, 23, 60])
def test_over_all_seeds_everything_is_killed_at_every_step(system: System, steps: int) -> None:
    names = blows(system.programs())
    assert {SUPERVISOR, MACHINE, CHILD + "postgres", "postgres", "rabbitmq", "nginx"} < set(names)
    plans = [plan(names, seed, steps) for seed in range(len(names))]
    for made in plans:
        assert all(made), "every step has its blow"
        assert {blow for step in made for blow in step} == set(names), "everything is killed in each quarter"
    for step in range(steps):
        assert {blow for made in plans for blow in made[step]} == set(names)
