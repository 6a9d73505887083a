"""A year of pledges of one branch and its 党总支 in process, under each of the four presets."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.year import appraising, cast, keeping, making
from infra.year.__main__ import free_year
from infra.year.presets import PRESETS
from tests.flow.world import NAMES, FlowStage, World, set_stage
from tests.services import Service
from tests.university import CONDITIONS, University, uid

FILES = Path(__file__).parent.parent.parent / "services" / "roster" / "scheme" / "presets"


def settings(code: str) -> dict[str, Any]:
    """Give a preset's values; members' secret ballot is played on a whole system and in test_grading."""
    shown = json.loads((FILES / f"{code}.json").read_text(encoding="utf-8"))["settings"]
    values = {key: setting["value"] for key, setting in shown.items()}
    return {**values, "eligibility.conditions": CONDITIONS, "appraisal.secret_ballot": False}


@pytest.mark.parametrize("code", list(PRESETS))
def test_every_preset_is_lived_through_to_the_last_result(
    code: str,
    service: Callable[[str], Service],
    university: University,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R-031 R-077 R-091 R-193 R-194 R-195 C1–C8: one round a year, members and organisations in it, each preset's own
    window, reviewers, ladder, sources and appraiser.
    """
    monkeypatch.setenv("CLOCK_FILE", str(tmp_path / "clock"))
    university.settings = settings(code)
    world = World({name: service(name) for name in NAMES}, random.Random(0))
    stage = set_stage(world, tmp_path)
    # The small university has no deputy secretary: a committee member may do the same.
    officers = {"committee_member": "deputy_secretary"}
    stage.accounts = [{**one, "role": officers.get(one["role"], one["role"])} for one in stage.accounts]
    stage.accounts = [
        {**one, "organization_id": str(uid("zjy/jin"))} if one["role"] == "general_branch_secretary" else one
        for one in stage.accounts
    ]
    rules = university.settings

    def travel(word: str) -> None:
        FlowStage.travel(stage, word)
        world.due()
        world.carry()

    monkeypatch.setattr(stage, "travel", travel)
    branch_id, _ = cast.places(stage)
    people = cast.gather(stage, free_year(stage, branch_id, rules), rules)
    for act in (making.play, keeping.play, appraising.play):
        act(people)
        world.carry()
    asked = people.secretary.get("/pledge/api/tasks")
    assert [one["title"] for one in asked if "履诺点评" in one["title"] or "逾期" in one["title"]] == []
    told = {row["name"] for row in world.services["pledge"].told()}
    assert {"pledge.published", "pledge.returned", "pledge.overdue", "pledge.commented", "pledge.appraised"} <= told
    assert ("measure.decided" in told) == ("criticism" in rules["supervision.ladder"])
    appraised = [row["data"] for row in world.services["pledge"].told("pledge.appraised")]
    assert {one["person_id"] for one in appraised} >= {member.person_id for member in people.members
                                                       if member.person_id in people.pledges}  # fmt: skip
    assert {str(uid("zjy/jin")), branch_id} == {one["organization_id"] for one in appraised if not one["person_id"]}
