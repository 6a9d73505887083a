"""The minutes of a meeting that voted: numbers, winners, re-votes, and what came after they were locked (R-122)."""

from collections.abc import Callable

import pytest

from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def minutes(branch: Voting, who: str = "T005") -> str:
    answer = branch.service.client(uid(who)).get(f"/evaluation/meetings/{branch.meeting_id}/minutes")
    text: str = answer.get_data(as_text=True)
    assert answer.status_code == 200, text
    return text


def test_minutes_say_what_was_announced_of_the_vote(branch: Voting) -> None:
    """R-122, requirements 1.16 投票结果: the numbers, the winners, the tellers; never who got how many votes."""
    branch.hold()
    branch.call(exceptions_reason="时间所限，会后逐一点评")
    assert "尚未计票完毕" in minutes(branch)
    branch.counted({"T003": 7, "T004": 1})
    shown = minutes(branch)
    for part in (
        "首次投票（纸质投票），名额1名（8 × 15% = 1.2，四舍五入，取1名）。监票人：方佳、尹志强。",
        "声明不参选：方佳、尹志强。",
        "先行投票的原因：时间所限，会后逐一点评",
        "计票结果：应到会8人，实到会8人，发出选票8张，收回8张，有效8张，无效0张，弃权0张。",
        "当选（按姓氏笔画为序）：尤文静。",
    ):
        assert part in shown
    assert "7票" not in shown


def test_minutes_tell_of_the_tie_and_of_the_vote_among_the_tied(branch: Voting) -> None:
    """R-122, requirements 2.3."""
    branch.called()
    branch.counted({"T003": 5, "T004": 5})
    again = branch.service.told("ballot.called")[1]["data"]["ballot_id"]
    branch.counted({"T004": 6}, ballot_id=again)
    branch.act("close", {}, status=200)
    shown = minutes(branch)
    for part in ("得票相同，对得票相同者再次投票。", "得票相同，再次投票（纸质投票），名额1名", "：毛建国。"):
        assert part in shown
    assert "补充（记录锁定以后）" not in shown


def test_what_comes_after_the_lock_is_a_dated_supplement_and_changes_no_word(branch: Voting) -> None:
    """R-122: locked minutes only take additions."""
    branch.called()
    branch.counted({"T003": 7})
    branch.act("close", {}, status=200)
    before = minutes(branch)
    branch.annulled()
    assert branch.call().status_code == 201
    branch.counted({"T004": 8})
    shown = minutes(branch)
    vote = before[before.index("四、民主推荐") : before.index("五、会议小结")]
    assert vote in shown
    later_part = shown[shown.index("补充（记录锁定以后）") :]
    for part in ("已作废：收回选票多于发出选票", "作废后重新投票（纸质投票）", "当选（按姓氏笔画为序）：毛建国。"):
        assert part in later_part
        assert part not in vote


def test_who_was_elected_stays_elected_where_the_branch_does_not_repeat_a_void_re_vote(branch: Voting) -> None:
    """Requirements 2.3, Q3: the first count stands; only the tied place stays empty."""
    branch.called()
    first = branch.ballot_id
    branch.counted({"T003": 5, "T004": 5})
    branch.ballot_id = branch.service.told("ballot.called")[1]["data"]["ballot_id"]
    branch.annulled("too_few_ballots")
    branch.act("no-election", {"reason": "不再投票"}, status=200)
    assert branch.show()["ballot"] == "counted"
    branch.act("close", {}, status=200)
    shown = minutes(branch)
    assert "经讨论，其余名额不再投票。原因：不再投票" in shown
    assert "本季度不评选" not in shown
    path = branch.get("T001", f"ballots/{first}/path").json
    assert "决定其余名额不再投票" in [step["title"] for step in path["steps"]]
