"""Who pledged together is remarked on, reminded and appraised one by one."""

from collections.abc import Callable

import pytest

from services.pledge.remark import rhythm
from shared import clock
from tests.integration.pledge import appraising
from tests.integration.pledge.appraising import BRANCH, COMMENT
from tests.integration.pledge.showing import published
from tests.integration.pledge.writing import YEAR, text
from tests.services import Service
from tests.university import University

PERIOD = rhythm.of(clock.today(), "quarter")


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def together(pledge: Service, university: University) -> str:
    """Bring a pledge of 尤文静 and 仇大海 onto the wall."""
    who = university.people
    other = {"person_id": str(who["仇大海"]), "name": "仇大海"}
    return published(pledge, who["尤文静"], who["王一鸣"], form="group", text=text(authors=[other]))


def opened(pledge: Service, university: University) -> dict[str, str]:
    """Open the yearly occasion; give the appraisals by name."""
    secretary = university.people["王一鸣"]
    assessment_id = appraising.open_(pledge, secretary)
    found = {row["name"]: row["id"] for row in appraising.rows(pledge, secretary, assessment_id)}
    appraising.closed(pledge, secretary, assessment_id)
    return found


def test_each_sees_only_what_was_said_of_oneself(pledge: Service, university: University) -> None:
    """R-098 R-101: the words on a colleague of the same pledge and reasons for saying nothing stay where they were."""
    who = university.people
    together(pledge, university)
    remarks = [
        {"person_id": str(who["尤文静"]), "kind": "praise", "text": "组织得力"},
        {"person_id": str(who["仇大海"]), "kind": "skipped", "text": "正在住院治疗"},
    ]
    body = {"organization_id": BRANCH, "period": PERIOD, "remarks": remarks}
    assert pledge.client(who["王一鸣"]).post("/pledge/api/remarks", json=body).status_code == 201
    found = opened(pledge, university)
    for name, expected in (("尤文静", ["组织得力"]), ("仇大海", [])):
        for reader in (name, "王一鸣"):
            seen = pledge.client(who[reader]).get(f"/pledge/api/appraisals/{found[name]}").json
            assert [remark["text"] for remark in seen["remarks"]] == expected


def test_a_pledge_made_together_gives_each_an_appraisal_and_ends_with_the_last(
    pledge: Service, university: University
) -> None:
    """R-033 R-091 R-094: 对每个党员落实承诺情况作1次综合评议"""
    who = university.people
    pledge_id = together(pledge, university)
    appraising.finish(pledge, who["尤文静"], pledge_id)
    found = opened(pledge, university)
    assert set(found) == {"尤文静", "仇大海"}
    secretary, other = pledge.client(who["王一鸣"]), pledge.client(who["仇大海"])
    own = f"/pledge/api/appraisals/{found['仇大海']}"
    assert other.put(f"{own}/self", json={"text": "负责场地", "grade": "好"}).status_code == 200
    assert other.get(f"/pledge/api/appraisals/{found['尤文静']}").status_code == 403
    assert found["仇大海"] in other.get(f"/pledge/pledges/{pledge_id}").text
    assert found["尤文静"] not in other.get(f"/pledge/pledges/{pledge_id}").text
    for name, state in (("尤文静", "open"), ("仇大海", "closed")):
        secretary.put(f"/pledge/api/appraisals/{found[name]}/comment", json=COMMENT)
        assert appraising.decide(pledge, who["王一鸣"], found[name]).status_code == 200
        assert secretary.get(f"/pledge/api/pledges/{pledge_id}").json["state"] == state
    assert {one["data"]["person_id"] for one in pledge.told("pledge.appraised")} == {
        str(who["尤文静"]), str(who["仇大海"]),
    }  # fmt: skip
    assert other.get(f"/pledge/appraisals/{found['仇大海']}/sheet.pdf").status_code == 200


def test_each_is_asked_for_progress_until_one_reports(pledge: Service, university: University) -> None:
    """R-033 R-073: what was promised together is owed by each, and reported once."""
    who = university.people
    other = {"person_id": str(who["仇大海"]), "name": "仇大海"}
    late = {**text(authors=[other]), "items": [{"content": "布置实训室", "due_on": f"{YEAR - 1}-12-20"}]}
    pledge_id = published(pledge, who["尤文静"], who["王一鸣"], form="group", text=late)

    def asked(name: str) -> list[str]:
        found = pledge.client(who[name]).get("/pledge/api/tasks").json
        return [task["href"].partition("#")[0] for task in found if task["title"].startswith("登记履诺进度")]

    assert asked("尤文静") == asked("仇大海") == [f"/pledge/progress/{pledge_id}"]
    assert asked("毛建国") == []
    appraising.finish(pledge, who["仇大海"], pledge_id)
    assert asked("尤文静") == asked("仇大海") == []
