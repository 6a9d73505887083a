"""Gradings in ballot: heard from pledge, opened and closed by tellers on a page, counted by the seats, told back."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from services.ballot.audit.follower import Follower
from services.ballot.ballot.rules import BallotCannotBeCalled
from shared import clock
from shared.events.pledge import GradingCalled
from tests.integration.ballot.boxes import tomorrow
from tests.integration.ballot.calls import (
    ABOVE,
    CLERK,
    DEPARTMENT,
    FIRST,
    MEMBER,
    SECOND,
    SECRETARY,
    SECRETARY_OF_OTHERS,
)  # fmt: skip
from tests.integration.ballot.gradings import GRADES, NAMES, Graded, facts, grading
from tests.services import Service
from tests.university import uid


def page(service: Service, path: str, who: UUID | None = None) -> str:
    client = service.client(who) if who else service.app.test_client()
    text: str = client.get(path).get_data(as_text=True)
    return text


def counted(service: Service) -> Graded:
    """A grading in which three of four took part, counted."""
    graded = grading(service).begin()
    for elector, grades in enumerate([(1, 2), (1, 0), (4, 2)]):
        graded.cast(elector, *grades)
    assert graded.post(FIRST, "close").json["state"] == "closing"
    graded.seal().decrypt(1, 3)
    return graded


def test_members_grade_and_only_pledge_is_told_the_totals(ballot: Service) -> None:
    """R-090, C12: a ballot of grades beside the one of names."""
    graded = counted(ballot)
    assert graded.state() == "counted"
    (told,) = [each["data"] for each in ballot.told("grading.counted")]
    assert (told["issued"], told["returned"], told["assessment_id"]) == (4, 3, str(uid("assessment")))
    assert [(each["counts"], each["blank"]) for each in told["totals"]] == [([2, 0, 0, 1], 0), ([0, 2, 0, 0], 1)]
    assert [each["subject_id"] for each in told["totals"]] == [str(uid(f"subject {name}")) for name in NAMES]
    names = [each["name"] for each in ballot.told()]
    assert [name for name in names if name.startswith("ballot.")] == ["ballot.cast"] * names.count("ballot.cast")
    assert names.count("grading.opened") == 1
    follower = Follower(lambda offset, length: b"")
    follower.feed(graded.archive(ballot.client(MEMBER)).data)
    assert follower.complete() == ()


def test_the_same_call_and_the_same_answers_twice_have_one_effect(ballot: Service) -> None:
    told, _ = facts()
    for _ in range(2):
        ballot.hear(GradingCalled, **told)
    with ballot.connect() as conn:
        assert conn.execute("SELECT count(*) FROM question").fetchone() == (2,)
    graded = grading(ballot).begin()
    for elector in range(3):
        graded.cast(elector, 1, 1)
    graded.post(FIRST, "close")
    answer = graded.seal().answer_of(1)
    graded.decrypt(1, answer=answer).decrypt(1, answer=answer).decrypt(2)
    graded.decrypt(1, answer=answer)
    assert len(ballot.told("grading.counted")) == 1


def test_a_call_that_cannot_be_carried_out_is_refused_whole(ballot: Service) -> None:
    told, _ = facts(tellers=[])
    with pytest.raises(BallotCannotBeCalled):
        ballot.hear(GradingCalled, **told)
    with ballot.connect() as conn:
        assert conn.execute("SELECT count(*) FROM ballot").fetchone() == (0,)


def test_nobody_is_counted_and_no_paper_goes_out(ballot: Service) -> None:
    graded = grading(ballot)
    refused = graded.post(FIRST, "open", present=3, issued=1)
    assert (refused.json["code"], len(refused.json["details"])) == ("papers_do_not_add_up", 2)
    graded.begin()
    assert graded.post(FIRST, "issue", present=3, issued=0, reason="迟到").json["code"] == "nothing_corrected"
    for document in ("paper.pdf", "count.pdf"):
        assert ballot.client(FIRST).get(f"/ballot/ballots/{graded.id}/{document}").status_code == 409, document


def test_one_teller_suffices_and_the_deadline_of_the_call_closes_it(ballot: Service) -> None:
    graded = grading(ballot, tellers=[FIRST], closes_at=clock.now() + timedelta(days=1)).begin()
    for elector in range(3):
        graded.cast(elector, 1, 1)
    graded.verify()
    ballot.due(clock.now() + timedelta(days=2))
    shown = graded.get(FIRST).json
    assert (shown["state"], shown["tallied"]) == ("tallying", 3)
    other = grading(ballot, closes_at=clock.now() + timedelta(days=1))
    later = tomorrow()
    other.begin(closes_at=later)
    with ballot.connect() as conn:
        row = conn.execute("SELECT closes_at FROM ballot WHERE id = %s", [other.id]).fetchone()
    assert row == (datetime.fromisoformat(later),), "what a teller says at the opening counts"


def test_too_few_forms_are_void_and_told_as_such(ballot: Service) -> None:
    """Requirements 5.1."""
    graded = grading(ballot).begin()
    graded.cast(0, 1, 1)
    graded.post(FIRST, "close")
    graded.seal()
    (told,) = [each["data"] for each in ballot.told("grading.annulled")]
    assert (told["reason"], told["ballot_id"]) == ("too_few_ballots", str(graded.id))
    assert ballot.told("ballot.annulled") == []


def test_the_secretary_can_void_it_also_after_the_count(ballot: Service) -> None:
    graded = counted(ballot)
    assert graded.post(MEMBER, "annul", reason="有误").status_code == 403
    assert graded.post(SECRETARY, "annul", reason="有误").json["state"] == "annulled"
    assert ballot.told("grading.annulled")[0]["data"]["statement"] == "有误"


def test_counted_totals_stand(ballot: Service) -> None:
    counted(ballot)
    with pytest.raises(psycopg.errors.RaiseException), ballot.connect() as conn:
        conn.execute("UPDATE question SET counts = '{0,0,0,3}'")


@pytest.mark.parametrize("who", [None, SECRETARY_OF_OTHERS, ABOVE, CLERK, DEPARTMENT])
def test_outside_the_branch_the_board_names_nobody_and_ends_before_the_result(
    ballot: Service, who: UUID | None
) -> None:
    """Requirements 5.1; who answers for the branches above reads the totals in pledge."""
    graded = counted(ballot)
    shown = page(ballot, graded.board, who)
    inside = graded.archive(ballot.client(MEMBER)).data
    if who == ABOVE:  # a member of the branch himself
        assert NAMES[0] in shown
        return
    assert not any(name in shown for name in NAMES)
    assert "共2项" in shown
    given = graded.archive(ballot.client(who) if who else None).data
    assert len(given) < len(inside)
    assert b'"result"' not in given


@pytest.mark.parametrize("who", [MEMBER, FIRST, SECRETARY])
def test_inside_the_branch_the_board_shows_line_by_line_what_was_said(ballot: Service, who: UUID) -> None:
    shown = page(ballot, counted(ballot).board, who)
    for part in ("第1项　尤文静", "好2", "差1", "不表态1", "应参加测评4人，收回测评表3份。"):
        assert part in shown, part


def test_the_box_tells_everybody_places_and_grades_and_no_name(ballot: Service) -> None:
    graded = grading(ballot).begin()
    shown: Any = ballot.app.test_client().get(graded.box)
    assert (shown.json["kind"], shown.json["candidates"]) == ("grading", [])
    assert shown.json["questions"] == [{"label": f"第{place}项", "grades": GRADES} for place in (1, 2)]
    assert shown.json["register"] == f"/pledge/api/gradings/{graded.id}/credential"
    booth = page(ballot, f"/ballot/box/{graded.id}")
    for text in (shown.get_data(as_text=True), booth):
        assert not any(name in text for name in NAMES)


def test_the_teller_opens_and_closes_it_on_the_page(ballot: Service) -> None:
    graded = grading(ballot)
    here = f"/ballot/ballots/{graded.id}"
    first = page(ballot, here, FIRST)
    assert "开始测评" in first
    assert "实到会" not in first
    teller = ballot.client(FIRST)
    assert teller.post(f"{here}/open", data={"present": "4", "issued": "0"}).status_code == 303
    assert "结束测评" in page(ballot, here, FIRST)
    assert "去测评" in page(ballot, here, MEMBER)
    for elector in range(3):
        graded.cast(elector, 1, 1)
    assert teller.post(f"{here}/close", data={}).status_code == 303
    assert "正在核验剩余测评表" in page(ballot, here, SECOND)
    graded.seal()
    assert "等待计票密钥持有者解密" in page(ballot, here, SECOND)
    graded.decrypt(1, 2)
    assert "收回测评表3份" in page(ballot, here, MEMBER)
    assert "电子测评" in page(ballot, "/ballot/ballots/", MEMBER)
    assert page(ballot, f"{here}/announcement", FIRST).count("收回测评表3份") == 1


def test_tellers_are_asked_to_begin_and_to_end(ballot: Service) -> None:
    graded = grading(ballot)
    asked = ballot.client(FIRST).get("/ballot/api/tasks").json
    assert [task["title"].partition("：")[2] for task in asked] == ["开始测评"]
    graded.begin()
    asked = ballot.client(FIRST).get("/ballot/api/tasks").json
    assert [task["title"].partition("：")[2] for task in asked] == ["结束测评"]
