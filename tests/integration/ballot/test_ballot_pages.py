"""The ballot's pages: a teller's forms, what others see, what is read aloud, what is printed."""

import re
import subprocess
from pathlib import Path
from uuid import UUID

import pytest

from services.ballot.paper.documents import strokes
from tests.integration.ballot.calls import (
    ABOVE,
    CANDIDATES,
    DEPARTMENT,
    FIRST,
    MEMBER,
    SECOND,
    SECRETARY,
    Called,
    call,
    facts,
    sheet,
)
from tests.services import Service
from tests.university import uid


def page(called: Called, who: UUID, path: str = "") -> str:
    return called.service.client(who).get(f"/ballot/ballots/{called.id}{path}").get_data(as_text=True)


def submit(called: Called, who: UUID, act: str, **form: str) -> int:
    return called.service.client(who).post(f"/ballot/ballots/{called.id}/{act}", data=form).status_code


def words(pdf: bytes, tmp_path: Path) -> str:
    """Give the text of a document without blanks."""
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s", "", text)


def pdf(called: Called, who: UUID, name: str) -> bytes:
    answer = called.service.client(who).get(f"/ballot/ballots/{called.id}/{name}.pdf")
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    # A real server sends no header with other letters than these; a Chinese file name must be written in them.
    assert answer.headers["Content-Disposition"].isascii()
    return bytes(answer.data)


def test_tellers_bring_a_ballot_to_its_result_through_forms(called: Called) -> None:
    """R-130: the steps on the page are the ceremony's, with the same words."""
    votes = {f"votes-{uid(no)}": count for no, count in zip(CANDIDATES.values(), ("9", "６", "3"), strict=True)}
    assert "清点人数、发票" in page(called, FIRST)
    assert submit(called, FIRST, "open", present="12", issued="12") == 303
    assert submit(called, SECOND, "close", returned="12") == 303
    assert submit(called, FIRST, "count", valid="11", invalid="1", abstained="1", **votes) == 303
    assert "复核无误" in page(called, SECOND)
    assert "请另一名监票人" in page(called, FIRST)
    assert submit(called, SECOND, "dispute", reason="再数一遍") == 303
    assert "再数一遍" in page(called, FIRST)
    assert submit(called, FIRST, "count", valid="11", invalid="1", abstained="1", **votes) == 303
    assert submit(called, SECOND, "confirm") == 303
    assert "应到会13人，实到会12人，发出选票12张，收回12张，有效11张，无效1张，弃权1张。" in page(called, MEMBER)


def test_tellers_correct_the_numbers_on_the_page_and_everybody_sees_why(called: Called, tmp_path: Path) -> None:
    """requirements 2.3."""
    called.to("open")
    assert submit(called, SECOND, "issue", present="１３", issued="13", reason="一名党员迟到") == 303
    sentence = "实到会由12人更正为13人，发出选票由12张更正为13张：一名党员迟到"
    assert sentence in page(called, MEMBER)
    assert submit(called, FIRST, "close", returned="14") == 409
    assert submit(called, FIRST, "close", returned="13") == 303
    called.post(FIRST, "count", **sheet(valid=12))
    called.post(SECOND, "confirm")
    assert sentence in words(pdf(called, SECRETARY, "count"), tmp_path)


def test_more_papers_back_than_issued_are_confirmed_on_the_page(called: Called) -> None:
    called.to("open")
    assert submit(called, FIRST, "close", returned="13", void="true") == 303
    assert "本次投票已作废，须重新投票。" in page(called, MEMBER)


def test_a_form_with_faults_says_them_all(called: Called) -> None:
    called.to("close")
    client = called.service.client(FIRST)
    answer = client.post(f"/ballot/ballots/{called.id}/count", data={"valid": "x", "invalid": "1"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for fault in ("有效选票：", "弃权：", "尤文静的得票：", "没有作任何改动"):
        assert fault in text


def test_a_refused_count_comes_back_as_it_was_filled_in(called: Called) -> None:
    """R-130: a slip in one number costs nobody the others, in the count and in every form before it."""
    client, here = called.service.client(FIRST), f"/ballot/ballots/{called.id}"
    many = client.post(f"{here}/open", data={"present": "12", "issued": "77"})
    assert (many.status_code, 'value="77"' in many.text, 'data-code="papers_do_not_add_up"' in many.text) == (
        422, True, True,
    )  # fmt: skip
    assert 'name="issued"' in many.text.split("没有作任何改动")[1], "the form stands below its faults"
    called.to("close")
    votes = {f"votes-{uid(no)}": count for no, count in zip(CANDIDATES.values(), ("9", "46", "3"), strict=True)}
    wrong = client.post(f"{here}/count", data={"valid": "11", "invalid": "8", "abstained": "1", **votes})
    assert wrong.status_code == 422
    for name, number in {"valid": "11", "invalid": "8", "abstained": "1", **votes}.items():
        assert re.search(rf'name="{name}"[^>]* value="{number}"', wrong.text), name
    assert "与收回的12张不符" in wrong.text
    assert 'value="46"' not in page(called, FIRST)
    assert 'value="46"' not in called.service.client(MEMBER).post(f"{here}/count", data=votes).text


def test_only_tellers_get_the_forms(called: Called) -> None:
    for who in (MEMBER, SECRETARY, ABOVE):
        assert f"/ballot/ballots/{called.id}/open" not in page(called, who)
    assert f"/ballot/ballots/{called.id}/annul" in page(called, SECRETARY)
    assert f"/ballot/ballots/{called.id}/annul" not in page(called, FIRST)
    assert called.service.client(DEPARTMENT).get(f"/ballot/ballots/{called.id}").status_code == 403


def test_the_entered_sheet_is_on_no_page_but_the_tellers(called: Called) -> None:
    called.to("count")
    assert "有效11张" in page(called, SECOND)
    for who in (MEMBER, SECRETARY, ABOVE):
        assert "有效11张" not in page(called, who)


def test_the_announcement_is_for_those_who_may_see_totals_and_only_once_it_stands(called: Called) -> None:
    """requirements 2.3: 宣布 after the count."""
    called.to("count")
    client = called.service.client
    assert client(FIRST).get(f"/ballot/ballots/{called.id}/announcement").status_code == 409
    assert called.post(SECOND, "confirm").status_code == 200
    text = page(called, SECRETARY, "/announcement")
    assert "9票" in text
    assert "有效11张" in text
    assert client(MEMBER).get(f"/ballot/ballots/{called.id}/announcement").status_code == 403


def test_the_secretary_annuls_on_the_page(called: Called) -> None:
    assert submit(called, SECRETARY, "annul", reason="程序有误") == 303
    assert "程序有误" in page(called, MEMBER)


def test_papers_are_all_alike_and_as_many_as_electors(called: Called, tmp_path: Path) -> None:
    """R-130 无记名, requirements 4.5: nothing on a paper leads to who filled it in."""
    text = words(pdf(called, FIRST, "paper"), tmp_path)
    assert text.count("（党支部盖章处）") == 13
    assert text.count("尤文静") == 13
    assert text.count("至多选2人；超过2人的选票无效") == 13
    assert str(called.id) not in text
    assert text.index("尤文静") < text.index("毛建国") < text.index("仇大海")


@pytest.mark.parametrize(("many", "sheets"), [(8, 4), (9, 7), (20, 7), (21, 13)])
def test_papers_grow_with_the_number_of_candidates(ballot: Service, tmp_path: Path, many: int, sheets: int) -> None:
    names = [{"person_id": uid(f"many {number}"), "name": f"候选{number}", "note": ""} for number in range(many)]
    path = tmp_path / "papers.pdf"
    path.write_bytes(pdf(call(ballot, candidates=names), FIRST, "paper"))
    described = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(rf"Pages:\s+{sheets}\n", described)


def test_fonts_for_rare_characters_are_embedded(ballot: Service, tmp_path: Path) -> None:
    """requirements 4.5: a name with a rare character is drawn, not dropped."""
    names = [{"person_id": uid("rare"), "name": "区㷧𠮷", "note": "教工"}]
    path = tmp_path / "papers.pdf"
    path.write_bytes(pdf(call(ballot, candidates=names), FIRST, "paper"))
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    assert all("CJK" in line and " yes yes " in line for line in fonts.splitlines()[2:])
    assert "区㷧𠮷" in words(path.read_bytes(), tmp_path)


def test_the_count_sheet_becomes_the_report(called: Called, tmp_path: Path) -> None:
    """R-135: the ledger's numbers come from a signed report."""
    assert "计票单" in words(pdf(called, SECRETARY, "count"), tmp_path)
    called.to("confirm")
    text = words(pdf(called, SECRETARY, "count"), tmp_path)
    for part in (
        "计票结果报告单",
        "有效11张，无效1张，弃权1张",
        "尤文静正止9",
        "毛建国正一6",
        "仇大海下3",
        "监票人（签名）",
    ):
        assert part in text
    assert called.service.client(MEMBER).get(f"/ballot/ballots/{called.id}/count.pdf").status_code == 403


def test_no_papers_are_printed_after_the_ballot(called: Called) -> None:
    called.to("close")
    answer = called.service.client(FIRST).get(f"/ballot/ballots/{called.id}/paper.pdf")
    assert answer.status_code == 409


def test_strokes_of_zheng() -> None:
    assert [strokes(number) for number in (0, 1, 4, 5, 12)] == ["", "一", "止", "正", "正正丅"]


def test_a_name_of_markup_is_printed_as_it_is(ballot: Service, tmp_path: Path) -> None:
    names = [{"person_id": uid("markup"), "name": "<img src=x>", "note": ""}]
    assert "<imgsrc=x>" in words(pdf(call(ballot, candidates=names), FIRST, "paper"), tmp_path)


def test_the_list_says_where_each_ballot_stands(ballot: Service, called: Called) -> None:
    call(ballot, **{**facts(), "title": "学生支部的投票", "organization_id": uid("zjy/jin/xs")})
    text = ballot.client(MEMBER).get("/ballot/ballots/").get_data(as_text=True)
    assert "等待清点人数" in text
    assert "学生支部的投票" not in text
    assert "学生支部的投票" in ballot.client(ABOVE).get("/ballot/ballots/").get_data(as_text=True)
    assert "还没有投票" in ballot.client(DEPARTMENT).get("/ballot/ballots/").get_data(as_text=True)


def test_each_step_is_a_task_of_the_tellers_and_of_nobody_else(ballot: Service, called: Called) -> None:
    def asked(who: UUID) -> list[str]:
        return [task["action"] for task in ballot.client(who).get("/ballot/api/tasks").json]

    assert (asked(FIRST), asked(SECOND), asked(MEMBER)) == (["清点人数"], ["清点人数"], [])
    called.to("count")
    assert (asked(FIRST), asked(SECOND)) == ([], ["去复核"])
    called.post(SECOND, "confirm")
    assert (asked(FIRST), asked(SECOND)) == ([], [])
