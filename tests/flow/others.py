"""Act four of the flow: what a quarter does not tell, told as well, so that every hearer hears something."""

import json
from typing import Any

from shared import clock
from shared.events import Event
from shared.messaging.reading import Heard, Reader
from tests.contract.freeze import path_of
from tests.flow.mortal import Mortal
from tests.flow.world import NAMES, FlowStage, handlers
from tests.university import TENANT, uid

BRANCH = str(uid("zjy/jin/jg"))


def play(stage: FlowStage) -> None:
    """An exemption, a new branch with its secretary, holidays, and an award taken back."""
    department, member = stage.role("organization_department"), str(uid("T003"))
    body = {"ground": "frail", "reason": "术后卧床", "starts_on": clock.today().isoformat()}
    asked = stage.role("secretary").post(f"/roster/api/people/{member}/exemption", body)
    stage.role("general_branch_secretary").post(f"/roster/api/exemptions/{asked['id']}/consent", {"decision": "同意"})
    new = {"parent_id": str(uid("zjy/kuai")), "kind": "branch", "name": "会计学院学生党支部", "code": "xs"}
    made = department.post("/roster/api/organizations", new)
    first = {"person_id": str(uid("T022")), "organization_id": made["id"], "role": "secretary"}
    department.post("/roster/api/positions", {**first, "starts_on": clock.today().isoformat()})
    department.post("/notify/api/calendar", {"days": [{"day": "2026-05-02", "working": False}]})
    award_id = stage.diary.content["award_ids"][0]
    department.post(f"/notify/api/awards/{award_id}/revoke", {"reason": "查实材料不实"})
    stage.world.carry()
    stage.travel("+10m")
    assert isinstance(stage.world, Mortal)
    stage.world.timers()
    stage.world.errands(lambda: stage.travel("+16m"))


def tell_the_rest(world: Mortal, stage: FlowStage) -> set[tuple[str, str]]:
    """Give each hearer the frozen example, with this quarter's ids, of what nobody has told it; give who refused.

    What an example says need not fit.
    """
    refused = set()
    for name in NAMES:
        for event in handlers(name):
            if (name, event.event_name) not in world.heard:
                try:
                    world.hear(name, [example(name, event, stage)])
                except Exception:  # whatever it was, it must be the same again
                    refused.add((name, event.event_name))
    world.carry()
    return refused


def example(service: str, event: type[Event], stage: FlowStage) -> Heard:
    letter: dict[str, Any] = json.loads(path_of(event).read_text(encoding="utf-8"))
    known = {
        "organization_id": BRANCH,
        "person_id": str(uid("T003")),
        "meeting_id": stage.meeting_id,
        "ballot_id": stage.ballot_id,
        "award_id": stage.diary.content["award_ids"][0],
    }
    letter["tenantid"] = str(TENANT)
    letter["data"] |= {key: value for key, value in known.items() if key in letter["data"]}
    found = Reader(handlers(service)).read(json.dumps(letter))
    assert found is not None
    return found
