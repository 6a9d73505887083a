"""What minutes, path, ledger and page tell of second rounds and of fewer places (requirements 2.1)."""

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from services.evaluation.election import store
from shared.web.words import period as words
from tests.integration.evaluation.branch import BRANCH
from tests.integration.evaluation.rounds import Make, ballots, maker, page, second, short
from tests.services import Service
from tests.university import TENANT, University, uid


@pytest.fixture
def branch_of(service: Callable[[str], Service], university: University) -> Make:
    return maker(service, university)


def test_minutes_path_and_ledger_tell_of_both_rounds(branch_of: Make) -> None:
    """R-122, R-135."""
    branch = short(branch_of("second_round"))
    branch.counted({"T004": 5}, ballot_id=second(branch))
    shown = page(branch, "minutes")
    for part in ("名额未取足，另行选举1名。", "名额未取足，另行选举（纸质投票），名额1名", "：毛建国。"):
        assert part in shown
    assert "空缺" not in shown
    steps = branch.get("T001", f"ballots/{branch.ballot_id}/path").json["steps"]
    called = [(one["title"], one["who"]) for one in steps if one["key"] == "called"]
    assert [title for title, _ in called] == ["发起投票", "发起投票（另行选举）"]
    assert all("王一鸣" in who for _, who in called)
    answer = branch.service.client(uid("T001")).get(f"/evaluation/awards/ledger.xlsx?period={branch.quarter}")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[3] for row in rows if "党支部" in row[1] and row[0] != "季度"] == ["首次投票", "名额未取足，另行选举"]


def test_what_a_branch_has_left_over_carries_as_before(branch_of: Make) -> None:
    """Requirements 2.2: the base of a quarter counts once, whichever rounds it took."""
    branch = short(branch_of("second_round"))
    branch.counted({"T004": 5}, ballot_id=second(branch))
    with branch.service.connect() as conn:
        rows = conn.execute("SELECT reason, base, places FROM election ORDER BY called_at").fetchall()
    assert rows == [("first", 8, 2), ("second", 8, 1)]


def test_the_base_of_a_quarter_is_that_of_the_vote_not_of_a_second_round_that_was_repeated(
    branch_of: Make, university: University
) -> None:
    """Requirements 2.2: also where the attendance was corrected before the repetition."""
    university.settings["ballot.base"] = "present"
    branch = short(branch_of("second_round"))
    branch.ballot_id = second(branch)
    branch.annulled()
    mark = {"person_id": str(uid("T006")), "presence": "leave", "excused": True, "reason": "病假"}
    branch.act("attendance", {"marks": [mark], "change_reason": "误登"}, status=204)
    answer = branch.call()
    assert answer.status_code == 201, answer.json
    branch.counted({"T004": 5})
    with branch.service.connect() as conn:
        rows = conn.execute("SELECT reason, base FROM election ORDER BY called_at").fetchall()
        # Any text behind the quarter of today, as the year must be the same.
        bases = store.list_bases(conn, TENANT, uid(BRANCH), f"{branch.quarter}+")
    assert rows == [("first", 8), ("second", 8), ("annulled", 7)]
    assert bases == [8]


def test_the_page_offers_the_second_round_with_its_names_and_calls_it(branch_of: Make) -> None:
    branch = short(branch_of("second_round"))
    shown = page(branch)
    assert "尚缺1名，可以另行选举（见下）。" in shown
    assert "过半数的人少于名额，尚缺1名" in shown
    assert "不递补" not in shown
    assert "过半数的人少于名额" not in page(branch, who="T003")
    title = f"{words(branch.quarter)}评选尚缺1名"
    assert [one["title"] for one in branch.get("T001", "tasks").json].count(title) == 1
    assert title not in [one["title"] for one in branch.get("T003", "tasks").json]
    client = branch.service.client(uid("T001"))
    assert client.post(f"/evaluation/meetings/{branch.meeting_id}/second-round", data={}).status_code == 303
    shown = page(branch)
    assert "评选（另行选举）" in shown
    assert "尚缺1名" not in shown
    assert title not in [one["title"] for one in branch.get("T001", "tasks").json]


def test_the_branch_agrees_to_fewer_places_with_number_and_reason(branch_of: Make) -> None:
    """Requirements 2.1: more than half of those entitled; it stands in minutes and path."""
    branch = short(branch_of("reduce"))
    assert [one["short"] for one in ballots(branch)] == [1]
    assert branch.act("second-round").json["details"] == ["制度方案没有规定另行选举。"]
    refused = branch.act("fewer-places", {"agreed": 4, "reason": "条件成熟的同志较少"})
    assert refused.json["details"] == ["应到会8人，同意4人，没有超过半数。"]
    assert branch.act("fewer-places", {"agreed": 7, "reason": "x"}, who="T003").status_code == 403
    branch.act("fewer-places", {"agreed": 7, "reason": "条件成熟的同志较少"}, status=200)
    assert branch.act("fewer-places", {"agreed": 7, "reason": "x"}).status_code == 409
    assert [(one["empty"], one["short"]) for one in ballots(branch)] == [(0, 0)]
    note = "7人同意，名额由2名减为1名。理由：条件成熟的同志较少"
    assert note in page(branch, "minutes")
    steps = branch.get("T001", f"ballots/{branch.ballot_id}/path").json["steps"]
    reduced = next(one for one in steps if one["key"] == "reduced")
    assert note in reduced["note"]
    assert "王一鸣" in reduced["who"]


def test_the_page_takes_the_agreement_to_fewer_places(branch_of: Make) -> None:
    branch = branch_of("reduce")
    branch.called()
    branch.counted({"T004": 4})
    assert "空缺2名。制度方案规定" in page(branch)
    client = branch.service.client(uid("T001"))
    form = {"agreed": "6", "reason": "条件成熟的同志较少"}
    assert client.post(f"/evaluation/meetings/{branch.meeting_id}/fewer-places", data=form).status_code == 303
    assert "名额由2名减为0名" in page(branch)
