"""The pages of an award's path and of the ledger: every step, every ballot, and votes only where they may be read."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from services.evaluation.award.rules import award_id
from tests.integration.evaluation.reading import page
from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def branch(service: Callable[[str], Service]) -> Voting:
    return Voting(service("evaluation"))


def test_the_path_shows_every_step_with_documents(branch: Voting) -> None:
    """R-135: who, when, which document."""
    branch.called()
    branch.counted({"T003": 7})
    award = award_id(UUID(branch.ballot_id), uid("T003"))
    branch.filed([award])
    branch.acknowledged([award])
    branch.posted([award])
    branch.published(award, "T003")
    shown = page(branch, "T005", f"awards/{award}/path")
    for part in (
        "报告会议",
        "发起投票",
        "计票",
        "资格复核通过",
        "报送备案",
        "备案号 示例组备〔2013〕1号",
        "公示",
        "发布",
    ):
        assert part in shown
    assert f"/notify/awards/{award}" in shown
    above = page(branch, "T042", f"awards/{award}/path")
    for href in (f"/ballot/ballots/{branch.ballot_id}/count.pdf", "/form.pdf"):
        assert href in above
        assert href not in shown, "a member is shown a document that only those above may open"
    assert "尤文静" in page(branch, "T042", f"ballots/{branch.ballot_id}/path")
    page(branch, "S001", f"awards/{award}/path", 403)


def test_the_path_names_who_did_each_step_to_those_who_answer_for_the_branch(branch: Voting) -> None:
    """R-019, R-122, R-135: the superior's answer, the review, the filing; members read the offices."""
    branch.announce()
    branch.act("observer", {"person_id": str(uid("T042"))}, who="T042", status=200)
    for who in branch.members[1:]:
        branch.enter(who)
    branch.open()
    branch.mark_all()
    for who in branch.members:
        branch.present(who)
        branch.comment(who)
    given = {"person_id": str(uid("T001")), "code": "no_entry", "confirmed": False, "reason": "书面登记"}
    branch.act("eligibility", {"decisions": [given]}, who="T002", status=200)
    branch.call()
    branch.counted({"T003": 7})
    branch.act("close", {}, status=200)
    branch.act("corrections", {"text": "补一字"}, status=201)
    award = award_id(UUID(branch.ballot_id), uid("T003"))
    branch.acknowledged([award], by_id=uid("T051"))
    steps = {one["key"]: one for one in branch.get("T001", f"awards/{award}/path").json["steps"]}
    assert steps["observer"]["who"] == "冯文员（党总支秘书）"
    assert steps["observer"]["note"] == "派冯文员（党总支秘书）列席"
    assert steps["reviewed"]["who"] == "区小宁（支部委员）"
    assert steps["reviewed"]["note"] == "对系统提示的情形作出认定1项"
    assert steps["correction"]["who"] == steps["announced"]["who"] == "王一鸣（党支部书记）"
    assert steps["acknowledged"]["who"] == "陈部长（党委组织部）"
    member = {one["key"]: one["who"] for one in branch.get("T005", f"awards/{award}/path").json["steps"]}
    assert member["acknowledged"] == "党委组织部"


@pytest.mark.parametrize("began", [False, True])
def test_one_step_of_a_path_is_the_current_one_until_all_are_done(branch: Voting, began: bool) -> None:
    """R-122: a vote that was annulled before it began was not held and is nothing that anybody waits for."""
    branch.called()
    if began:
        branch.opened()
    branch.annulled()
    assert branch.call().status_code == 201
    branch.opened()
    branch.counted({"T003": 7})
    award = award_id(UUID(branch.ballot_id), uid("T003"))

    def steps() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = branch.get("T001", f"awards/{award}/path").json["steps"]
        return found

    def current() -> list[str]:
        alone = [one["key"] for one in steps() if one["current"]]
        whole = branch.get("T001", f"ballots/{branch.ballot_id}/path").json
        (mine,) = whole["awards"]
        assert [one["key"] for one in [*whole["steps"], *mine["steps"]] if one["current"]] == alone
        return alone

    assert [one["key"] for one in steps()].count("voting") == 1 + began
    assert current() == ["minutes"]
    branch.act("close", {}, status=200)
    assert current() == ["filed"]
    branch.filed([award])
    assert current() == ["acknowledged"]
    branch.acknowledged([award])
    branch.posted([award])
    branch.published(award, "T003")
    assert current() == []
    assert all(one["at"] for one in steps())


def test_the_ledger_is_shown_and_exported_with_every_column(branch: Voting) -> None:
    """R-132, R-135."""
    branch.called()
    branch.counted({"T003": 7})
    award = award_id(UUID(branch.ballot_id), uid("T003"))
    branch.acknowledged([award])
    shown = page(branch, "T003", f"awards/?period={branch.quarter}")
    assert "普通党员1名，占1名当选者的100%" in shown
    book = branch.service.client(uid("T001")).get(f"/evaluation/awards/ledger.xlsx?period={branch.quarter[:4]}")
    rows = list(openpyxl.load_workbook(io.BytesIO(book.data)).worksheets[0].iter_rows(values_only=True))
    line = dict(zip(rows[2], rows[3], strict=True))
    assert (line["当选党员"], line["应到会"], line["发出选票"], line["备案号"]) == (
        "尤文静",
        "8",
        "8",
        "示例组备〔2013〕1号",
    )
    printed = branch.service.client(uid("T001")).get(f"/evaluation/awards/ledger.pdf?period={branch.quarter}")
    assert printed.data.startswith(b"%PDF")
    page(branch, "T003", f"awards/ledger.xlsx?period={branch.quarter}", 403)


def rows_of(branch: Voting, who: str) -> list[dict[str, Any]]:
    book = branch.service.client(uid(who)).get(f"/evaluation/awards/ledger.xlsx?period={branch.quarter[:4]}")
    rows = list(openpyxl.load_workbook(io.BytesIO(book.data)).worksheets[0].iter_rows(values_only=True))
    return [dict(zip(map(str, rows[2]), row, strict=True)) for row in rows[3:] if row[1]]


def test_the_ledger_has_every_ballot_of_a_meeting_with_its_own_winners_and_votes(
    service: Callable[[str], Service], university: University
) -> None:
    """R-135: votes per candidate; R-136: for those who must know, others read the winners'."""
    university.settings |= {"ballot.ratio": "1/4", "ballot.ties": ["revote"]}
    branch = Voting(service("evaluation")).called()
    branch.counted({"T003": 7, "T004": 5, "T005": 5}, abstained=1)
    again = branch.service.told("ballot.called")[1]["data"]["ballot_id"]
    branch.counted({"T004": 6, "T005": 2}, ballot_id=again, valid=8)
    first, second = rows_of(branch, "T001")
    assert (first["投票"], first["当选党员"], first["弃权"]) == ("首次投票", "尤文静", "1")
    assert (second["投票"], second["当选党员"], second["弃权"]) == ("得票相同，再次投票", "毛建国", "0")
    assert first["各人得票"] == "尤文静 7票、毛建国 5票、仇大海 5票"
    assert second["各人得票"] == "毛建国 6票、仇大海 2票"
    assert rows_of(branch, "T042")[0]["各人得票"] == "尤文静 7票"
    assert "仇大海 2票" in page(branch, "T001", f"awards/?period={branch.quarter}")
    member = page(branch, "T006", f"awards/?period={branch.quarter}")
    assert "毛建国 6票" in member
    assert "仇大海" not in member


def test_few_papers_hide_the_votes_from_the_ledger_too(branch: Voting) -> None:
    """Requirements 5.1: a ledger travels further than the page of the ballot."""
    branch.called()
    branch.counted({"T003": 4}, valid=4, invalid=4)
    assert [row["各人得票"] for row in rows_of(branch, "T001")] == ["有效票较少，不列"]
    assert rows_of(branch, "T001")[0]["当选党员"] == "没有人当选"


def test_a_deed_that_begins_like_a_formula_stays_a_text(branch: Voting) -> None:
    """Requirements 4.5."""
    branch.hold()
    deed = branch.row("T003")["deeds"][0]["id"]
    branch.post("T001", f"deeds/{deed}/confirm", status=200)
    with branch.service.connect() as conn:
        conn.execute("UPDATE deed SET text = '=HYPERLINK(\"x\")' WHERE id = %s", [deed])
    branch.call()
    branch.counted({"T003": 7})
    book = branch.service.client(uid("T001")).get(f"/evaluation/awards/ledger.xlsx?period={branch.quarter}")
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(book.data)).worksheets[0].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == '=HYPERLINK("x")'] == ["s"]
