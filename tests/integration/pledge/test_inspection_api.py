"""Inspections by a superior: random samples, what was found, what followed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from services.pledge.inspection import sample
from shared import clock
from tests.integration.pledge.fulfilling import published
from tests.integration.pledge.writing import YEAR
from tests.services import Service
from tests.university import University, uid

GENERAL = str(uid("zjy/jin"))


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def inspect(pledge: Service, by: UUID, **changes: Any) -> Any:
    body = {
        "organization_id": GENERAL, "kind": "random", "title": "年中抽查", "year": YEAR,
        "held_on": clock.today().isoformat(), "size": 2, **changes,
    }  # fmt: skip
    return pledge.client(by).post("/pledge/api/inspections", json=body)


def test_a_sample_is_drawn_once_and_anybody_draws_it_again(pledge: Service, university: University) -> None:
    """R-078: 随机抽查"""
    people = university.people
    inside = {published(pledge, people[name]) for name in ("尤文静", "毛建国", "钱多")}
    published(pledge, people["周账清"])
    inspection_id = inspect(pledge, people["郑总"]).json["id"]
    shown = pledge.client(people["郑总"]).get(f"/pledge/api/inspections/{inspection_id}").json
    assert set(shown["listed"]) == inside
    listed = [UUID(one) for one in shown["listed"]]
    assert [UUID(one) for one in shown["drawn"]] == sample.draw(shown["seed"], listed, 2)
    downloaded = pledge.client(people["郑总"]).get(f"/pledge/inspections/{inspection_id}/list.txt").text
    assert (downloaded, sample.digest(listed)) == (sample.listed(listed), shown["digest"])
    with pledge.connect() as conn, pytest.raises(Exception, match="entries are kept"):
        conn.execute("UPDATE inspection SET seed = 'x'")


def test_what_was_found_is_put_right_by_the_branch(pledge: Service, university: University) -> None:
    """R-078: findings, follow-up"""
    superior, branch, other = (university.people[name] for name in ("郑总", "王一鸣", "赵晓明"))
    pledge_id = published(pledge, university.people["尤文静"])
    inspection_id = inspect(pledge, superior, size=1).json["id"]
    path = f"/pledge/api/inspections/{inspection_id}"
    assert pledge.client(branch).get(path).status_code == 403
    found = {"pledge_id": pledge_id, "text": "没有登记进展", "follow_up": "补登进展", "follow_up_on": f"{YEAR}-12-31"}
    assert pledge.client(branch).post(f"{path}/observations", json=found).status_code == 403
    observation = pledge.client(superior).post(f"{path}/observations", json=found)
    assert observation.status_code == 201, observation.json
    pledge.client(superior).post(f"{path}/observations", json={"text": "总体较好"})
    seen = pledge.client(branch).get(path).json
    assert ([one["text"] for one in seen["observations"]], seen["seed"]) == (["没有登记进展"], "")
    assert "落实督查提出的整改" in [one["title"] for one in pledge.client(branch).get("/pledge/api/tasks").json]
    result = f"/pledge/api/inspections/observations/{observation.json['id']}/result"
    assert pledge.client(other).post(result, json={"result": "已补"}).status_code == 403
    assert pledge.client(branch).post(result, json={"result": "已补登"}).json["result"] == "已补登"
    assert pledge.client(branch).post(result, json={"result": "再次"}).json["code"] == "nothing_to_follow"
    assert [one["id"] for one in pledge.client(branch).get("/pledge/api/inspections").json] == [inspection_id]


def test_symposia_are_recorded_and_a_sample_needs_a_list(pledge: Service, university: University) -> None:
    """R-078: 召开座谈会、经常性督查"""
    superior = university.people["郑总"]
    assert inspect(pledge, superior, kind="symposium", title="座谈会", size=0).status_code == 201
    refused = inspect(pledge, superior, size=0, held_on="2999-01-01")
    assert refused.json["details"] == [
        "检查日期不能晚于今天。",
        "请写明抽取几份。",
        "所辖党组织本年度还没有已公示的承诺，无从抽取。",
    ]
    assert inspect(pledge, university.people["王一鸣"], kind="symposium").status_code == 403
    assert inspect(pledge, university.people["蒋总会"], kind="symposium").status_code == 403
