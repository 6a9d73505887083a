"""What pages say of rounds and days: how often a form was submitted, and when a notice begins."""

from datetime import timedelta

from tests.integration.notify.desk import DEPARTMENT, FILER, Desk
from tests.integration.notify.test_pages import SATURDAY, page, send
from tests.university import uid


def test_two_winners_of_a_moment_are_one_submission(desk: Desk) -> None:
    """R-170: who is added by the system to a submitted form is 补入; people's rounds are counted."""
    desk.verify("毛建国")
    desk.verify("方佳")
    path = f"/notify/filings/{desk.filing()['id']}"
    shown = page(desk, path, DEPARTMENT)
    assert "<dt>报送次数</dt><dd>第1次</dd>" in shown
    assert "补入" in shown
    assert "第2次" not in shown
    send(desk, f"{path}/return", DEPARTMENT, reasons="身份有误。", revision="2")
    after = send(desk, f"{path}/submit", FILER)
    assert "<dt>报送次数</dt><dd>第2次</dd>" in after
    assert "报送（第2次）" in after


def test_before_its_period_a_notice_says_when_it_begins(desk: Desk) -> None:
    """R-173: acknowledged on a Saturday it runs from the Monday."""
    desk.at(SATURDAY)
    notice_id, _ = desk.posted("方佳")
    before = page(desk, f"/notify/notices/{notice_id}")
    assert "将于2013年4月15日起公示" in before
    assert "正在公示" not in before
    assert "将于2013年4月15日起公示" in page(desk, f"/notify/board/{uid('zjy/jin')}")
    desk.at(SATURDAY + timedelta(days=2))
    assert "正在公示" in page(desk, f"/notify/notices/{notice_id}")
