"""Objections: by anyone within the days, heard and decided by people who are not concerned."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.notify.objection import flood, rules
from tests.integration.notify.desk import DEPARTMENT, FILER, HANDLER, MONDAY, Desk
from tests.integration.notify.objections import SATURDAY, SIGNED, decided
from tests.university import uid


def test_anyone_may_object_without_a_name_and_ask_for_the_answer(desk: Desk) -> None:
    """R-173, requirements 2.4."""
    notice_id, [award_id] = desk.posted()
    raised = desk.object(notice_id, award_id)
    asked = desk.post("/objections/answer", code=raised["code"].lower())
    assert (asked["state"], asked["answer"]) == ("raised", "")
    decided(desk, raised["id"], upheld=False)
    asked = desk.post("/objections/answer", code=raised["code"])
    assert (asked["state"], asked["answer"]) == ("dismissed", "经核实作出决定。")
    assert desk.post("/objections/answer", code="ZZZZ", status=404)["code"] == "receipt_unknown"


def test_neither_text_nor_name_leaves_the_service_or_lies_open_in_it(desk: Desk) -> None:
    """Requirements 2.10."""
    notice_id, [award_id] = desk.posted()
    raised = desk.object(notice_id, award_id, text="此人虚报加班。", **SIGNED)
    told = desk.told("objection.raised")
    assert told == [
        {
            "objection_id": raised["id"],
            "notice_id": notice_id,
            "award_id": str(award_id),
            "organization_id": str(uid("zjy/jin/jg")),
        }
    ]
    with desk.service.connect() as conn:
        row = conn.execute("SELECT objection::text, text, name, contact FROM objection").fetchone()
    assert row is not None
    for secret in ("此人虚报加班。", *SIGNED.values(), raised["code"]):
        assert secret not in row[0]
        assert all(secret.encode() not in bytes(sealed) for sealed in row[1:])


def test_an_objection_sent_twice_is_one_and_its_code_is_given_again_but_lies_nowhere_open(desk: Desk) -> None:
    """Requirements 2.4, 2.10; decision 4."""
    notice_id, [award_id] = desk.posted()
    body = {"award_id": str(award_id), "text": "事迹与事实不符。"}
    first, second = (
        desk.client().post(
            f"/notify/api/notices/{notice_id}/objections", json=body, headers={"Idempotency-Key": "one objection"}
        )
        for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    with desk.service.connect() as conn:
        assert conn.execute("SELECT count(*) FROM objection").fetchone() == (1,)
        kept = conn.execute("SELECT body FROM request WHERE key = 'one objection'").fetchone()
    assert kept is not None
    assert first.json is not None
    assert first.json["code"].encode() not in bytes(kept[0])


def test_a_handler_reads_it_opened_and_the_reading_is_noted(desk: Desk) -> None:
    """Requirements 2.4, 2.10."""
    notice_id, [award_id] = desk.posted()
    raised = desk.object(notice_id, award_id, text="此人虚报加班。", **SIGNED)
    listed = desk.get("/objections", HANDLER)
    assert [(item["award_name"], item["signed"], "text" in item) for item in listed] == [("毛建国", True, False)]
    whole = desk.get(f"/objections/{raised['id']}", HANDLER)
    assert (whole["text"], whole["name"], whole["contact"]) == ("此人虚报加班。", *SIGNED.values())
    with desk.service.connect() as conn:
        acts = conn.execute("SELECT person_id, act FROM audit WHERE subject = %s", [raised["id"]]).fetchall()
    assert acts == [(uid("T041"), "objection.handle")]


def test_an_upheld_objection_stops_the_award_and_nobody_moves_up(desk: Desk) -> None:
    """R-173, requirements 2.4."""
    notice_id, [award_id, _] = desk.posted("毛建国", "方佳")
    raised = desk.object(notice_id, award_id)
    decided(desk, raised["id"], upheld=True)
    assert desk.told("objection.decided")[0]["upheld"] is True
    assert [row["cause"] for row in desk.told("award.stopped")] == ["objection"]
    desk.run_deadlines(SATURDAY)
    assert desk.states() == {"毛建国": "stopped", "方佳": "published"}
    assert [item["name"] for item in desk.get(f"/notices/{notice_id}")["names"]] == ["方佳"]


def test_an_undecided_objection_holds_its_award_and_no_other(desk: Desk) -> None:
    """Requirements 2.4."""
    notice_id, [award_id, _] = desk.posted("毛建国", "方佳")
    raised = desk.object(notice_id, award_id)
    desk.run_deadlines(SATURDAY)
    assert desk.states() == {"毛建国": "posted", "方佳": "published"}
    decided(desk, raised["id"], upheld=False)
    assert desk.states() == {"毛建国": "published", "方佳": "published"}
    assert len(desk.told("award.published")) == 2


def test_a_dismissal_within_the_days_publishes_nothing_yet(desk: Desk) -> None:
    """Requirements 2.4."""
    notice_id, [award_id] = desk.posted()
    decided(desk, desk.object(notice_id, award_id)["id"], upheld=False)
    assert desk.states() == {"毛建国": "posted"}
    desk.run_deadlines(SATURDAY)
    assert desk.states() == {"毛建国": "published"}


def test_only_the_last_of_several_dismissals_publishes(desk: Desk) -> None:
    """Requirements 2.4."""
    notice_id, [award_id] = desk.posted()
    first, second = desk.object(notice_id, award_id)["id"], desk.object(notice_id, award_id)["id"]
    desk.run_deadlines(SATURDAY)
    decided(desk, first, upheld=False)
    assert desk.states() == {"毛建国": "posted"}
    decided(desk, second, upheld=False)
    assert desk.states() == {"毛建国": "published"}


def test_an_award_stopped_by_one_objection_stays_stopped_after_another_is_dismissed(desk: Desk) -> None:
    """Requirements 2.4."""
    notice_id, [award_id] = desk.posted()
    first, second = desk.object(notice_id, award_id)["id"], desk.object(notice_id, award_id)["id"]
    decided(desk, first, upheld=True)
    desk.run_deadlines(SATURDAY)
    decided(desk, second, upheld=True, by=DEPARTMENT)
    assert desk.states() == {"毛建国": "stopped"}
    assert len(desk.told("award.stopped")) == 1


def test_an_objection_after_the_last_day_is_refused(desk: Desk) -> None:
    """Requirements 2.4."""
    notice_id, [award_id] = desk.posted()
    desk.at(SATURDAY)
    refusal = desk.object(notice_id, award_id, status=409)
    assert (refusal["code"], refusal["message"]) == ("notice_over", "公示期已经结束，不再受理异议。")
    assert desk.told("objection.raised") == []


def test_an_objection_names_somebody_on_the_notice(desk: Desk) -> None:
    """Requirements 2.4."""
    notice_id, _ = desk.posted("毛建国")
    stranger = desk.verify("方佳")
    assert desk.object(notice_id, stranger, status=422)["code"] == "not_on_notice"
    assert desk.object(notice_id, uuid4(), status=404)["code"] == "award_not_found"
    assert desk.object(str(uuid4()), stranger, status=404)["code"] == "notice_not_found"


def test_a_name_without_a_contact_is_asked_for(desk: Desk) -> None:
    """Requirements 2.4: signed or anonymous, nothing between."""
    notice_id, [award_id] = desk.posted()
    assert desk.object(notice_id, award_id, status=422, name="邻居甲")["code"] == "contact_needed"
    assert desk.object(notice_id, award_id, status=422, text="")["code"] == "invalid"
    assert desk.object(notice_id, award_id, status=422, text="长" * 2001)["code"] == "invalid"


def test_a_flood_is_stopped_and_signed_objections_still_pass(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protection without keeping anybody's address."""
    monkeypatch.setattr(rules, "PER_HOUR", {True: 1, False: 2})
    notice_id, [award_id] = desk.posted()
    desk.object(notice_id, award_id)
    desk.object(notice_id, award_id)
    assert desk.object(notice_id, award_id, status=429)["code"] == "too_many_objections"
    desk.object(notice_id, award_id, **SIGNED)
    desk.object(notice_id, award_id, status=429, **SIGNED)
    desk.at(MONDAY + timedelta(minutes=61))
    desk.object(notice_id, award_id)


def test_who_floods_from_one_address_keeps_no_objection_of_others_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requirements 2.4: a notice runs for days; nobody closes its door for all others."""
    notice_id, [award_id] = desk.posted()
    body = {"award_id": str(award_id), "text": "灌水"}

    def post(address: str, **said: str) -> int:
        path = f"/notify/api/notices/{notice_id}/objections"
        given = desk.client().post(path, json={**body, **said}, headers={"X-Forwarded-For": address})
        return int(given.status_code)

    monkeypatch.setattr(flood, "SIZES", {True: 6, False: 3})
    assert [post("203.0.113.7") for _ in range(9)] == [201] * 3 + [429] * 6
    assert [post("203.0.113.7", name=SIGNED["name"]) for _ in range(9)] == [422] * 9, "what is wrong does not count"
    assert [post("203.0.113.7", **SIGNED) for _ in range(9)] == [201] * 6 + [429] * 3
    assert [post("203.0.113.8"), post("203.0.113.8", **SIGNED)] == [201, 201]


def test_a_campus_that_speaks_from_one_address_is_heard() -> None:
    """Requirements 2.4: behind one address may stand a whole university; far fewer than the notice takes close it."""
    for signed, most in rules.PER_HOUR.items():
        assert 20 < flood.SIZES[signed] < most / 4


def test_the_winner_and_the_secretary_of_the_branch_keep_out(desk: Desk) -> None:
    """Requirements 2.4: never the person complained about."""
    notice_id, [own, other] = desk.posted(HANDLER, "毛建国")
    against_handler, against_member = desk.object(notice_id, own)["id"], desk.object(notice_id, other)["id"]
    assert [item["id"] for item in desk.get("/objections", HANDLER)] == [against_member]
    assert desk.get(f"/objections/{against_handler}", HANDLER, status=403)["code"] == "not_impartial"
    refusal = desk.post(f"/objections/{against_handler}/hearing", HANDLER, status=403, note="我没有错。")
    assert refusal["code"] == "not_impartial"
    desk.get(f"/objections/{against_member}", "王一鸣", status=403)
    desk.get(f"/objections/{against_member}", "蒋总会", status=403)
    desk.get(f"/objections/{against_member}", FILER, status=403)
    decided(desk, against_handler, upheld=False, by=DEPARTMENT)


def test_a_decision_needs_a_hearing_and_is_made_once(desk: Desk) -> None:
    """Requirements 2.4, 2.5."""
    notice_id, [award_id] = desk.posted()
    path = f"/objections/{desk.object(notice_id, award_id)['id']}"
    refusal = desk.post(f"{path}/decision", HANDLER, status=409, upheld=False, statement="不成立。")
    assert refusal["code"] == "hearing_needed"
    desk.post(f"{path}/hearing", HANDLER, note="本人说明了情况。")
    desk.post(f"{path}/decision", HANDLER, upheld=False, statement="不成立。")
    again = desk.post(f"{path}/decision", DEPARTMENT, status=409, upheld=True, statement="成立。")
    assert again["code"] == "objection_decided_already"
    late = desk.post(f"{path}/hearing", HANDLER, status=409, note="再听一次。")
    assert late["code"] == "objection_decided_already"
    assert desk.get(path, HANDLER)["statement"] == "不成立。"
