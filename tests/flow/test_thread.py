"""One promise through a whole quarter: the branch's item, the member's, the deed, the award, and back from each."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.quarter import after, meeting, pledge, vote
from tests.flow.world import NAMES, World, set_stage
from tests.services import Service
from tests.university import TENANT, uid


@pytest.mark.parametrize(("copies", "shuffled"), [(1, False), (2, True)])
def test_a_promise_of_the_branch_is_followed_to_the_star_and_back(
    service: Callable[[str], Service], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copies: int, shuffled: bool
) -> None:
    """R-046, R-139: organisation item ← member item ← deed → award; read from both ends, in whatever order told."""
    monkeypatch.setenv("CLOCK_FILE", str(tmp_path / "clock"))
    world = World({name: service(name) for name in NAMES}, random.Random(7), copies, shuffled)
    stage = set_stage(world, tmp_path)
    meeting.play(stage, pledge.begin)
    for act in (vote.play, after.play, pledge.starred):
        act(stage)
    world.carry()
    said = stage.diary.content
    forwards(world, said)
    backwards(world, said)


def forwards(world: World, said: dict[str, Any]) -> None:
    """The award's path names the member's item and what of the branch's it serves."""
    evaluation = world.services["evaluation"].client(uid("T001"))
    notes = {
        step["note"]
        for award_id in said["award_ids"]
        for step in evaluation.get(f"/evaluation/api/awards/{award_id}/path").json["steps"]
        if step["key"] == "deed"
    }
    assert len(notes) == 1
    (note,) = notes
    assert note.startswith(f"对应承诺：{pledge.HEADLINE}　第1项：{pledge.ITEM}（服务于金融学院教工党支部承诺：")
    with world.services["evaluation"].connect() as conn:
        cited = conn.execute(
            "SELECT DISTINCT pledge_id, pledge_item_id FROM deed WHERE pledge_id IS NOT NULL"
        ).fetchall()
        assert [(str(one), str(item)) for one, item in cited] == [(said["pledge_id"], said["pledge_item_id"])]
        told = conn.execute("SELECT count(*) FROM outbox WHERE name = 'deed.confirmed' AND tenant_id = %s", [TENANT])
        assert told.fetchone() == (1,)


def backwards(world: World, said: dict[str, Any]) -> None:
    """The member's pledge shows deed and star beside the item, the branch's counts the deed."""
    client = world.services["pledge"].client(uid("T001"))
    mine = client.get(f"/pledge/api/pledges/{said['pledge_id']}").json
    assert [one["item_id"] for one in mine["deeds"]] == [said["pledge_item_id"]]
    assert [(one["item_id"], one["award_id"] in said["award_ids"]) for one in mine["stars"]] == [
        (said["pledge_item_id"], True)
    ]
    page = client.get(f"/pledge/pledges/{said['pledge_id']}").text
    deed_page = f"/evaluation/register/deeds/{mine['deeds'][0]['deed_id']}"
    assert deed_page in page
    shown = world.services["evaluation"].client(uid("T001")).get(deed_page)
    assert shown.status_code == 200
    assert f"/pledge/pledges/{said['pledge_id']}" in shown.text
    (serving,) = client.get(f"/pledge/api/pledges/{said['promise_id']}").json["serving"]
    assert (serving["pledge_id"], serving["deeds"]) == (said["pledge_id"], 1)
