"""Remarks on every pledger of a period, and the summary, through the JSON doors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from services.pledge.remark import rhythm
from shared import clock
from tests.integration.pledge.fulfilling import published
from tests.integration.pledge.writing import YEAR, text
from tests.services import Service
from tests.university import University, uid

BRANCH = str(uid("zjy/jin/jg"))
PERIOD = rhythm.of(clock.today(), "quarter")


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def overview(pledge: Service, by: UUID, period: str = PERIOD) -> Any:
    query = {"organization_id": BRANCH, "period": period}
    return pledge.client(by).get("/pledge/api/remarks", query_string=query)


def write(pledge: Service, by: UUID, *said: tuple[UUID, str, str], period: str = PERIOD) -> Any:
    remarks = [{"person_id": str(person), "kind": kind, "text": words} for person, kind, words in said]
    body = {"organization_id": BRANCH, "period": period, "remarks": remarks}
    return pledge.client(by).post("/pledge/api/remarks", json=body)


def test_one_page_shows_every_pledger_and_every_gap(pledge: Service, university: University) -> None:
    """R-072 R-074: 每季度……对党员履诺情况作1次点评; co-authors of a group's pledge count too."""
    people = university.people
    published(pledge, people["毛建国"])
    other = {"person_id": str(people["仇大海"]), "name": "仇大海"}
    published(pledge, people["尤文静"], form="group", text=text(authors=[other]))
    lines = overview(pledge, people["王一鸣"]).json["lines"]
    assert [(one["name"], one["gap"]) for one in lines] == [("尤文静", True), ("毛建国", True), ("仇大海", True)]
    made = write(
        pledge,
        people["王一鸣"],
        (people["尤文静"], "praise", "按月完成，特别突出"),
        (people["毛建国"], "skipped", "出国进修"),
    )
    assert (made.status_code, len(made.json)) == (201, 2)
    lines = overview(pledge, people["王一鸣"]).json["lines"]
    assert [one["gap"] for one in lines] == [False, False, True]
    told = [(one["data"]["person_id"], one["data"]["kind"]) for one in pledge.told("pledge.commented")]
    assert told == [(str(people["尤文静"]), "praise")]


def test_the_same_remark_twice_has_one_effect_and_other_words_take_its_place(
    pledge: Service, university: University
) -> None:
    """R-072"""
    me, secretary = university.people["尤文静"], university.people["王一鸣"]
    published(pledge, me)
    write(pledge, secretary, (me, "encourage", "继续努力"))
    assert write(pledge, secretary, (me, "encourage", "继续努力")).json == []
    write(pledge, secretary, (me, "praise", "进步明显"))
    assert [one["text"] for one in pledge.client(me).get("/pledge/api/remarks/own").json] == ["进步明显"]
    assert len(pledge.told("pledge.commented")) == 2
    with pledge.connect() as conn, pytest.raises(Exception, match="entries are kept"):
        conn.execute("DELETE FROM remark")


def test_a_member_reads_the_own_remarks_beside_the_own_progress_and_nobody_else_does(
    pledge: Service, university: University
) -> None:
    """R-072: 对党员落实承诺情况……进行表扬和激励; a member who is not shown it is not encouraged."""
    me, secretary = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = published(pledge, me)
    write(pledge, secretary, (me, "praise", "按月走访，特别突出"))
    own = pledge.client(me).get(f"/pledge/progress/{pledge_id}").text
    assert "按月走访，特别突出" in own
    assert rhythm.named(PERIOD) in own
    for name in ("毛建国", "王一鸣"):
        assert "特别突出" not in pledge.client(university.people[name]).get(f"/pledge/progress/{pledge_id}").text
    write(pledge, secretary, (me, "skipped", "住院"))
    assert "住院" not in pledge.client(me).get(f"/pledge/progress/{pledge_id}").text


def test_who_pledged_later_or_left_is_not_asked_for(pledge: Service, university: University) -> None:
    me, secretary = university.people["尤文静"], university.people["王一鸣"]
    published(pledge, me, at=clock.start_of(rhythm.first_day(PERIOD)) - timedelta(seconds=1))
    before = rhythm.previous(PERIOD)
    published(pledge, university.people["毛建国"])
    seen = {one["name"] for one in overview(pledge, secretary, before).json["lines"]}
    assert seen == ({"尤文静"} if rhythm.year(before) == YEAR else set())
    with pledge.connect() as conn:
        conn.execute("UPDATE person SET active = false WHERE id = %s", [me])
    lines = {one["name"]: one for one in overview(pledge, secretary).json["lines"]}
    assert (lines["尤文静"]["here"], lines["尤文静"]["gap"]) == (False, False)
    assert lines["毛建国"]["gap"]


def test_nobody_remarks_on_oneself_and_members_do_not_remark(pledge: Service, university: University) -> None:
    secretary = university.people["王一鸣"]
    published(pledge, secretary)
    own = write(pledge, secretary, (secretary, "praise", "好"))
    assert (own.status_code, own.json["code"]) == (422, "bad_remarks")
    assert write(pledge, university.people["郑总"], (secretary, "praise", "好")).status_code == 201
    assert write(pledge, university.people["尤文静"], (secretary, "praise", "好")).status_code == 403
    assert overview(pledge, university.people["尤文静"]).status_code == 403
    ahead = rhythm.following(PERIOD)
    assert write(pledge, secretary, period=ahead).json["code"] == "period_ahead"


def test_an_organisation_sums_a_period_up_and_the_workbench_asks_for_it(
    pledge: Service, university: University
) -> None:
    """R-074: 对公开承诺事项落实情况作1次梳理总结"""
    secretary = university.people["王一鸣"]
    published(pledge, university.people["尤文静"])

    def titles() -> set[str]:
        return {one["title"] for one in pledge.client(secretary).get("/pledge/api/tasks").json}

    name = rhythm.named(PERIOD)
    wanted = {f"{name}履诺点评", f"{name}承诺落实情况梳理总结"}
    assert wanted <= titles()
    body = {"organization_id": BRANCH, "period": PERIOD, "text": "三项承诺完成两项"}
    first = pledge.client(secretary).post("/pledge/api/remarks/summaries", json=body)
    again = pledge.client(secretary).post("/pledge/api/remarks/summaries", json=body)
    assert first.json["id"] == again.json["id"]
    write(pledge, secretary, (university.people["尤文静"], "remind", "请抓紧"))
    assert not wanted & titles()
    shown = overview(pledge, secretary).json["summaries"]
    assert [one["text"] for one in shown] == ["三项承诺完成两项"]


def test_a_scheme_may_ask_every_month_or_never(pledge: Service, university: University) -> None:
    """C1: month in S4"""
    published(pledge, university.people["尤文静"])
    month = rhythm.of(clock.today(), "month")
    assert overview(pledge, university.people["王一鸣"], month).json["lines"][0]["gap"]
    with pledge.connect() as conn:
        conn.execute("""UPDATE adoption SET settings = settings || '{"supervision.rhythm": "none"}'""")
    tasks = pledge.client(university.people["王一鸣"]).get("/pledge/api/tasks").json
    assert not [one for one in tasks if "点评" in one["title"] or "梳理" in one["title"]]
    assert overview(pledge, university.people["王一鸣"]).json["wanted"] is False


def asked(pledge: Service, by: UUID) -> dict[str, str]:
    """Give the remarks that the workbench asks for, with the note of each."""
    found = pledge.client(by).get("/pledge/api/tasks").json
    return {one["title"]: one["note"] for one in found if one["title"].endswith("履诺点评")}


def test_who_moves_is_remarked_on_where_the_person_is_now(pledge: Service, university: University) -> None:
    """R-072: 对每名党员; moving between branches, nobody falls between two."""
    people = university.people
    pledge_id = published(pledge, people["尤文静"])
    with pledge.connect() as conn:
        conn.execute("UPDATE person SET organization_id = %s WHERE id = %s", [uid("zjy/jin/xs"), people["尤文静"]])
    (left,) = overview(pledge, people["王一鸣"]).json["lines"]
    assert (left["here"], left["gap"]) == (False, False)
    assert asked(pledge, people["王一鸣"]) == {}
    query = {"organization_id": str(uid("zjy/jin/xs")), "period": PERIOD}
    (line,) = pledge.client(people["赵晓明"]).get("/pledge/api/remarks", query_string=query).json["lines"]
    assert (line["name"], line["gap"], line["pledge_id"]) == ("尤文静", True, pledge_id)
    assert asked(pledge, people["赵晓明"]) == {f"{rhythm.named(PERIOD)}履诺点评": "金融学院学生党支部还有1人没有点评"}
    body = {**query, "remarks": [{"person_id": str(people["尤文静"]), "kind": "praise", "text": "坚持答疑"}]}
    assert pledge.client(people["赵晓明"]).post("/pledge/api/remarks", json=body).status_code == 201
    assert asked(pledge, people["赵晓明"]) == {}
    assert "坚持答疑" in pledge.client(people["尤文静"]).get(f"/pledge/progress/{pledge_id}").text


def test_a_gap_stays_until_it_is_filled_however_old(pledge: Service, university: University) -> None:
    """R-072: nobody is skipped silently."""
    me, secretary = university.people["尤文静"], university.people["王一鸣"]
    oldest = f"{YEAR - 1}Q1"
    published(pledge, me, at=clock.start_of(rhythm.first_day(oldest)), year=YEAR - 1)
    title = f"{rhythm.named(oldest)}履诺点评"
    assert {title, f"{YEAR - 1}年第四季度履诺点评"} <= set(asked(pledge, secretary))
    write(pledge, secretary, (me, "skipped", "当时在外进修"), period=oldest)
    assert title not in asked(pledge, secretary)


def test_those_above_remark_on_the_only_officer_of_a_branch(pledge: Service, university: University) -> None:
    """R-072: nobody is asked to remark on oneself, and nobody is left out for it."""
    people = university.people
    leader = people["李会计"]
    published(pledge, leader)
    assert asked(pledge, leader) == {}
    title = f"{rhythm.named(PERIOD)}履诺点评"
    assert asked(pledge, people["蒋总会"]) == {title: "会计学院教工党支部没有其他负责同志，由上级点评1人"}
    published(pledge, people["王一鸣"])
    assert asked(pledge, people["王一鸣"]) == asked(pledge, people["郑总"]) == {}
    assert asked(pledge, people["区小宁"]) == {title: "金融学院教工党支部还有1人没有点评"}


@pytest.mark.parametrize("beat", ["two_months", "year"])
def test_a_scheme_may_ask_every_two_months_or_once_a_year_by_a_day(
    pledge: Service, university: University, beat: str
) -> None:
    """C1: the rhythm and the day until when are the scheme's."""
    with pledge.connect() as conn:
        rules = {"supervision.rhythm": beat, "supervision.due_day": 25}
        conn.execute("UPDATE adoption SET settings = settings || %s", [Jsonb(rules)])
    published(pledge, university.people["尤文静"])
    period = rhythm.of(clock.today(), beat)
    found = pledge.client(university.people["王一鸣"]).get("/pledge/api/tasks").json
    (task,) = [one for one in found if one["title"] == f"{rhythm.named(period)}履诺点评"]
    assert task["due_on"] == rhythm.last_day(period).replace(day=25).isoformat()
    assert rhythm.named(period) in pledge.client(university.people["王一鸣"]).get("/pledge/remarks/").text
    said = write(pledge, university.people["王一鸣"], (university.people["尤文静"], "praise", "好"), period=period)
    assert said.status_code == 201
