"""The workbench asks for what comes next in a branch."""

from collections.abc import Callable

import pytest

from tests.integration.evaluation.branch import ABOVE, Branch
from tests.services import Service


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Branch:
    return Branch(service("evaluation"))


def titles(branch: Branch, who: str) -> list[str]:
    return [task["title"] for task in branch.get(who, "tasks").json]


def test_the_workbench_asks_for_what_is_next(branch: Branch) -> None:
    """R-024, requirements 4.2."""
    quarter = "登记"
    assert any(title.startswith(quarter) for title in titles(branch, "T003"))
    branch.announce()
    assert any("会议报告" in title for title in titles(branch, ABOVE))
    assert any(title.startswith("召开") for title in titles(branch, "T001"))
    branch.act("observer", {"reason": "无人可派"}, who=ABOVE, status=200)
    assert not any("会议报告" in title for title in titles(branch, ABOVE))
    branch.act("leave", {"reason": "外出"}, who="T004", status=204)
    assert "批复1人的请假" in titles(branch, "T001")
    branch.enter("T003")
    branch.open()
    assert not any(title.startswith(quarter) for title in [*titles(branch, "T003"), *titles(branch, "T005")])
    assert any(title.startswith("补齐") for title in titles(branch, "T001"))
    branch.mark_all()
    for who in branch.members:
        branch.present(who)
        branch.comment(who)
    branch.resolve_not_to_elect()
    assert any(title.startswith("锁定") for title in titles(branch, "T001"))
    branch.act("close", {}, status=200)
    assert not any("会议" in title for title in titles(branch, "T001"))
