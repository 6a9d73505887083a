"""The winner's word on an objection: asked in a handler's words, answered once, waited for, told of the outcome."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from shared import clock
from shared.events.notify import AwardStopped
from tests.integration.notify.desk import DEPARTMENT, FILER, HANDLER, MONDAY, Desk

WINNER = "毛建国"
OBJECTION, FACTS, ANSWER = (
    "我是他邻座，他虚报加班。",
    "有反映称第一季度加班登记与实际不符。",
    "加班均有门禁记录，可以查验。",
)
LATER = datetime.combine(date(2013, 4, 15), time(9), clock.SHANGHAI)


def asked(desk: Desk) -> str:
    """Object to the winner, and ask the winner about it; give the objection's id."""
    notice_id, [award_id] = desk.posted(WINNER)
    objection_id = str(desk.object(notice_id, award_id, text=OBJECTION)["id"])
    desk.post(f"/objections/{objection_id}/question", HANDLER, status=201, facts=FACTS)
    return objection_id


def messages(desk: Desk, who: str) -> list[tuple[str, str]]:
    found = desk.get("/messages", who)
    return [(each["text"], each["href"]) for each in found if "/replies/" in each["href"]]


def test_the_winner_reads_the_question_and_never_the_objection(desk: Desk) -> None:
    """Requirements 2.5, 2.10: a reply field and a period of the scheme's working days."""
    objection_id = asked(desk)
    shown = desk.get(f"/replies/{objection_id}", WINNER)
    assert (shown["facts"], shown["reply_until_on"], shown["open"]) == (FACTS, "2013-04-11", True)
    page = desk.client(WINNER).get(f"/notify/replies/{objection_id}").text
    assert FACTS in page
    assert OBJECTION not in page + str(shown)
    assert "邻座" not in page + str(shown)
    assert desk.get(f"/objections/{objection_id}", WINNER, status=403)
    assert [each["objection_id"] for each in desk.get("/replies", WINNER)] == [objection_id]
    assert objection_id in desk.client(WINNER).get("/notify/replies/").text


def test_the_winner_is_told_that_something_waits_and_that_it_is_over(desk: Desk) -> None:
    """Requirements 2.5, 2.10: in words that say nothing of it."""
    objection_id = asked(desk)
    href = f"/notify/replies/{objection_id}"
    assert messages(desk, WINNER) == [("有一件与您有关的事项请您答复。", href)]
    tasks = desk.get("/tasks", WINNER)
    assert [(each["title"], each["href"], each["due_on"]) for each in tasks] == [
        ("请就一件事项作出说明", href, "2013-04-11")
    ]
    desk.post(f"/replies/{objection_id}", WINNER, text=ANSWER)
    assert desk.get("/tasks", WINNER) == []
    desk.post(f"/objections/{objection_id}/hearing", HANDLER, note="支部说明属实。")
    desk.post(f"/objections/{objection_id}/decision", HANDLER, upheld=False, statement="不成立。")
    assert {text for text, _ in messages(desk, WINNER)} == {
        "有一件与您有关的事项请您答复。",
        "一件与您有关的事项已有结果，请查看。",
    }
    assert desk.get(f"/replies/{objection_id}", WINNER)["outcome"] == "dismissed"
    assert "异议不成立" in desk.client(WINNER).get(href).text


def test_a_winner_whose_award_is_stopped_hears_of_it_once(desk: Desk) -> None:
    """Requirements 2.5, 2.10: of the award's end, not of the objection's as well."""
    objection_id = asked(desk)
    desk.post(f"/replies/{objection_id}", WINNER, text=ANSWER)
    desk.post(f"/objections/{objection_id}/hearing", HANDLER, note="支部说明属实。")
    desk.post(f"/objections/{objection_id}/decision", HANDLER, upheld=True, statement="成立。")
    (stopped,) = desk.service.told("award.stopped")
    desk.service.hear(AwardStopped, **AwardStopped().load(stopped["data"]))
    over = [each["href"] for each in desk.get("/messages", WINNER) if "已有结果" in each["text"]]
    assert over == [f"/evaluation/awards/{stopped['data']['award_id']}/path"]
    assert desk.get(f"/replies/{objection_id}", WINNER)["outcome"] == "upheld"


def test_the_handler_reads_the_answer(desk: Desk) -> None:
    """Requirements 2.5."""
    objection_id = asked(desk)
    desk.client(WINNER).post(f"/notify/replies/{objection_id}", data={"text": ANSWER})
    whole = desk.get(f"/objections/{objection_id}", HANDLER)
    assert (whole["question"], whole["reply"]) == (FACTS, ANSWER)
    assert ANSWER in desk.client(HANDLER).get(f"/notify/objections/{objection_id}").text


def test_nobody_else_reads_or_answers_and_only_handlers_ask(desk: Desk) -> None:
    """Requirements 2.10."""
    objection_id = asked(desk)
    for who in ("方佳", "王一鸣", HANDLER, DEPARTMENT, FILER):
        assert desk.get(f"/replies/{objection_id}", who, status=403)["code"] == "not_your_reply"
        assert desk.post(f"/replies/{objection_id}", who, status=403, text="代答")["code"] == "not_your_reply"
        assert desk.get("/replies", who) == []
    for who in ("方佳", "王一鸣", "蒋总会", FILER, WINNER):
        desk.post(f"/objections/{objection_id}/question", who, status=403, facts="代问")


def test_question_and_answer_lie_encrypted(desk: Desk) -> None:
    """Requirements 2.10."""
    desk.post(f"/replies/{asked(desk)}", WINNER, text=ANSWER)
    with desk.service.connect() as conn:
        row = conn.execute("SELECT facts, text FROM reply").fetchone()
    assert row is not None
    assert FACTS.encode() not in bytes(row[0])
    assert ANSWER.encode() not in bytes(row[1])


def test_both_are_said_once(desk: Desk) -> None:
    """Requirements 2.5."""
    objection_id = asked(desk)
    again = desk.post(f"/objections/{objection_id}/question", DEPARTMENT, status=409, facts="再问")
    assert again["code"] == "asked_already"
    desk.post(f"/replies/{objection_id}", WINNER, text=ANSWER)
    assert desk.post(f"/replies/{objection_id}", WINNER, status=409, text="改口")["code"] == "replied_already"
    assert desk.get(f"/replies/{objection_id}", WINNER)["text"] == ANSWER


def test_the_decision_waits_for_the_answer_or_the_last_day(desk: Desk) -> None:
    """Requirements 2.5: heard before it is decided."""
    objection_id = asked(desk)
    path = f"/objections/{objection_id}"
    desk.post(f"{path}/hearing", HANDLER, note="支部说明属实。")
    refusal = desk.post(f"{path}/decision", HANDLER, status=409, upheld=True, statement="成立。")
    assert (refusal["code"], refusal["details"]) == ("reply_awaited", ["说明期至2013-04-11。"])
    desk.at(LATER)
    desk.post(f"{path}/decision", HANDLER, upheld=True, statement="成立。")
    late = desk.post(f"/replies/{objection_id}", WINNER, status=409, text=ANSWER)
    assert late["code"] == "objection_decided_already"


def test_an_answer_after_its_day_is_taken_while_nothing_is_decided(desk: Desk) -> None:
    """Requirements 2.5: a deadline warns."""
    objection_id = asked(desk)
    desk.at(MONDAY + timedelta(days=4))
    assert "说明期已满" in desk.client(WINNER).get(f"/notify/replies/{objection_id}").text
    assert desk.post(f"/replies/{objection_id}", WINNER, text=ANSWER)["open"] is False


@pytest.mark.parametrize("upheld", [True, False])
def test_an_objection_that_was_heard_face_to_face_needs_no_question(desk: Desk, upheld: bool) -> None:
    """Requirements 2.5: the note of the hearing is enough."""
    notice_id, [award_id] = desk.posted(WINNER)
    path = f"/objections/{desk.object(notice_id, award_id)['id']}"
    desk.post(f"{path}/hearing", HANDLER, note="当面听取了本人说明。")
    desk.post(f"{path}/decision", HANDLER, upheld=upheld, statement="已核实。")
    late = desk.post(f"{path}/question", HANDLER, status=409, facts=FACTS)
    assert late["code"] == "objection_decided_already"
    assert messages(desk, WINNER) == []


def test_a_stopped_award_is_told_to_the_winner_neutrally(desk: Desk) -> None:
    """Requirements 2.5, 2.10."""
    _, [award_id] = desk.posted(WINNER)
    place = desk.facts()["organization_id"]
    desk.service.hear(AwardStopped, award_id=UUID(str(award_id)), organization_id=place, cause="objection")
    told = desk.get("/messages", WINNER)
    assert [(each["text"], each["href"]) for each in told] == [
        ("一件与您有关的事项已有结果，请查看。", f"/evaluation/awards/{award_id}/path")
    ]
