"""Processes killed, broker and database restarted in the middle of a quarter: it ends the same, exactly once."""

import os
import random
from functools import partial
from typing import Any

import psycopg
import pytest

from tests.system import Interference, System

SERVICES = ("roster", "evaluation", "ballot", "notify")
PROCESSES = [f"{name}-{kind}" for name in SERVICES for kind in ("web", "work")]
SERVERS = ["postgres", "rabbitmq", "nginx"]


def told(system: System, award_ids: list[str]) -> dict[str, int]:
    """How often each fact about these awards was told, over all services' ledgers."""
    counts: dict[str, int] = {}
    for name in ("evaluation", "ballot", "notify"):
        with psycopg.connect(system.environment[f"{name.upper()}_DATABASE_URL"]) as conn:
            rows = conn.execute(
                "SELECT name || CASE exchange WHEN 'shanguang.public' THEN ' (public)' ELSE '' END, count(*)"
                " FROM outbox WHERE data->>'award_id' = ANY(%s) GROUP BY 1",
                [award_ids],
            ).fetchall()
        counts |= {str(name): int(count) for name, count in rows}
    return counts


def play_disturbed(system: System, acts: list[Any]) -> None:
    interference = Interference(system, acts)
    interference.start()
    done = system.quarter()
    interference.finish()
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert interference.done, "nothing was disturbed"
    awards = system.played()["award_ids"]
    counts = told(system, awards)
    assert counts["award.verified"] == counts["award.published"] == counts["award.published (public)"] == len(awards)
    assert counts["objection.raised"] == counts["objection.decided"] == 1


def named(system: System, name: str) -> Any:
    return partial(system.kill, name)


@pytest.mark.parametrize("seed", [int(seed) for seed in os.environ.get("FAULT_SEEDS", "1").split(",")])
def test_any_process_killed_at_any_step_loses_and_doubles_nothing(system: System, seed: int) -> None:
    names = PROCESSES * 3
    random.Random(seed).shuffle(names)
    play_disturbed(system, [named(system, name) for name in names])


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_restarted_in_the_middle_loses_and_doubles_nothing(system: System, server: str) -> None:
    def nothing() -> None:
        pass

    play_disturbed(system, [nothing] * 5 + [named(system, server)] + [nothing] * 6 + [named(system, server)])
