"""What the secretary reads before a meeting is opened: the entries end, and the day of the meeting is settled."""

from collections.abc import Callable

import pytest

from shared import clock
from tests.integration.evaluation.branch import Branch
from tests.integration.evaluation.test_meeting_pages import page
from tests.services import Service


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Branch:
    return Branch(service("evaluation"))


def test_opening_asks_who_has_not_registered_and_whether_it_may_be_early(branch: Branch) -> None:
    """R-112: what opening settles for good stands in its question."""
    branch.announce()
    early = "现在提前召开，会议日期以今天为准。"
    asked = page(branch, "T001", f"meetings/{branch.meeting_id}")
    many = len(branch.members)
    assert f"{many}名党员中还有{many}人没有登记" in asked
    assert early in asked
    for who in branch.members:
        branch.enter(who)
    with branch.service.connect() as conn:
        conn.execute("UPDATE meeting SET starts_at = %s", [clock.now()])
    asked = page(branch, "T001", f"meetings/{branch.meeting_id}")
    assert "人没有登记" not in asked
    assert early not in asked
    assert "本季度的登记截止" in asked
    assert "人没有登记" not in page(branch, "T004", f"meetings/{branch.meeting_id}")
