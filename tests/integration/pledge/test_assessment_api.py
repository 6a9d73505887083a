"""An occasion of 评诺 from its opening to the public result, through the JSON doors."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from services.pledge.assessment import participation
from services.pledge.assessment.domain import Source
from services.pledge.assessment.participation import Participation
from shared.directory import store as directory
from tests.integration.pledge import appraising
from tests.integration.pledge.appraising import BRANCH, COMMENT
from tests.integration.pledge.showing import published
from tests.integration.pledge.writing import YEAR, submitted
from tests.services import Service
from tests.university import University


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def test_a_year_is_appraised_from_the_own_words_to_the_public_result(pledge: Service, university: University) -> None:
    """R-090 R-091 R-094 R-096 R-098 R-099 R-101 R-102"""
    who = university.people
    secretary, member = pledge.client(who["王一鸣"]), pledge.client(who["尤文静"])
    pledge_id = appraising.with_pledge(pledge, university)
    assessment_id = appraising.open_(pledge, who["王一鸣"])
    (row,) = appraising.rows(pledge, who["王一鸣"], assessment_id)
    place = f"/pledge/api/appraisals/{row['id']}"
    (item_id,) = appraising.items(pledge, who["尤文静"], pledge_id)
    own = {"matters": {item_id: "每周三晚答疑，共36次"}, "text": "按承诺做到", "grade": "较好"}
    assert member.put(f"{place}/self", json=own).status_code == 200
    refused = pledge.client(who["王一鸣"]).post(f"{place}/decide", json={"grade": "好"})
    assert (refused.status_code, refused.json["code"]) == (409, "not_decidable")
    assert refused.json["details"] == [
        "还有1项承诺没有结果：每周为考研学生答疑1次。",
        "评议表还在收取，请先停止收表。",
        "还没有党组织考评或领导点评。",
    ]
    appraising.finish(pledge, who["尤文静"], pledge_id)
    for name in ("毛建国", "方佳", "文思远"):
        form = appraising.take(pledge, who[name], assessment_id)
        assert appraising.answer(pledge, assessment_id, form, "较好").status_code == 200
    assert secretary.put(f"{place}/comment", json=COMMENT).status_code == 200
    before = member.get(place).json
    assert (before["comments"], before["counts"], before["own"]["text"]) == ([], [], "按承诺做到")
    appraising.closed(pledge, who["王一鸣"], assessment_id)
    decided = appraising.decide(pledge, who["王一鸣"], row["id"], grade="较好")
    assert (decided.status_code, decided.json["done"], decided.json["total"]) == (200, 1, 1)
    seen = member.get(place).json
    assert seen["comments"][0]["problems"] == "寝室走访偏少"
    assert {one["source"]: (one["people"], one["said"]) for one in seen["counts"]}["peer"] == (3, {"较好": 3})
    assert member.post(f"{place}/reply", json={"text": "接受，今后多走访"}).status_code == 200
    (told,) = pledge.told("pledge.appraised")
    assert (told["data"]["grade"], told["data"]["done"], told["data"]["person_id"]) == ("较好", 1, str(who["尤文静"]))
    assert member.get(f"/pledge/api/pledges/{pledge_id}").json["state"] == "closed"
    wide = secretary.post(f"/pledge/api/assessments/{assessment_id}/publish", json={"scope": "public"})
    assert (wide.status_code, wide.json["code"]) == (409, "not_publishable")
    assert (
        secretary.post(f"/pledge/api/assessments/{assessment_id}/publish", json={"scope": "branch"}).status_code == 200
    )
    results = f"/pledge/api/assessments/{assessment_id}/results"
    assert [(one["name"], one["grade"]) for one in member.get(results).json] == [("尤文静", "较好")]
    assert pledge.client(who["李会计"]).get(results).status_code == 404
    assert pledge.client().get(results).status_code == 404


def test_nothing_is_decided_twice_nor_by_whom_it_concerns(pledge: Service, university: University) -> None:
    """R-090"""
    who = university.people
    _, _, appraisal_id = appraising.decidable(pledge, university)
    own = appraising.decide(pledge, who["尤文静"], appraisal_id)
    assert own.status_code == 403
    assert appraising.decide(pledge, who["李会计"], appraisal_id).status_code == 403
    assert appraising.decide(pledge, who["王一鸣"], appraisal_id, grade="优").json["code"] == "not_decidable"
    assert appraising.decide(pledge, who["王一鸣"], appraisal_id).status_code == 200
    again = appraising.decide(pledge, who["王一鸣"], appraisal_id)
    assert (again.status_code, again.json["code"]) == (409, "appraisal_decided")
    assert len(pledge.told("pledge.appraised")) == 1


def test_a_secretary_does_not_appraise_the_own_pledge(pledge: Service, university: University) -> None:
    who = university.people
    published(pledge, who["王一鸣"], who["区小宁"])
    assessment_id = appraising.open_(pledge, who["王一鸣"])
    (row,) = appraising.rows(pledge, who["王一鸣"], assessment_id)
    refused = pledge.client(who["王一鸣"]).put(f"/pledge/api/appraisals/{row['id']}/comment", json=COMMENT)
    assert (refused.status_code, refused.json["code"]) == (403, "own_pledge")
    assert (
        pledge.client(who["区小宁"]).put(f"/pledge/api/appraisals/{row['id']}/comment", json=COMMENT).status_code == 200
    )


def test_the_year_is_opened_once_and_an_extra_round_at_any_time(pledge: Service, university: University) -> None:
    """R-091 R-103: an extra round does not end a pledge."""
    who = university.people
    empty = pledge.client(who["王一鸣"]).post(
        "/pledge/api/assessments", json={"organization_id": BRANCH, "kind": "yearly", "year": YEAR}
    )
    assert empty.json["code"] == "nothing_to_appraise"
    pledge_id, _, appraisal_id = appraising.decidable(pledge, university, kind="extra", title="七一前评议")
    assert appraising.decide(pledge, who["王一鸣"], appraisal_id).status_code == 200
    assert pledge.client(who["尤文静"]).get(f"/pledge/api/pledges/{pledge_id}").json["state"] == "open"
    appraising.open_(pledge, who["王一鸣"])
    again = pledge.client(who["王一鸣"]).post(
        "/pledge/api/assessments", json={"organization_id": BRANCH, "kind": "yearly", "year": YEAR}
    )
    assert (again.status_code, again.json["code"]) == (409, "already_assessed")


def test_an_instant_pledge_is_appraised_alone_and_not_again_in_the_year(
    pledge: Service, university: University
) -> None:
    """R-093"""
    who = university.people
    instant = published(pledge, who["尤文静"], who["王一鸣"], kind="instant", trigger="task", trigger_text="迎新周")
    annual = appraising.with_pledge(pledge, university, "毛建国")
    alone = appraising.open_(pledge, who["王一鸣"], kind="instant", pledge_ids=[instant])
    yearly = appraising.open_(pledge, who["王一鸣"])
    assert [row["pledge_id"] for row in appraising.rows(pledge, who["王一鸣"], alone)] == [instant]
    assert [row["pledge_id"] for row in appraising.rows(pledge, who["王一鸣"], yearly)] == [annual]
    later = appraising.with_pledge(pledge, university, "方佳")
    added = pledge.client(who["王一鸣"]).post(f"/pledge/api/assessments/{yearly}/refresh")
    assert added.json == {"added": 1}
    assert later in {row["pledge_id"] for row in appraising.rows(pledge, who["王一鸣"], yearly)}


def test_where_the_scheme_says_so_the_general_branch_appraises(
    service: Callable[[str], Service], university: University
) -> None:
    """R-090 C7"""
    university.settings["appraisal.appraiser"] = "general_branch"
    pledge, who = service("pledge"), university.people
    appraising.with_pledge(pledge, university)
    body = {"organization_id": BRANCH, "kind": "yearly", "year": YEAR}
    refused = pledge.client(who["王一鸣"]).post("/pledge/api/assessments", json=body)
    assert (refused.status_code, refused.json["code"]) == (403, "appraised_from_above")
    assert appraising.open_(pledge, who["郑总"])


def test_a_scheme_with_leaders_comments_takes_no_organisation_s(
    service: Callable[[str], Service], university: University
) -> None:
    """R-092 C6"""
    university.settings["appraisal.sources"] = ["self", "leader"]
    pledge, who = service("pledge"), university.people
    appraising.with_pledge(pledge, university)
    (row,) = appraising.rows(pledge, who["王一鸣"], appraising.open_(pledge, who["王一鸣"]))
    place = f"/pledge/api/appraisals/{row['id']}/comment"
    assert pledge.client(who["王一鸣"]).put(place, json=COMMENT).json["code"] == "source_not_asked"
    assert pledge.client(who["王一鸣"]).put(place, json={**COMMENT, "source": "leader"}).status_code == 200
    short = pledge.client(who["王一鸣"]).put(place, json={**COMMENT, "source": "leader", "problems": ""})
    assert short.status_code == 422


def test_an_officer_enters_the_own_words_of_who_cannot(pledge: Service, university: University) -> None:
    """R-012 R-094"""
    who = university.people
    appraising.with_pledge(pledge, university)
    (row,) = appraising.rows(pledge, who["王一鸣"], appraising.open_(pledge, who["王一鸣"]))
    place = f"/pledge/api/appraisals/{row['id']}/self"
    bare = pledge.client(who["王一鸣"]).put(place, json={"text": "本人说都做到了"})
    assert (bare.status_code, bare.json["code"]) == (422, "entry_needs_reason")
    entered = {"text": "本人说都做到了", "entry_reason": "电话口述"}
    assert pledge.client(who["王一鸣"]).put(place, json=entered).status_code == 200
    assert pledge.client(who["毛建国"]).put(place, json=entered).status_code == 403
    strange = pledge.client(who["尤文静"]).put(place, json={"matters": {"x": "没有这一项"}})
    assert strange.json["code"] == "unknown_matter"


def test_every_member_whom_a_year_leaves_out_is_named_with_the_reason(pledge: Service, university: University) -> None:
    """R-091: 对每个党员落实承诺情况作1次综合评议; the missing, the unpublished and the exempt are seen."""
    who = university.people
    exempting = {**university.settings, "pledge.treatments": ["oral", "exempt"]}
    with pledge.connect() as conn:
        directory.save_adoption(conn, university.tenant_id, {**university.adoption(version=2), "settings": exempting})
    appraising.with_pledge(pledge, university)
    submitted(pledge, who["毛建国"])
    assessment_id = appraising.open_(pledge, who["王一鸣"])
    left = {one["name"]: one["why"] for one in shown(pledge, who["王一鸣"], assessment_id)["uncovered"]}
    assert left["毛建国"] == "承诺没有公示，或已另行评定"
    assert (left["仇大海"], left["郑总"]) == ("没有承诺", "免予参加")
    assert {"尤文静", "韩群众"}.isdisjoint(left)
    page = pledge.client(who["王一鸣"]).get(f"/pledge/assessments/{assessment_id}").text
    assert f"未列入评诺的党员{len(left)}人" in page
    assert shown(pledge, who["尤文静"], assessment_id)["uncovered"] == []
    assert "仇大海" not in pledge.client(who["尤文静"]).get(f"/pledge/assessments/{assessment_id}").text


def shown(pledge: Service, by: UUID, assessment_id: str) -> Any:
    return pledge.client(by).get(f"/pledge/api/assessments/{assessment_id}").json


def test_the_rate_counts_paper_too_and_more_forms_than_people_are_shown(
    pledge: Service, university: University
) -> None:
    """R-095: 努力扩大参与面; page and confirmed paper together, of those who were invited."""
    who = university.people
    appraising.with_pledge(pledge, university)
    secretary = pledge.client(who["王一鸣"])
    assessment_id = appraising.open_(pledge, who["王一鸣"], invited=7)
    (row,) = appraising.rows(pledge, who["王一鸣"], assessment_id)
    totals = {"source": "mass", "papers": "6", "tellers": "钱多、孙丽", f"n|{row['id']}|好": "6"}
    place = f"/pledge/assessments/{assessment_id}"
    assert secretary.post(f"/pledge/forms/{assessment_id}/papers", data=totals).status_code == 303

    more = secretary.post(f"/pledge/forms/{assessment_id}/papers", data={**totals, "papers": "2"})
    assert "合计多于邀请的7人" in more.text

    def mass() -> Any:
        parts = shown(pledge, who["王一鸣"], assessment_id)["participation"]
        return next(one for one in parts if one["source"] == "mass")

    assert (mass()["people"], mass()["unconfirmed"], mass()["rate"]) == (0, 6, "0.0%")
    found = pledge.client(who["区小宁"]).get(f"/pledge/forms/{assessment_id}/papers").text
    confirm = re.search(r"/pledge/forms/papers/[^/]+/confirm", found)
    assert confirm
    assert pledge.client(who["区小宁"]).post(confirm[0]).status_code == 303
    assert (mass()["people"], mass()["rate"], mass()["excess"]) == (6, "85.7%", 0)
    assert "参评率85.7%" in secretary.get(place).text
    assert "<span>6／7</span>" in secretary.get(place).text
    secretary.post(f"{place}/invite", data={"invited": "5"})
    assert mass()["excess"] == 1
    assert "比应参加的多1份" in secretary.get(place).text


def test_the_bar_and_the_rate_count_of_the_same_number(
    pledge: Service, university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-014, R-095: an exempt member who takes part counts in both."""
    who = university.people
    appraising.with_pledge(pledge, university)
    assessment_id = appraising.open_(pledge, who["王一鸣"], invited=7)
    monkeypatch.setattr(participation, "of", lambda *_: [Participation(Source.PEER, 9, 0, 0, 0, asked=8, able=9)])
    page = pledge.client(who["王一鸣"]).get(f"/pledge/assessments/{assessment_id}").text
    assert "<span>9／9</span>" in page
    assert "参评率100.0%" in page
