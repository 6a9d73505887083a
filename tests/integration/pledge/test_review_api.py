"""Looking pledges over through the JSON doors."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.integration.pledge.showing import CHECKLIST, decide, returning, verdict
from tests.integration.pledge.writing import YEAR, make, submitted, text
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def case(pledge: Service, person: Any, pledge_id: str) -> dict[str, Any]:
    answer = pledge.client(person).get(f"/pledge/api/pledges/{pledge_id}/reviews")
    assert answer.status_code == 200, answer.json
    return dict(answer.json or {})


def state(pledge: Service, pledge_id: str) -> str:
    with pledge.connect() as conn:
        row = conn.execute(
            "SELECT state FROM pledge_version WHERE pledge_id = %s ORDER BY number DESC LIMIT 1", [pledge_id]
        ).fetchone()
    assert row is not None
    return str(row[0])


def test_the_branch_passes_a_pledge_by_the_scheme_s_standards(pledge: Service, university: University) -> None:
    """R-050 R-051 R-052: reviewer is the branch; all standards of the scheme are ticked."""
    people = university.people
    pledge_id = submitted(pledge, people["尤文静"])
    queue = pledge.client(people["王一鸣"]).get("/pledge/api/reviews").json
    assert [(one["pledge_id"], one["name"]) for one in queue] == [(pledge_id, "尤文静")]
    assert case(pledge, people["王一鸣"], pledge_id)["checklist"] == CHECKLIST
    lacking = decide(pledge, people["王一鸣"], pledge_id, **verdict(met=CHECKLIST[1:]))
    assert (lacking.status_code, lacking.json["code"], len(lacking.json["details"])) == (422, "bad_verdict", 1)
    assert state(pledge, pledge_id) == "submitted"
    assert decide(pledge, people["王一鸣"], pledge_id).status_code == 201
    assert state(pledge, pledge_id) == "approved"
    assert pledge.client(people["王一鸣"]).get("/pledge/api/reviews").json == []


def test_a_pledge_goes_back_only_with_advice_and_every_round_is_kept(pledge: Service, university: University) -> None:
    """R-054 R-055"""
    me, officer = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = submitted(pledge, me)
    bare = decide(pledge, officer, pledge_id, **{**returning(), "advice": " "})
    assert (bare.status_code, bare.json["code"]) == (422, "bad_verdict")
    back = decide(pledge, officer, pledge_id, **returning())
    assert back.status_code == 201
    assert back.json["follow_up_on"] is not None
    (told,) = pledge.told("pledge.returned")
    assert told["data"]["follow_up_on"] == back.json["follow_up_on"]
    assert "请写明" not in str(told["data"])
    tasks = pledge.client(me).get("/pledge/api/tasks").json
    assert ("修改退回的承诺", back.json["follow_up_on"]) in [(one["title"], one["due_on"]) for one in tasks]
    client = pledge.client(me)
    assert client.put(f"/pledge/api/pledges/{pledge_id}", json=text("每月走访寝室2次，帮助3人")).status_code == 200
    assert client.post(f"/pledge/api/pledges/{pledge_id}/submit").status_code == 200
    assert decide(pledge, officer, pledge_id, **verdict(version=2)).status_code == 201
    rounds = case(pledge, me, pledge_id)["rounds"]
    assert [(one["version"], one["passed"], one["advice"]) for one in rounds] == [
        (1, False, "请写明每月几次、帮助几人。"),
        (2, True, ""),
    ]


def test_what_was_sent_back_is_followed_up_by_the_reviewer(pledge: Service, university: University) -> None:
    """R-055: a reminder on the day by which the pledge was to be mended."""
    officer = university.people["王一鸣"]
    pledge_id = submitted(pledge, university.people["尤文静"])
    assert decide(pledge, officer, pledge_id, **returning()).status_code == 201

    def followed() -> list[str]:
        tasks = pledge.client(officer).get("/pledge/api/tasks").json
        return [one["href"] for one in tasks if one["title"] == "跟进退回的承诺"]

    assert followed() == []
    with pledge.connect() as conn:
        conn.execute("ALTER TABLE review DISABLE TRIGGER review_append_only")
        conn.execute("UPDATE review SET follow_up_on = '2020-01-06'")
    assert followed() == [f"/pledge/reviews/{pledge_id}"]


def test_rounds_can_be_neither_changed_nor_deleted(pledge: Service, university: University) -> None:
    """R-054"""
    decide(pledge, university.people["王一鸣"], submitted(pledge, university.people["尤文静"]), **returning())
    for statement in ("UPDATE review SET advice = 'x'", "DELETE FROM review", "TRUNCATE review"):
        with pledge.connect() as conn, pytest.raises(psycopg.errors.RaiseException):
            conn.execute(statement)


def test_nobody_looks_over_the_own_pledge(pledge: Service, university: University) -> None:
    """R-052: a secretary's own goes to another officer or to the superior."""
    secretary = university.people["王一鸣"]
    pledge_id = submitted(pledge, secretary)
    assert decide(pledge, secretary, pledge_id).json["code"] == "own_pledge"
    assert pledge.client(secretary).get("/pledge/api/reviews").json == []
    assert decide(pledge, university.people["区小宁"], pledge_id).status_code == 201
    other = submitted(pledge, university.people["区小宁"])
    assert decide(pledge, university.people["郑总"], other).status_code == 201


def test_the_superior_does_not_take_the_branch_s_step_for_an_ordinary_member(
    pledge: Service, university: University
) -> None:
    pledge_id = submitted(pledge, university.people["尤文静"])
    assert decide(pledge, university.people["郑总"], pledge_id).json["code"] == "branch_reviews"
    for stranger in ("毛建国", "李会计", "蒋总会", "褚纪"):
        assert decide(pledge, university.people[stranger], pledge_id).status_code == 403, stranger
    assert state(pledge, pledge_id) == "submitted"


def test_two_steps_in_turn_by_two_people(service: Callable[[str], Service], university: University) -> None:
    """R-053 C2: branch, then 党总支."""
    university.settings["pledge.review_steps"] = ["branch", "general_branch"]
    pledge, people = service("pledge"), university.people
    pledge_id = submitted(pledge, people["尤文静"])
    assert decide(pledge, people["冯文员"], pledge_id, **verdict(step="general_branch")).status_code == 403
    assert decide(pledge, people["王一鸣"], pledge_id).status_code == 201
    assert state(pledge, pledge_id) == "passed_once"
    stale = decide(pledge, people["冯文员"], pledge_id)
    assert (stale.status_code, stale.json["code"]) == (409, "decided_already")
    assert stale.json["details"] == ["王一鸣已代表党支部审诺：通过。"]
    assert decide(pledge, people["冯文员"], pledge_id, **verdict(step="general_branch")).status_code == 201
    assert state(pledge, pledge_id) == "approved"


def test_one_person_does_not_take_both_steps(service: Callable[[str], Service], university: University) -> None:
    """C2"""
    university.settings["pledge.review_steps"] = ["branch", "general_branch"]
    pledge, people = service("pledge"), university.people
    pledge_id = submitted(pledge, people["王一鸣"])
    assert decide(pledge, people["冯文员"], pledge_id).status_code == 201
    again = decide(pledge, people["冯文员"], pledge_id, **verdict(step="general_branch"))
    assert (again.status_code, again.json["code"]) == (409, "second_pair_of_eyes")
    assert decide(pledge, people["郑总"], pledge_id, **verdict(step="general_branch")).status_code == 201


def test_the_general_branch_alone_where_the_scheme_says_so(
    service: Callable[[str], Service], university: University
) -> None:
    """R-053 C2; a 直属党支部 has the 党委 above it."""
    university.settings["pledge.review_steps"] = ["general_branch"]
    pledge, people = service("pledge"), university.people
    pledge_id = submitted(pledge, people["尤文静"])
    given = verdict(step="general_branch")
    assert decide(pledge, people["王一鸣"], pledge_id, **given).status_code == 403
    assert decide(pledge, people["郑总"], pledge_id, **given).status_code == 201
    direct = submitted(pledge, people["吴书香"])
    assert decide(pledge, people["郑总"], direct, **given).status_code == 403
    assert decide(pledge, people["陈部长"], direct, **given).status_code == 201


def organization_pledge(pledge: Service, by: Any, organization: str) -> str:
    asked = {"method": "座谈会", "dates": "1月", "number": 30, "opinions": "延长开馆", "use": "列入"}
    pledge_id = make(
        pledge, by, form="organization", organization_id=str(uid(organization)),
        text=text("为师生办好3件实事", consultation=asked),
    )  # fmt: skip
    answer = pledge.client(by).post(f"/pledge/api/pledges/{pledge_id}/submit")
    assert answer.status_code == 200, answer.json
    return pledge_id


def test_an_organisation_s_pledge_is_looked_over_by_its_superior(pledge: Service, university: University) -> None:
    """R-052 C2"""
    people, given = university.people, verdict(step="superior")
    branch = organization_pledge(pledge, people["王一鸣"], "zjy/jin/jg")
    assert decide(pledge, people["王一鸣"], branch, **given).status_code == 403
    assert decide(pledge, people["郑总"], branch, **given).status_code == 201
    general = organization_pledge(pledge, people["郑总"], "zjy/jin")
    assert decide(pledge, people["冯文员"], general, **given).status_code == 403
    assert decide(pledge, people["陈部长"], general, **given).status_code == 201
    top = organization_pledge(pledge, people["陈部长"], "zjy")
    assert decide(pledge, people["陈部长"], top, **given).status_code == 201


def test_of_two_reviewers_at_once_the_second_reads_what_the_first_decided(
    pledge: Service, university: University
) -> None:
    """R-054"""
    people = university.people
    pledge_id = submitted(pledge, people["尤文静"])
    given = {"王一鸣": verdict(), "区小宁": returning()}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda name: decide(pledge, people[name], pledge_id, **given[name]), given))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    (late,) = [answer.json for answer in answers if answer.status_code == 409]
    (first,) = case(pledge, people["王一鸣"], pledge_id)["rounds"]
    assert late["code"] == "decided_already"
    name = "王一鸣" if first["passed"] else "区小宁"
    assert late["details"] == [f"{name}已代表党支部审诺：{'通过' if first['passed'] else '退回修改'}。"]


def test_a_text_taken_back_or_unknown_is_not_looked_over(pledge: Service, university: University) -> None:
    me, officer = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = submitted(pledge, me)
    assert pledge.client(me).post(f"/pledge/api/pledges/{pledge_id}/withdraw").status_code == 200
    assert decide(pledge, officer, pledge_id).json["code"] == "not_in_review"
    draft = make(pledge, me)
    assert decide(pledge, officer, draft).json["code"] == "not_in_review"
    assert decide(pledge, officer, str(uid("nothing"))).status_code == 404


def test_the_reviewer_is_told_of_vague_texts_and_of_likes(pledge: Service, university: University) -> None:
    """R-037 R-038"""
    people = university.people
    submitted(pledge, people["毛建国"])
    pledge_id = submitted(pledge, people["尤文静"])
    shown = case(pledge, people["王一鸣"], pledge_id)
    assert [one["name"] for one in shown["likes"]] == ["毛建国"]
    vague = submitted(pledge, people["仇大海"], text={"headline": "努力学习，不断提高"})
    assert case(pledge, people["王一鸣"], vague)["hints"]
    own = case(pledge, people["尤文静"], pledge_id)
    assert (own["open"], own["likes"]) == (False, [])


def test_a_revision_of_a_public_pledge_is_looked_over_anew(pledge: Service, university: University) -> None:
    """R-045"""
    me, officer = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = submitted(pledge, me)
    decide(pledge, officer, pledge_id)
    client = pledge.client(me)
    assert client.put(f"/pledge/api/pledges/{pledge_id}", json=text("每月走访3次")).status_code == 200
    assert decide(pledge, officer, pledge_id, **verdict(version=2)).json["code"] == "not_in_review"
    client.post(f"/pledge/api/pledges/{pledge_id}/submit")
    assert decide(pledge, officer, pledge_id).json["code"] == "decided_already"
    assert decide(pledge, officer, pledge_id, **verdict(version=2)).status_code == 201


def test_rounds_are_read_by_the_pledger_and_officers_alone(pledge: Service, university: University) -> None:
    people = university.people
    pledge_id = submitted(pledge, people["尤文静"], year=YEAR)
    for name, status in {"尤文静": 200, "区小宁": 200, "郑总": 200, "毛建国": 403, "李会计": 403}.items():
        answer = pledge.client(people[name]).get(f"/pledge/api/pledges/{pledge_id}/reviews")
        assert answer.status_code == status, name
