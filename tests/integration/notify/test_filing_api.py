"""Filing: gathered by itself, returned, corrected, submitted again, acknowledged."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest

from services.notify.filing import intake
from shared.errors import NotYet
from shared.events.evaluation import AwardVerified
from shared.events.roster import PersonChanged
from tests.integration.notify.desk import DEPARTMENT, FILER, HANDLER, MONDAY, Desk
from tests.services import envelope
from tests.university import person, uid


def test_a_verified_award_files_itself(desk: Desk) -> None:
    """R-170: the filing of the 党总支 opens, holds the line and lies with the department."""
    award_id = desk.verify()
    filing = desk.filing()
    assert (filing["state"], filing["revision"], filing["batch"]) == ("submitted", 1, 1)
    assert filing["organization"] == "金融学院党总支"
    assert [(line["name"], line["identity"]) for line in filing["lines"]] == [("毛建国", "教师")]
    assert desk.told("filing.submitted")[0]["award_ids"] == [str(award_id)]
    assert filing["due_on"] == "2013-04-15"  # five working days after Monday


def test_awards_join_the_filing_that_lies_with_the_department(desk: Desk) -> None:
    """R-170: lines stand in 姓氏笔画 order, whatever the order of the events."""
    desk.verify("方佳")
    second = desk.verify("毛建国")
    filing = desk.filing()
    assert filing["revision"] == 2
    assert [line["name"] for line in filing["lines"]] == ["毛建国", "方佳"]
    assert desk.told("filing.submitted")[1]["award_ids"] == [str(second)]


def test_the_same_award_told_twice_is_one_line(desk: Desk) -> None:
    """R-170."""
    facts = desk.facts()
    desk.service.hear(AwardVerified, **facts)
    desk.service.hear(AwardVerified, **facts)
    filing = desk.filing()
    assert (filing["revision"], len(filing["lines"])) == (1, 1)


def test_an_award_of_an_unknown_organisation_waits(desk: Desk) -> None:
    """An event may overtake the one that it builds on."""
    with pytest.raises(NotYet):
        desk.verify(organization_id=uuid4())
    with pytest.raises(NotYet):
        desk.verify(scheme_version=7)
    assert desk.get("/filings", DEPARTMENT) == []


def test_an_award_after_the_acknowledgement_opens_the_next_batch(desk: Desk) -> None:
    """R-170."""
    desk.verify("毛建国")
    desk.acknowledge()
    desk.verify("方佳")
    filings = desk.get("/filings?period=2013Q1", DEPARTMENT)
    assert [(filing["batch"], filing["state"]) for filing in filings] == [(1, "acknowledged"), (2, "submitted")]


def test_a_returned_filing_is_corrected_and_submitted_again(desk: Desk) -> None:
    """R-170, R-172."""
    award_id = desk.verify("毛建国")
    path = f"/filings/{desk.filing()['id']}"
    returned = desk.post(f"{path}/return", DEPARTMENT, reasons="身份应填离退休同志。", revision=1)
    assert returned["state"] == "returned"
    joined = desk.verify("方佳")
    assert desk.filing()["state"] == "returned"
    lines = [{"award_id": str(award_id), "identity": "离退休同志", "name": "毛健国"}]
    refusal = desk.post(f"{path}/correct", FILER, status=422, lines=lines)
    assert refusal["details"] == ["姓名不能改为“毛健国”：名册中现在是“毛建国”。名册有误的，请先更正名册。"]
    renamed = person("毛健国", "T004", "zjy/jin/jg", 99, version=2)
    desk.service.hear(PersonChanged, **{**renamed, "stroke_key": "0000"})
    desk.post(f"{path}/correct", FILER, lines=lines)
    submitted = desk.post(f"{path}/submit", FILER)
    assert (submitted["state"], submitted["revision"]) == ("submitted", 2)
    assert [(line["name"], line["identity"]) for line in submitted["lines"]] == [
        ("毛健国", "离退休同志"),
        ("方佳", "教师"),
    ]
    told = desk.told("filing.submitted")
    assert {*told[-1]["award_ids"]} == {str(award_id), str(joined)}
    assert told[-1]["lines"] == [
        {"award_id": str(award_id), "name": "毛健国", "identity": "离退休同志", "stroke_key": "0000"},
        {"award_id": str(joined), "name": "方佳", "identity": "教师", "stroke_key": "0006"},
    ]
    assert told[0]["lines"] == []
    assert [step["act"] for step in submitted["history"]] == ["submitted", "returned", "corrected", "submitted"]
    assert submitted["history"][1]["statement"] == "身份应填离退休同志。"
    assert "reasons" not in desk.told("filing.returned")[0]


def test_what_people_wrote_is_encrypted_at_rest(desk: Desk) -> None:
    """Requirements 2.10."""
    desk.verify()
    filing = desk.filing()
    desk.post(f"/filings/{filing['id']}/return", DEPARTMENT, reasons="与本人情况不符", revision=1)
    with desk.service.connect() as conn:
        rows = conn.execute("SELECT statement FROM filing_step WHERE statement IS NOT NULL").fetchall()
    assert rows
    assert all("与本人情况不符".encode() not in bytes(row[0]) for row in rows)


def test_a_line_withdrawn_is_never_published(desk: Desk) -> None:
    """R-170: nobody moves up for it."""
    kept, withdrawn = desk.verify("毛建国"), desk.verify("方佳")
    path = f"/filings/{desk.filing()['id']}"
    desk.post(f"{path}/return", DEPARTMENT, reasons="请核对。", revision=2)
    desk.post(f"{path}/correct", FILER, withdraw=[{"award_id": str(withdrawn), "reason": "本人申请撤回。"}])
    desk.post(f"{path}/submit", FILER)
    desk.acknowledge()
    assert desk.states() == {"毛建国": "posted", "方佳": "stopped"}
    (stopped,) = desk.told("award.stopped")
    assert stopped == {
        "award_id": str(withdrawn),
        "organization_id": str(uid("zjy/jin/jg")),
        "cause": "withdrawn",
        "by_id": str(desk.university.people[FILER]),
    }
    assert desk.told("filing.acknowledged")[0]["award_ids"] == [str(kept)]


def test_a_filing_without_any_line_left_is_void_and_the_next_award_opens_another(desk: Desk) -> None:
    """R-170."""
    award_id = desk.verify("毛建国")
    path = f"/filings/{desk.filing()['id']}"
    desk.post(f"{path}/return", DEPARTMENT, reasons="请核对。", revision=1)
    withdraw = [{"award_id": str(award_id), "reason": "本人申请撤回。"}]
    assert desk.post(f"{path}/correct", FILER, withdraw=withdraw)["state"] == "void"
    desk.verify("方佳")
    assert [filing["state"] for filing in desk.get("/filings", DEPARTMENT)] == ["void", "submitted"]


def test_an_acknowledgement_of_an_older_revision_is_refused(desk: Desk) -> None:
    """R-170: the department acknowledges what it has seen."""
    desk.verify("毛建国")
    seen = desk.filing()
    desk.verify("方佳")
    path = f"/filings/{seen['id']}/acknowledge"
    refusal = desk.post(path, DEPARTMENT, status=409, number="1号", revision=seen["revision"])
    assert refusal["code"] == "filing_changed"
    assert refusal["details"] == ["您看到的是第1次报送，现在是第2次。"]
    assert desk.filing()["state"] == "submitted"


def test_a_second_acknowledgement_is_refused(desk: Desk) -> None:
    """R-170."""
    desk.verify()
    filing = desk.acknowledge()
    path = f"/filings/{filing['id']}/acknowledge"
    assert desk.post(path, DEPARTMENT, status=409, number="2号", revision=1)["code"] == "filing_elsewhere"
    assert len(desk.told("filing.acknowledged")) == 1


def test_wrong_dates_of_an_acknowledgement_are_all_named(desk: Desk) -> None:
    """R-170."""
    desk.verify()
    path = f"/filings/{desk.filing()['id']}/acknowledge"
    for day, sentence in [("2013-04-09", "备案日期不能晚于今天。"), ("2013-04-07", "备案日期不能早于报送日期。")]:
        refusal = desk.post(path, DEPARTMENT, status=409, number="1号", revision=1, acknowledged_on=day)
        assert refusal["details"] == [sentence]


def test_wrong_corrections_are_all_named_and_nothing_changes(desk: Desk) -> None:
    """R-172."""
    award_id = desk.verify()
    path = f"/filings/{desk.filing()['id']}"
    assert desk.post(f"{path}/correct", FILER, status=409, lines=[{"award_id": str(award_id), "name": "毛"}])
    desk.post(f"{path}/return", DEPARTMENT, reasons="请核对。", revision=1)
    wrong = [{"award_id": str(award_id), "name": "毛健国"}, {"award_id": str(uuid4()), "name": "某"}]
    refusal = desk.post(f"{path}/correct", FILER, status=422, lines=wrong)
    assert refusal["code"] == "wrong_lines"
    assert desk.post(f"{path}/correct", FILER, status=422)["code"] == "nothing_to_correct"
    bad = desk.post(f"{path}/correct", FILER, status=422, lines=[{"award_id": str(award_id), "identity": "干部"}])
    assert bad["code"] == "invalid"
    assert desk.filing()["lines"][0]["name"] == "毛建国"


def test_only_the_department_decides_and_only_the_filing_organisation_corrects(desk: Desk) -> None:
    """R-170."""
    desk.verify()
    path = f"/filings/{desk.filing()['id']}"
    desk.post(f"{path}/acknowledge", FILER, status=403, number="1号", revision=1)
    desk.post(f"{path}/submit", DEPARTMENT, status=403)
    desk.get(path, "蒋总会", status=403)  # another 党总支
    desk.get(path, "王一鸣", status=403)  # the secretary of a branch, which does not file
    desk.get(path, "毛建国", status=403)
    desk.get(path, HANDLER)
    assert desk.get("/filings", "蒋总会") == []
    assert desk.get(f"/filings/{uuid4()}", DEPARTMENT, status=404)["code"] == "filing_not_found"


def test_a_direct_branch_files_itself(desk: Desk) -> None:
    """R-170."""
    where = {"organization_id": uid("zjy/tsg"), "filing_organization_id": uid("zjy/tsg")}
    desk.verify("吴书香", **where)
    path = f"/filings/{desk.filing()['id']}"
    desk.post(f"{path}/return", DEPARTMENT, reasons="请核对。", revision=1)
    assert desk.post(f"{path}/submit", "吴书香")["state"] == "submitted"


def test_the_day_for_correction_is_a_reminder_and_bars_nothing(desk: Desk) -> None:
    """R-170."""
    desk.verify()
    path = f"/filings/{desk.filing()['id']}"
    assert desk.post(f"{path}/return", DEPARTMENT, reasons="请核对。", revision=1)["due_on"] == "2013-04-15"
    desk.at(MONDAY + timedelta(days=30))
    assert desk.post(f"{path}/submit", FILER)["state"] == "submitted"


def test_a_summary_lists_every_winner_of_the_quarter_for_the_department(desk: Desk) -> None:
    """R-170."""
    desk.verify()
    answer = desk.client(DEPARTMENT).get("/notify/api/filings/summary.xlsx?period=2013Q1")
    assert answer.status_code == 200
    assert str(answer.mimetype).endswith("spreadsheetml.sheet")
    assert desk.client(FILER).get("/notify/api/filings/summary.xlsx?period=2013Q1").status_code == 403


def test_batches_of_awards_in_any_order_do_not_lock_each_other_out(desk: Desk) -> None:
    """R-170: two consumers take in awards of the same two filings, each in another order."""
    orders = [("zjy/jin", "zjy/kuai"), ("zjy/kuai", "zjy/jin")]
    failed: list[BaseException] = []
    start = threading.Barrier(2)

    def consume(order: tuple[str, str]) -> None:
        start.wait()
        try:
            for _ in range(10):
                with desk.service.connect() as conn:
                    for place in order:
                        facts = desk.facts(filing_organization_id=uid(place))
                        intake.take_in(conn, envelope(AwardVerified, **facts))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=consume, args=[order]) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    filings = desk.get("/filings", DEPARTMENT)
    assert [(filing["batch"], filing["revision"]) for filing in filings] == [(1, 20), (1, 20)]
