"""What 提诺 asks of whom, and when."""

from collections.abc import Callable
from datetime import date

import pytest

from services.pledge.pledge import tasks
from shared.auth import viewer as viewers
from shared.directory import store as directory
from tests.integration.pledge.writing import make, submitted
from tests.services import Service
from tests.university import TENANT, University, uid

OPENS, MIDDLE, CLOSES = date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 25)


@pytest.fixture(scope="module")
def pledge(standing: Callable[[str], Service]) -> Service:
    made, ours = standing("pledge"), University()
    exempting = {**ours.settings, "pledge.treatments": ["oral", "exempt"]}
    with made.connect() as conn:
        directory.save_adoption(conn, TENANT, {**ours.adoption(version=2), "settings": exempting})
    return made


def asked(pledge: Service, name: str, today: date) -> list[str]:
    with pledge.connect() as conn:
        viewer = viewers.load(conn, TENANT, University().people[name], 1, today)
        return [task.title for task in tasks.provider(conn, viewer, today)]


def test_secretaries_and_leaders_are_asked_before_others(pledge: Service) -> None:
    """R-007 R-009: reminders go to secretaries before others"""
    assert "提出2027年度承诺" in asked(pledge, "王一鸣", OPENS)
    assert asked(pledge, "尤文静", OPENS) == []
    assert asked(pledge, "尤文静", MIDDLE) == ["提出2027年度承诺"]


def test_the_secretary_is_asked_for_the_branch_s_pledge_and_shown_who_has_none(pledge: Service) -> None:
    """R-042 R-190"""
    assert asked(pledge, "王一鸣", MIDDLE) == ["提出2027年度承诺", "提出金融学院教工党支部2027年度承诺"]
    assert "还有8名党员没有2027年度承诺" in asked(pledge, "区小宁", CLOSES)


def test_who_is_exempt_or_no_member_is_asked_for_nothing(pledge: Service) -> None:
    """R-014 C19"""
    assert asked(pledge, "郑总", CLOSES) == ["提出金融学院党总支2027年度承诺"]
    assert asked(pledge, "韩群众", CLOSES) == []
    assert asked(pledge, "沈积极", CLOSES) == []


def test_a_draft_is_to_be_handed_in_and_then_nothing_is_asked(pledge: Service) -> None:
    """R-042"""
    members = University().people
    make(pledge, members["方佳"], year=2027)
    assert asked(pledge, "方佳", MIDDLE) == ["提出2027年度承诺"]
    submitted(pledge, uid("T008"), year=2027)
    assert asked(pledge, "尹志强", MIDDLE) == []


def test_before_the_window_nothing_is_asked_for_the_coming_year(pledge: Service) -> None:
    """R-031: the year that a pledge is for, not the year of typing"""
    assert asked(pledge, "毛建国", date(2026, 12, 31)) == []
    assert asked(pledge, "毛建国", date(2027, 5, 30)) == ["提出2027年度承诺"]
    assert asked(pledge, "毛建国", date(2027, 5, 31)) == []
