"""Help, criticism, rectification: decisions of people, in order, after a hearing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared import clock
from shared.directory import store as directory
from tests.integration.pledge.fulfilling import published
from tests.services import Service
from tests.university import TENANT, University, uid


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    university.settings["supervision.ladder"] = ["help", "criticism", "rectify", "announce"]
    return service("pledge")


def propose(pledge: Service, by: UUID, pledge_id: str, kind: str, **changes: Any) -> Any:
    body = {"pledge_id": pledge_id, "kind": kind, "grounds": "两项承诺逾期未办", "content": "党总支范围", **changes}
    return pledge.client(by).post("/pledge/api/measures", json=body)


def act(pledge: Service, by: UUID, measure_id: str, what: str, **body: Any) -> Any:
    return pledge.client(by).post(f"/pledge/api/measures/{measure_id}/{what}", json=body)


def help_given(pledge: Service, by: UUID, pledge_id: str) -> Any:
    body = {"pledge_id": pledge_id, "grounds": "答疑次数不够", "content": "由区小宁帮助排出时间"}
    return pledge.client(by).post("/pledge/api/measures/help", json=body)


def test_the_branch_reminds_and_helps_and_only_those_concerned_read_it(pledge: Service, university: University) -> None:
    """R-073: 对没有按时完成承诺事项的，及时进行提醒和帮助"""
    people = university.people
    pledge_id = published(pledge, people["尤文静"])
    assert help_given(pledge, people["区小宁"], pledge_id).json["state"] == "decided"
    query = {"pledge_id": pledge_id}
    (mine,) = pledge.client(people["尤文静"]).get("/pledge/api/measures", query_string=query).json
    assert mine["content"] == "由区小宁帮助排出时间"
    assert pledge.client(people["毛建国"]).get("/pledge/api/measures", query_string=query).status_code == 403
    with pledge.connect() as conn:
        (sealed,) = conn.execute("SELECT sealed FROM measure").fetchone() or (b"",)
        pledge.client(people["王一鸣"]).get("/pledge/api/measures", query_string=query)
        noted = conn.execute("SELECT count(*) FROM audit WHERE act = 'measure.read'").fetchone()
    assert "区小宁".encode() not in bytes(sealed)
    assert noted == (1,)


def test_the_superior_criticises_after_help_and_a_hearing(pledge: Service, university: University) -> None:
    """R-075: 上级党组织进行通报批评; the member is heard first."""
    me, branch, superior = (university.people[name] for name in ("尤文静", "王一鸣", "郑总"))
    pledge_id = published(pledge, me)
    assert propose(pledge, branch, pledge_id, "criticism").status_code == 403
    early = propose(pledge, superior, pledge_id, "criticism")
    assert (early.json["code"], early.json["details"]) == ("rung_skipped", ["尚未采取：提醒和帮助。"])
    help_given(pledge, branch, pledge_id)
    made = propose(pledge, superior, pledge_id, "criticism")
    assert (made.status_code, made.json["state"]) == (201, "proposed")
    measure_id = made.json["id"]
    assert act(pledge, superior, measure_id, "decision", decision="通报批评").json["code"] == "not_heard"
    titles = [one["title"] for one in pledge.client(me).get("/pledge/api/tasks").json]
    assert "一项督促措施请您陈述意见" in titles
    assert act(pledge, branch, measure_id, "decision", decision="通报批评").status_code == 403
    assert act(pledge, me, measure_id, "reply", reply="住院两个月").json["state"] == "heard"
    assert act(pledge, superior, measure_id, "decision", decision="通报批评").json["state"] == "decided"
    assert act(pledge, superior, measure_id, "drop", reason="改变决定").json["code"] == "already_decided"
    shown = pledge.client(me).get(f"/pledge/api/measures/{measure_id}").json
    assert (shown["reply"], shown["decision"]) == ("住院两个月", "通报批评")


def test_a_measure_is_dropped_after_the_hearing(pledge: Service, university: University) -> None:
    me, superior = university.people["尤文静"], university.people["郑总"]
    pledge_id = published(pledge, me)
    measure_id = propose(pledge, superior, pledge_id, "criticism", skip_reason="群众反映强烈").json["id"]
    act(pledge, me, measure_id, "reply", waived=True)
    assert act(pledge, superior, measure_id, "drop", reason="查明系病假").json["state"] == "dropped"


def test_what_is_to_be_put_right_has_a_term_and_an_acceptance(pledge: Service, university: University) -> None:
    """R-075 R-079: 责令限期整改, with a date and a check"""
    me, superior = university.people["尤文静"], university.people["郑总"]
    pledge_id = published(pledge, me)
    measure_id = propose(pledge, superior, pledge_id, "rectify", skip_reason="群众反映强烈").json["id"]
    assert act(pledge, superior, measure_id, "reply", reply="接受").json["code"] == "reply_needs_source"
    act(pledge, superior, measure_id, "reply", reply="本人口头表示接受", source="电话中口述")
    own = act(pledge, superior, measure_id, "decision", decision="限期整改", due_on=clock.today().isoformat())
    assert own.json["code"] == "second_person"
    superior = university.people["冯文员"]
    assert act(pledge, superior, measure_id, "decision", decision="限期整改").json["code"] == "needs_term"
    term = (clock.today() + timedelta(days=30)).isoformat()
    assert act(pledge, superior, measure_id, "decision", decision="限期整改", due_on=term).json["due_on"] == term
    assert "落实承诺的整改" in [one["title"] for one in pledge.client(me).get("/pledge/api/tasks").json]
    waiting = [one["title"] for one in pledge.client(superior).get("/pledge/api/tasks").json]
    assert "一项限期整改等待验收" in waiting
    assert act(pledge, superior, measure_id, "acceptance", passed=True, result="已补办").json["state"] == "accepted"
    again = act(pledge, superior, measure_id, "acceptance", passed=False, result="再验")
    assert again.json["code"] == "nothing_to_accept"


def of_branch(pledge: Service, university: University) -> str:
    """Make the branch's own pledge public; give its id."""
    asked = {"method": "座谈会", "dates": "1月", "number": 30}
    words = {"headline": "全年办3件实事", "items": [{"content": "修自习室"}], "consultation": asked}
    place = str(uid("zjy/jin/jg"))
    return published(pledge, university.people["王一鸣"], form="organization", organization_id=place, text=words)


def test_an_organisation_is_pursued_by_its_superior_only(pledge: Service, university: University) -> None:
    """R-075: 对不按时完成承诺事项的党组织; its own officers are asked, and only they waive."""
    branch, superior = university.people["王一鸣"], university.people["郑总"]
    pledge_id = of_branch(pledge, university)
    skip = {"skip_reason": "群众反映强烈"}
    assert propose(pledge, branch, pledge_id, "announce", **skip).status_code == 403
    made = propose(pledge, superior, pledge_id, "announce", **skip)
    assert made.status_code == 201
    asked = {name: tasks(pledge, university.people[name]) for name in ("王一鸣", "区小宁", "郑总", "尤文静")}
    wanted = "一项督促措施请您陈述意见"
    assert [name for name, titles in asked.items() if wanted in titles] == ["王一鸣", "区小宁"]
    assert act(pledge, superior, made.json["id"], "reply", waived=True).json["code"] == "only_self_waives"
    assert act(pledge, branch, made.json["id"], "reply", waived=True).json["waived"] is True
    assert "一项督促措施等待决定" in tasks(pledge, superior)
    (told,) = pledge.told("measure.proposed")
    assert told["data"]["person_id"] is None


def test_who_leads_both_the_branch_and_the_general_branch_takes_no_measure_on_the_branch(
    pledge: Service, university: University
) -> None:
    """R-075: 上级党组织: nobody decides on an organisation for which the same person answers."""
    pledge_id, both = of_branch(pledge, university), university.people["郑总"]
    facts = {"person_id": both, "organization_id": uid("zjy/jin/jg"), "role": "secretary", "version": 1}
    days = {"starts_on": clock.today(), "ends_on": None}
    with pledge.connect() as conn:
        directory.save_position(conn, TENANT, {**facts, **days, "position_id": uid("both")})
    refused = propose(pledge, both, pledge_id, "announce", skip_reason="群众反映强烈")
    assert refused.json["code"] == "own_measure"
    assert "提出督促措施" not in pledge.client(both).get(f"/pledge/measures/?pledge_id={pledge_id}").text
    other = university.people["冯文员"]
    measure_id = propose(pledge, other, pledge_id, "announce", skip_reason="群众反映强烈").json["id"]
    assert act(pledge, both, measure_id, "reply", waived=True).json["waived"] is True
    decided = act(pledge, both, measure_id, "decision", decision="通报", announcement="已要求补办")
    assert decided.json["code"] == "own_measure"


def tasks(pledge: Service, by: UUID) -> list[str]:
    return [one["title"] for one in pledge.client(by).get("/pledge/api/tasks").json]


def test_what_is_announced_is_read_by_all_of_the_branch_and_nothing_else(
    pledge: Service, university: University
) -> None:
    """R-075: 并把情况向党员群众进行通报; only the words decided for it, not what is sealed."""
    people = university.people
    pledge_id = of_branch(pledge, university)
    measure_id = propose(pledge, people["郑总"], pledge_id, "announce", skip_reason="群众反映强烈").json["id"]
    act(pledge, people["王一鸣"], measure_id, "reply", reply="经费未到")
    bare = act(pledge, people["郑总"], measure_id, "decision", decision="在支部大会通报")
    assert bare.json["code"] == "needs_announcement"
    words = "自习室修缮逾期，已要求9月底前完成。"
    act(pledge, people["郑总"], measure_id, "decision", decision="在支部大会通报", announcement=words)
    (told,) = pledge.told("measure.decided")
    assert words not in str(told)
    for name in ("尤文静", "韩群众", "郑总"):
        (shown,) = pledge.client(people[name]).get("/pledge/api/measures/announcements").json
        assert (shown["words"], shown["organization"]) == (words, "金融学院教工党支部")
        page = pledge.client(people[name]).get("/pledge/measures/announcements").text
        assert words in page
        assert "经费未到" not in page
    assert pledge.client(people["李会计"]).get("/pledge/api/measures/announcements").json == []


def test_a_scheme_that_stops_at_help_knows_no_criticism(pledge: Service, university: University) -> None:
    """C8: S0 and S3 stop at 提醒和帮助"""
    with pledge.connect() as conn:
        conn.execute("""UPDATE adoption SET settings = settings || '{"supervision.ladder": ["help"]}'""")
    pledge_id = published(pledge, university.people["尤文静"])
    refused = propose(pledge, university.people["郑总"], pledge_id, "criticism", skip_reason="原因")
    assert refused.json["code"] == "not_on_ladder"
