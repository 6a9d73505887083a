"""Reminders before and after the deadline of a matter, each once."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.pledge.reminder import commands
from shared import clock
from tests.integration.pledge.fulfilling import matters, publish, published, report
from tests.integration.pledge.writing import YEAR, text
from tests.services import Service
from tests.university import University

DUE = date(YEAR, 12, 20)


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def noon(day: date) -> datetime:
    return clock.start_of(day) + timedelta(hours=12)


def items(*days: date | None) -> dict[str, Any]:
    return text(items=[{"content": f"第{n}件", "due_on": day and day.isoformat()} for n, day in enumerate(days, 1)])


def told(pledge: Service) -> list[str]:
    return [one["name"] for one in pledge.told() if one["name"] in {"pledge.due", "pledge.overdue"}]


def test_a_pledger_is_reminded_once_before_and_once_after(pledge: Service, university: University) -> None:
    """R-041 R-073"""
    me = university.people["尤文静"]
    pledge_id = published(pledge, me, text=items(DUE, None))
    assert pledge.due(noon(DUE - timedelta(days=8))) == 0
    for day in (DUE - timedelta(days=7), DUE - timedelta(days=1), DUE):
        pledge.due(noon(day))
    assert told(pledge) == ["pledge.due"]
    for later in (1, 2, 2):
        pledge.due(noon(DUE + timedelta(days=later)))
    assert told(pledge) == ["pledge.due", "pledge.overdue"]
    data = pledge.told("pledge.overdue")[0]["data"]
    assert (data["pledge_id"], data["person_id"], data["due_on"]) == (pledge_id, str(me), DUE.isoformat())


@pytest.mark.parametrize("words", [items(None), text(items=[])])
def test_what_has_no_day_is_due_at_the_end_of_its_year(
    pledge: Service, university: University, words: dict[str, Any]
) -> None:
    """R-041 R-073: 未写期限的，以当年12月31日为期限"""
    me = university.people["尤文静"]
    pledge_id = published(pledge, me, text=words)
    (matter,) = matters(pledge, me, pledge_id)
    assert matter["due_on"] == f"{YEAR}-12-31"
    last = date(YEAR, 12, 31)
    assert pledge.due(noon(last - timedelta(days=8))) == 0
    for day in (last - timedelta(days=7), last, last + timedelta(days=1), last + timedelta(days=2)):
        pledge.due(noon(day))
    assert told(pledge) == ["pledge.due", "pledge.overdue"]
    data = pledge.told("pledge.overdue")[0]["data"]
    assert (data["item_id"], data["due_on"]) == (matter["item_id"], f"{YEAR}-12-31")
    assert "未写期限的，以当年12月31日为期限" in pledge.client(me).get(f"/pledge/progress/{pledge_id}").text


def test_what_has_a_result_is_left_in_peace(pledge: Service, university: University) -> None:
    me = university.people["尤文静"]
    pledge_id = published(pledge, me, text=items(DUE, DUE))
    first, second = (one["item_id"] for one in matters(pledge, me, pledge_id))
    report(pledge, me, pledge_id, first, "done")
    report(pledge, me, pledge_id, second, "underway")
    pledge.due(noon(DUE + timedelta(days=1)))
    assert [one["data"]["item_id"] for one in pledge.told("pledge.overdue")] == [second]


def test_a_later_deadline_is_reminded_of_anew(pledge: Service, university: University) -> None:
    """R-045"""
    me = university.people["尤文静"]
    pledge_id = published(pledge, me, text=items(DUE))
    pledge.due(noon(DUE + timedelta(days=1)))
    (matter,) = matters(pledge, me, pledge_id)
    later = {"item_id": matter["item_id"], "content": "第1件", "due_on": f"{YEAR}-12-28"}
    body = {"headline": "改期", "items": [later], "reason": "对方要求"}
    assert pledge.client(me).put(f"/pledge/api/pledges/{pledge_id}", json=body).status_code == 200
    publish(pledge, pledge_id)
    pledge.due(noon(date(YEAR, 12, 29)))
    assert [one["data"]["due_on"] for one in pledge.told("pledge.overdue")] == [DUE.isoformat(), f"{YEAR}-12-28"]


def test_batches_follow_until_everybody_is_reminded(
    pledge: Service, university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "BATCH", 2)
    for name in ("尤文静", "毛建国"):
        published(pledge, university.people[name], text=items(DUE, DUE))
    assert pledge.due(noon(DUE - timedelta(days=1))) == 4
    assert pledge.due(noon(DUE + timedelta(days=1))) == 4
    assert sorted(told(pledge)) == ["pledge.due"] * 4 + ["pledge.overdue"] * 4
    assert pledge.due(noon(DUE + timedelta(days=1))) == 0


def test_two_workers_remind_of_a_matter_once(pledge: Service, university: University) -> None:
    published(pledge, university.people["尤文静"], text=items(DUE))
    now = noon(DUE + timedelta(days=1))
    with pledge.connect() as one, pledge.connect() as other:
        assert (commands.remind_after(one, now), commands.remind_after(other, now)) == (1, 0)
        one.commit()
        assert commands.remind_after(other, now) == 0
    assert told(pledge) == ["pledge.overdue"]


def test_a_pledge_that_ended_is_not_pursued(pledge: Service, university: University) -> None:
    pledge_id = published(pledge, university.people["尤文静"], text=items(DUE))
    with pledge.connect() as conn:
        conn.execute("UPDATE pledge SET state = 'closed', closed_at = now() WHERE id = %s", [pledge_id])
    pledge.due(noon(DUE + timedelta(days=1)))
    assert told(pledge) == []


def test_who_left_is_left_in_peace_and_the_others_of_the_pledge_are_reminded(
    pledge: Service, university: University
) -> None:
    """R-073 R-033"""
    people = university.people
    published(pledge, people["毛建国"], text=items(DUE))
    other = {"person_id": str(people["仇大海"]), "name": "仇大海"}
    published(pledge, people["尤文静"], form="group", text={**items(DUE), "authors": [other]})
    with pledge.connect() as conn:
        conn.execute("UPDATE person SET active = false WHERE id = %s", [people["毛建国"]])
    pledge.due(noon(DUE - timedelta(days=1)))
    (told,) = pledge.told("pledge.due")
    assert (told["data"]["person_id"], told["data"]["author_ids"]) == (str(people["尤文静"]), [str(people["仇大海"])])
    with pledge.connect() as conn:
        conn.execute("UPDATE person SET active = false WHERE id = %s", [people["尤文静"]])
    pledge.due(noon(DUE + timedelta(days=1)))
    (told,) = pledge.told("pledge.overdue")
    assert (told["data"]["person_id"], told["data"]["author_ids"]) == (str(people["仇大海"]), [])


def test_what_is_overdue_is_a_task_of_those_who_are_to_help_until_somebody_does(
    pledge: Service, university: University
) -> None:
    """R-073 R-076: 对没有按时完成承诺事项的及时提醒和帮助"""
    people = university.people
    pledge_id = published(pledge, people["尤文静"], text=items(date(YEAR - 1, 12, 20), DUE))
    published(pledge, people["王一鸣"], text=items(date(YEAR - 1, 12, 20)))

    def asked(name: str) -> list[str]:
        found = pledge.client(people[name]).get("/pledge/api/tasks").json
        return [task["title"] for task in found if "逾期" in task["title"]]

    assert asked("王一鸣") == ["1项承诺逾期，去提醒或帮助"]
    assert asked("区小宁") == asked("郑总") == ["2项承诺逾期，去提醒或帮助"]
    assert asked("尤文静") == asked("陈部长") == asked("李会计") == []
    helped = {"pledge_id": pledge_id, "grounds": "答疑次数不够", "content": "由区小宁帮助"}
    assert pledge.client(people["王一鸣"]).post("/pledge/api/measures/help", json=helped).status_code == 201
    assert asked("王一鸣") == []
    assert asked("郑总") == ["1项承诺逾期，去提醒或帮助"]
