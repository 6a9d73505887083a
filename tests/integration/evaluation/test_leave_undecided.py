"""Leave on which nobody has decided: it is told, asked for and holds up the vote, and disqualifies nobody."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.evaluation.branch import Branch
from tests.integration.evaluation.test_meeting_pages import as_, page
from tests.services import Service
from tests.university import uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Branch:
    made = Branch(service("evaluation"))
    made.announce()
    made.open()
    return made


def mark(branch: Branch, **form: str) -> str:
    """Save the roll with what the form says of 毛建国; give the page that follows."""
    url = f"/evaluation/meetings/{branch.meeting_id}/attendance"
    marks = {f"{key}-{uid('T004')}": value for key, value in form.items()}
    answer = as_(branch, "T001").post(url, data=marks, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def codes(branch: Branch) -> list[str]:
    rows: list[dict[str, Any]] = branch.get("T001", f"meetings/{branch.meeting_id}/eligibility").json
    (row,) = [one for one in rows if one["name"] == "毛建国"]
    return [one["code"] for one in row["obstacles"]]


def test_leave_without_a_word_stands_as_undecided(branch: Branch) -> None:
    """R-124, R-158: neither page, eligibility nor the member's own attendance says that there was no good reason."""
    branch.mark_all()
    shown = mark(branch, presence="leave")
    assert "毛建国请假，正当理由待定" in told(shown)
    assert "请假（理由待定）" in shown
    assert "leave_undecided" in codes(branch)
    assert "absent_unexcused" not in codes(branch)
    assert branch.row("T004")["undecided"] is True
    assert branch.get("T001", f"attendance?person_id={uid('T004')}").json == []


def test_who_waits_is_asked_for_until_somebody_decides(branch: Branch) -> None:
    """R-124: on the workbench and before the vote and the lock; then it counts as decided."""
    branch.mark_all()
    mark(branch, presence="leave")
    waiting = "请假的正当理由还没有认定：毛建国。"
    assert waiting in [one["note"] for one in branch.get("T001", "tasks").json]
    assert waiting in branch.act("close", {"summary": ""}).json["details"]
    assert waiting in page(branch, "T001", f"meetings/{branch.meeting_id}/ballot")
    mark(branch, presence="leave", excused="false")
    assert "absent_unexcused" in codes(branch)
    assert waiting not in branch.act("close", {"summary": ""}).json["details"]
    mark(branch, presence="leave", excused="true", reason="出差")
    assert "absent_unexcused" not in codes(branch)
    (own,) = branch.get("T001", f"attendance?person_id={uid('T004')}").json
    assert (own["present"], own["excused"]) == (False, True)


def test_an_absence_without_a_word_is_told_as_having_no_good_reason(branch: Branch) -> None:
    """R-124."""
    assert "毛建国缺席，按无正当理由登记。" in told(mark(branch, presence="absent"))
    assert branch.row("T004")["undecided"] is False


def told(shown: str) -> str:
    """Give what a page tells of what was just done."""
    return shown.partition('role="status">')[2].partition("</div>")[0]
