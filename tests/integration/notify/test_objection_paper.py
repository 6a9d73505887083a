"""Objections on paper, also those that reach the desk late."""

import pytest

from tests.integration.notify.desk import DEPARTMENT, FILER, HANDLER, Desk
from tests.integration.notify.objections import SATURDAY, decided


def test_an_objection_on_paper_is_entered_by_a_clerk(desk: Desk) -> None:
    """Requirements 2.4: received within the days, entered perhaps later."""
    notice_id, [award_id] = desk.posted()
    desk.at(SATURDAY)
    body = {"award_id": str(award_id), "text": "来信反映。", "received_on": "2013-04-12"}
    path = f"/notices/{notice_id}/objections/paper"
    desk.post(path, "毛建国", status=403, **body)
    desk.post(path, FILER, status=409, **{**body, "received_on": "2013-04-13"})
    future = desk.post(path, FILER, status=422, **{**body, "received_on": "2013-05-01"})
    assert future["code"] == "not_received_yet"
    raised = desk.post(path, FILER, status=201, **body)
    assert desk.get(f"/objections/{raised['id']}", HANDLER)["channel"] == "paper"
    desk.run_deadlines(SATURDAY)
    assert desk.states() == {"毛建国": "posted"}


def late_paper(desk: Desk, *, received_on: str = "2013-04-12", status: int = 201) -> str:
    """Let the days end and the award be published; then enter paper that came before. Give the objection's id."""
    notice_id, [award_id] = desk.posted()
    desk.run_deadlines(SATURDAY)
    assert desk.states() == {"毛建国": "published"}
    body = {"award_id": str(award_id), "text": "最后一天投入意见箱。", "received_on": received_on}
    answer = desk.post(f"/notices/{notice_id}/objections/paper", FILER, status=status, **body)
    return str(answer.get("id") or answer["code"])


def test_paper_of_the_last_day_is_taken_after_the_names_were_published(desk: Desk) -> None:
    """Requirements 2.4: nothing raised in time is lost, and publication is not delayed."""
    objection_id = late_paper(desk)
    shown = desk.get(f"/objections/{objection_id}", HANDLER)
    assert (shown["published"], shown["received_on"]) == (True, "2013-04-12")
    desk.post(f"/objections/{objection_id}/hearing", HANDLER, note="本人说明了情况。")
    assert "须由党委组织部决定" in desk.client(HANDLER).get(f"/notify/objections/{objection_id}").text
    decided(desk, objection_id, upheld=False)
    assert desk.states() == {"毛建国": "published"}
    assert desk.told("award.revoked") == []


def test_late_paper_that_is_upheld_revokes_the_award_by_the_department_alone(desk: Desk) -> None:
    """Requirements 2.4: upheld, the result is annulled, and nobody moves up."""
    path = f"/objections/{late_paper(desk)}"
    desk.post(f"{path}/hearing", HANDLER, note="本人说明了情况。")
    refusal = desk.post(f"{path}/decision", HANDLER, status=403, upheld=True, statement="查实。")
    assert refusal["code"] == "department_revokes"
    assert desk.told("objection.decided") == []
    desk.post(f"{path}/decision", DEPARTMENT, upheld=True, statement="查实。")
    assert desk.states() == {"毛建国": "revoked"}
    assert [len(desk.told(name)) for name in ("award.revoked", "award.stopped")] == [1, 0]


@pytest.mark.parametrize(("day", "code"), [("2013-04-13", "notice_over"), ("2013-04-07", "not_posted_yet")])
def test_paper_from_outside_the_days_is_refused_whenever_it_is_entered(desk: Desk, day: str, code: str) -> None:
    """Requirements 2.4."""
    assert late_paper(desk, received_on=day, status=409 if code == "notice_over" else 422) == code
