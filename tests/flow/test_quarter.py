"""A quarter from the announcement to the publication; events carried twice and in any order end the same."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.quarter import after, meeting, vote
from tests.flow.world import NAMES, World, set_stage
from tests.services import Service


def play(
    service: Callable[[str], Service], folder: Path, *, seed: int, copies: int, shuffled: bool
) -> tuple[World, dict[str, Any]]:
    world = World({name: service(name) for name in NAMES}, random.Random(seed), copies, shuffled)
    stage = set_stage(world, folder)
    for act in (meeting.play, vote.play, after.play):
        act(stage)
    world.carry()
    return world, stage.diary.content


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLOCK_FILE", str(tmp_path / "clock"))
    return tmp_path


def outcome(world: World) -> tuple[Counter[str], list[tuple[str, str]]]:
    """What each service told, and how each award ended."""
    told = Counter(row["name"] for service in world.services.values() for row in service.told())
    with world.services["evaluation"].connect() as conn:
        awards = conn.execute("SELECT name, state FROM award ORDER BY name").fetchall()
    return told, [(str(name), str(state)) for name, state in awards]


def test_a_closed_ballot_by_itself_leads_to_verification_filing_notice_and_publication(
    service: Callable[[str], Service], folder: Path
) -> None:
    """R-134, R-170, R-173."""
    world, content = play(service, folder, seed=0, copies=1, shuffled=False)
    told, awards = outcome(world)
    assert told["ballot.counted"] == told["award.verified"] == told["award.withheld"] == 1
    assert sorted(state for _, state in awards) == ["published", "withheld"]
    assert len(content["award_ids"]) == 1
    public = [row for row in world.services["notify"].told("award.published") if row["exchange"] == "shanguang.public"]
    assert set(public[0]["data"]) == {
        "award_id", "award", "name", "organization", "university", "period", "published_on", "url",
    }  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_events_delivered_twice_and_in_another_order_end_the_same(
    service: Callable[[str], Service], folder: Path, seed: int
) -> None:
    world, _ = play(service, folder, seed=seed, copies=2, shuffled=True)
    told, awards = outcome(world)
    assert told["award.verified"] == told["award.withheld"] == told["filing.acknowledged"] == 1
    assert told["notice.posted"] == told["objection.decided"] == 1
    assert told["award.published"] == 2, "once inside, once for the public"
    assert sorted(state for _, state in awards) == ["published", "withheld"]
