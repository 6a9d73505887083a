"""Who belongs elsewhere changes nothing of a branch: every write of both doors, with ids that exist, is refused."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from shared import clock
from tests.flow import foreign, growing
from tests.flow.test_leaks import known
from tests.flow.world import NAMES, World
from tests.integration.abuse import contents
from tests.services import Service
from tests.university import uid

GROWN = {"pledge": growing.pledge, "roster": growing.roster}
ELSEWHERE = {"record_id": "publication_id", "paper_id": "form_paper_id", "run_id": "import_run_id"}
DAY, YEAR = clock.today().isoformat(), clock.today().year
ASKED = {"ground": "frail", "reason": "术后卧床", "starts_on": DAY}
BODIES: dict[str, dict[str, Any]] = {
    "/evaluation/meetings/<meeting_id>/guests": {"capacity": "guest"},
    "/evaluation/meetings/<meeting_id>/comments": {"confirm": "true"},
    "/evaluation/findings/<finding_id>/review": {"statement": "同意支部意见"},
    "/evaluation/allotments/<organization_id>": {"period": f"{YEAR}Q1"},
    "/evaluation/meetings/<meeting_id>/ballot": {"channel": "paper", "paper_electors": []},
    "/pledge/appraisals/<appraisal_id>/comment": {"source": "organization"},
    "/pledge/pledges/<pledge_id>": {"form": "individual", "headline": "为学生答疑", foreign.ALONE: "1"},
    "/pledge/remarks/": {"kind": "praise"},
    "/pledge/reviews/<pledge_id>": {"step": "branch", "outcome": "passed"},
    "/roster/schemes/adopt/<organization_id>/adjust": {foreign.ALONE: "1"},
    "/roster/schemes/adopt/<organization_id>": {"basis": f"{uid('scheme')}/1"},
    "/roster/people/<person_id>/contact": {"made_on": DAY, "channel": "phone", "by_member": "false"},
    "/roster/people/<person_id>/password": {"password": "示例口令-2013-安全"},
    "/roster/people/<person_id>/exemption": ASKED,
}
"""By route: what a schema does not say."""


@pytest.fixture(params=NAMES)
def writes(request: Any, standing: Callable[[str], Service]) -> Iterator[foreign.Writes]:
    """Give every write of a service, with what a quarter left, or what has grown of pledges and positions."""
    if grow := GROWN.get(request.param):
        service = standing(request.param)
        grow(service)
        ids = known(World({service.name: service}, None))  # type: ignore[arg-type]
    else:
        played: World = request.getfixturevalue("played")
        service, ids = played.services[request.param], known(played)
    ids |= {name: ids.get(table, []) for name, table in ELSEWHERE.items()}
    with foreign.among(service):
        yield foreign.Writes(service, ids, BODIES)


def test_strangers_are_refused_every_write_and_nothing_changes(writes: foreign.Writes) -> None:
    """R-026 and requirements 5.5: how far a role reaches, not only which role it is, at every door.

    A refusal of what was sent, or of the state of the matter, would hide whether anybody asks who sends it.
    """
    service = writes.service
    before, sent, wrong, missing = contents(service), 0, [], set()
    for write in writes:
        for one in foreign.STRANGERS:
            if one.concerned(write.permission):
                answer = write.by(foreign.client(service, one))
                sent += 1
                if answer.status_code not in {403, 404}:
                    wrong.append(f"{one.name}: {write} → {answer.status_code} {_said(answer)}")
                elif write.missing and one.holds(write.permission):
                    missing |= write.missing
    assert wrong == [], "\n".join(wrong)
    assert missing == set(), "nothing exists for these, so the door may never have been asked"
    assert contents(service) == before
    assert sent > 40


def _said(answer: Any) -> str:
    return re.sub(r"<[^>]*>|\s+", " ", answer.text[max(0, answer.text.find("<main")) :])[:200]
