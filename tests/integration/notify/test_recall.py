"""An award whose ballot was annulled after the count leaves the filing, the notice or the board (requirements 2.3)."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from shared.events.evaluation import AwardVerified, AwardWithheld
from tests.integration.notify.desk import DEPARTMENT, MONDAY, Desk
from tests.university import uid


def take_back(desk: Desk, award_id: UUID, reason: str = "ballot_annulled") -> None:
    facts: dict[str, Any] = {
        "award_id": award_id,
        "ballot_id": uuid4(),
        "organization_id": uid("zjy/jin/jg"),
        "person_id": uid("T004"),
        "period": "2013Q1",
        "reasons": [reason],
    }
    desk.service.hear(AwardWithheld, **facts)


def test_it_leaves_the_filing_and_the_department_must_look_again(desk: Desk) -> None:
    first = desk.verify("毛建国")
    desk.verify("方佳")
    seen = desk.filing()
    take_back(desk, first)
    filing = desk.filing()
    assert [line["name"] for line in filing["lines"]] == ["方佳"]
    assert filing["revision"] == seen["revision"] + 1
    path = f"/filings/{filing['id']}/acknowledge"
    answer = desk.post(path, DEPARTMENT, status=409, number="组备〔2013〕1号", revision=seen["revision"])
    assert answer["code"] == "filing_changed"
    assert desk.told("award.stopped")[0]["cause"] == "annulled"


def test_what_failed_its_verification_may_be_verified_after_a_finding_was_set_aside(desk: Desk) -> None:
    """R-134, requirements 2.5: only an annulled count closes the way to the filing for good."""
    award_id = uuid4()
    take_back(desk, award_id, "finding")
    desk.verify("毛建国", award_id=award_id)
    assert [line["name"] for line in desk.filing()["lines"]] == ["毛建国"]


def test_a_filing_without_any_line_left_is_void(desk: Desk) -> None:
    take_back(desk, desk.verify())
    assert desk.filing()["state"] == "void"
    desk.verify("方佳")
    assert desk.filing()["batch"] == 2


def test_it_is_not_published_after_its_notice(desk: Desk) -> None:
    _, (first, _) = desk.posted("毛建国", "方佳")
    take_back(desk, first)
    desk.run_deadlines(MONDAY + timedelta(days=30))
    assert desk.states() == {"毛建国": "stopped", "方佳": "published"}


def test_a_published_one_is_revoked_inside_and_outside(desk: Desk) -> None:
    _, (award_id,) = desk.posted()
    desk.run_deadlines(MONDAY + timedelta(days=30))
    take_back(desk, award_id)
    assert desk.states() == {"毛建国": "revoked"}
    assert [row["exchange"] for row in desk.service.told("award.revoked")] == ["shanguang.events", "shanguang.public"]


def test_told_twice_it_ends_once(desk: Desk) -> None:
    award_id = desk.verify()
    take_back(desk, award_id)
    take_back(desk, award_id)
    assert len(desk.told("award.stopped")) == 1


def test_told_before_its_verification_it_never_enters_a_filing(desk: Desk) -> None:
    facts = desk.facts()
    take_back(desk, facts["award_id"])
    desk.service.hear(AwardVerified, **facts)
    assert desk.states() == {}
    assert desk.told("filing.submitted") == []
