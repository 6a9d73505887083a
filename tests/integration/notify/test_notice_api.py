"""Notices: posted when a filing is acknowledged, concluded when the days have passed, or no days at all."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.notify.notice import commands as notices
from shared import workdays
from shared.directory import store
from tests.integration.notify.desk import DEPARTMENT, FILER, HANDLER, MONDAY, Desk
from tests.university import TENANT, University, uid

FRIDAY_NIGHT = MONDAY + timedelta(days=4, hours=13, minutes=59)
SATURDAY = FRIDAY_NIGHT + timedelta(minutes=2)


@pytest.fixture
def without_days(university: University) -> None:
    """The scheme only publishes."""
    university.settings["after.notice_days"] = 0


@pytest.fixture
def superior(university: University) -> str:
    """The scheme rests on a document of the province."""
    university.settings["basis.documents"] = ["《实施意见》（浙创先发〔2012〕23号）"]
    return "《实施意见》（浙创先发〔2012〕23号）"


def test_a_notice_names_the_superior_documents_too(superior: str, desk: Desk) -> None:
    """R-282"""
    notice_id, _ = desk.posted("方佳")
    assert desk.get(f"/notices/{notice_id}")["document"] == f"{superior}、示例党〔2013〕1号"


def test_an_acknowledged_filing_is_posted_for_five_working_days(desk: Desk) -> None:
    """R-173: the notice states how its days are counted (requirements 2.4)."""
    notice_id, award_ids = desk.posted("方佳", "毛建国")
    notice = desk.get(f"/notices/{notice_id}")
    assert notice["counting"] == "5个工作日：2013年4月8日至4月12日"
    assert notice["heading"] == "2013年第一季度党员“闪光言行之星”评选结果公示"
    assert [item["name"] for item in notice["names"]] == ["毛建国", "方佳"]
    assert notice["names"][0]["organization"] == "金融学院教工党支部"
    assert (notice["document"], notice["phone"]) == ("示例党〔2013〕1号", "0571-86730000")
    told = desk.told("notice.posted")[0]
    assert (told["starts_on"], told["ends_on"]) == ("2013-04-08", "2013-04-12")
    assert {*told["award_ids"]} == {str(award_id) for award_id in award_ids}


def test_nothing_is_published_before_the_last_day_has_ended(desk: Desk) -> None:
    """R-173: until midnight in Shanghai."""
    desk.posted()
    assert desk.run_deadlines(FRIDAY_NIGHT) == 0
    assert desk.states() == {"毛建国": "posted"}
    assert desk.run_deadlines(SATURDAY) == 1
    assert desk.states() == {"毛建国": "published"}


def test_publication_is_told_once_inside_and_outside(desk: Desk) -> None:
    """R-173: the outside hears name and organisation and no other personal data (2.10)."""
    _, [award_id] = desk.posted()
    desk.run_deadlines(SATURDAY)
    assert desk.run_deadlines(SATURDAY + timedelta(days=1)) == 0
    inside, outside = desk.service.told("award.published")
    assert inside["exchange"] == "shanguang.events"
    assert inside["data"]["person_id"] == str(uid("T004"))
    assert outside["exchange"] == "shanguang.public"
    assert outside["data"] == {
        "award_id": str(award_id),
        "award": "闪光言行之星",
        "name": "毛建国",
        "organization": "金融学院教工党支部",
        "university": "中共浙江示例学院委员会",
        "period": "2013年第一季度",
        "published_on": "2013-04-13",
        "url": f"http://127.0.0.1:8080/notify/awards/{award_id}",
    }


@pytest.mark.usefixtures("without_days")
def test_a_scheme_without_a_period_publishes_at_once(desk: Desk) -> None:
    """R-173: 0 days are lawful (requirements 2.4)."""
    notice_id, [award_id] = desk.posted()
    assert desk.states() == {"毛建国": "published"}
    assert desk.told("notice.posted")[0]["ends_on"] is None
    notice = desk.get(f"/notices/{notice_id}")
    assert (notice["counting"], notice["heading"][-2:]) == ("", "公布")
    assert desk.object(notice_id, award_id, status=409)["code"] == "notice_without_period"
    assert desk.run_deadlines(SATURDAY) == 0


def test_the_longest_period_of_the_schemes_holds(desk: Desk) -> None:
    """R-173: branches of one filing may follow two schemes."""
    with desk.service.connect() as conn:
        changed = {**desk.university.adoption(version=2), "settings": {"after.notice_days": 7}}
        store.save_adoption(conn, TENANT, changed)
    desk.verify("毛建国")
    desk.verify("方佳", scheme_version=2)
    notice = desk.get(f"/notices/{desk.acknowledge()['notice_id']}")
    assert notice["counting"] == "7个工作日：2013年4月8日至4月16日"


def test_a_notice_across_a_holiday_skips_it(desk: Desk) -> None:
    """R-173: 清明 2013 is free from 4 to 6 April; Sunday the 7th is worked."""
    desk.at(MONDAY - timedelta(days=5))
    notice_id, _ = desk.posted()
    assert desk.get(f"/notices/{notice_id}")["counting"] == "5个工作日：2013年4月3日至4月10日"


def test_a_year_without_a_loaded_calendar_is_warned_of(desk: Desk) -> None:
    """R-173."""
    desk.at(MONDAY.replace(year=2027))
    notice_id, _ = desk.posted()
    said = "2027 年放假安排未载入，按周一至周五计算，元旦、劳动节、国庆节的法定假日除外。"
    assert desk.get(f"/notices/{notice_id}")["warning"] == said


def test_the_calendar_of_the_department_counts(desk: Desk) -> None:
    """R-173."""
    with desk.service.connect() as conn:
        days = [{"day": (MONDAY + timedelta(days=1)).date(), "working": False, "note": "校庆放假"}]
        workdays.save(conn, TENANT, MONDAY, days)
    notice_id, _ = desk.posted()
    assert desk.get(f"/notices/{notice_id}")["counting"] == "5个工作日：2013年4月8日至4月15日"


def test_many_notices_that_end_on_one_day_are_all_concluded(desk: Desk) -> None:
    """R-173."""
    for quarter in range(1, 5):
        desk.verify(period=f"2012Q{quarter}")
    for filing in desk.get("/filings", DEPARTMENT):
        desk.post(f"/filings/{filing['id']}/acknowledge", DEPARTMENT, number="1号", revision=1)
    assert desk.run_deadlines(SATURDAY) == 4
    assert len(desk.told("award.published")) == 4


def test_two_workers_conclude_a_notice_once(desk: Desk) -> None:
    """R-173: the second passes over what the first works on."""
    desk.posted()
    desk.at(SATURDAY)
    conclude = notices.conclude
    with desk.service.connect() as one, desk.service.connect() as two:
        assert conclude(one, SATURDAY) == 1
        assert conclude(two, SATURDAY) == 0
    assert len(desk.told("award.published")) == 1


def test_notices_are_open_to_everybody_and_say_nothing_personal(desk: Desk) -> None:
    """Requirements 2.10: name and branch, nothing else."""
    notice_id, [award_id] = desk.posted()
    listed = desk.get("/notices?period=2013Q1")
    assert [item["id"] for item in listed] == [notice_id]
    assert listed[0]["names"] == [{"award_id": str(award_id), "name": "毛建国", "organization": "金融学院教工党支部"}]
    assert desk.get("/notices?period=2013Q2") == []
    assert desk.get(f"/notices/{uuid4()}", status=404)["code"] == "notice_not_found"
    assert desk.get("/notices?period=2013-1", status=422)["details"] == ["period：季度须写作 2013Q1。"]


def test_an_award_is_public_only_once_it_is_published(desk: Desk) -> None:
    """R-173."""
    _, [award_id] = desk.posted()
    desk.get(f"/awards/{award_id}", status=404)
    desk.run_deadlines(SATURDAY)
    award = desk.get(f"/awards/{award_id}")
    assert (award["name"], award["deed"]) == ("毛建国", "连续三个周末为学生补课。")
    assert "person_id" not in award
    winners = desk.get("/board")
    assert [(winner["name"], winner["period"]) for winner in winners] == [("毛建国", "2013Q1")]
    assert desk.get(f"/board?organization_id={uid('zjy/kuai')}") == []


def test_the_department_revokes_a_published_award_and_its_name_disappears(desk: Desk) -> None:
    """R-173: what subscribers hear names nobody."""
    _, [award_id] = desk.posted()
    desk.post(f"/awards/{award_id}/revoke", DEPARTMENT, status=409, reason="事迹不实。")
    desk.run_deadlines(SATURDAY)
    desk.post(f"/awards/{award_id}/revoke", HANDLER, status=403, reason="事迹不实。")
    shown = desk.post(f"/awards/{award_id}/revoke", DEPARTMENT, reason="事迹不实。")
    assert (shown["state"], shown["name"], shown["deed"]) == ("revoked", "", "")
    assert desk.get("/board?period=2013Q1") == []
    inside, outside = desk.service.told("award.revoked")
    assert inside["data"]["person_id"] == str(uid("T004"))
    assert outside["data"] == {"award_id": str(award_id), "revoked_on": "2013-04-13"}
    again = desk.post(f"/awards/{award_id}/revoke", DEPARTMENT, status=409, reason="事迹不实。")
    assert again["code"] == "award_elsewhere"


def test_the_notice_no_longer_names_who_was_revoked(desk: Desk) -> None:
    """R-173."""
    notice_id, [award_id] = desk.posted()
    desk.run_deadlines(SATURDAY)
    desk.post(f"/awards/{award_id}/revoke", DEPARTMENT, reason="事迹不实。")
    assert desk.get(f"/notices/{notice_id}")["names"] == []


def test_an_unknown_university_is_not_guessed(desk: Desk) -> None:
    """A system that serves several universities asks for which."""
    other = UUID(int=9)
    with desk.service.connect() as conn:
        row = {
            "organization_id": uuid4(),
            "version": 1,
            "parent_id": None,
            "kind": "committee",
            "name": "另一所学校党委",
        }
        facts = {**row, "code": "lyx", "path": "lyx/", "unit_type": None, "phone": "", "address": "", "active": True}
        store.save_organization(conn, other, facts)
    assert desk.get("/notices", status=422)["code"] == "university_needed"
    assert desk.get(f"/notices?university_id={other}") == []
    assert desk.get(f"/notices?university_id={uuid4()}", FILER, status=404)["code"] == "no_university"


@pytest.mark.usefixtures("without_days")
def test_a_posting_is_told_before_the_publication_that_follows_at_once(desk: Desk) -> None:
    """R-173: each step of the path comes after the one before."""
    desk.posted()
    names = [row["name"] for row in desk.service.told() if row["exchange"] == "shanguang.events"]
    assert names == ["filing.submitted", "filing.acknowledged", "notice.posted", "award.published"]
