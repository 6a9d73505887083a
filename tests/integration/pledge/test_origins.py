"""Where a matter comes from and which programme it belongs to, kept with the matter in every later text."""

from collections.abc import Callable
from typing import Any

from tests.integration.pledge.writing import YEAR, make
from tests.services import Service
from tests.university import University, uid

CONSULTATION = {"method": "座谈会", "dates": "1月上旬", "number": 20}


def items(service: Service, by: Any, pledge_id: str) -> list[dict[str, Any]]:
    answer = service.client(by).get(f"/pledge/api/pledges/{pledge_id}")
    assert answer.status_code == 200
    return list((answer.json or {})["versions"][0]["items"])


def test_a_matter_keeps_its_origin_and_its_programme(service: Callable[[str], Service], university: University) -> None:
    """R-047, R-049: from the list of what is to be put right, for a window or a brand; also after it was rewritten."""
    pledge, member = service("pledge"), university.people["尤文静"]
    matter = {"content": "报销窗口一次办结", "origin": "整改清单第3项", "tags": ["窗口", "服务水平"]}
    pledge_id = make(pledge, member, text={"headline": "让同事少跑一趟", "items": [matter]})
    (first,) = items(pledge, member, pledge_id)
    assert (first["origin"], first["tags"]) == ("整改清单第3项", ["窗口", "服务水平"])
    changed = {"headline": "让同事一趟办完", "items": [{**first, "content": "报销、借款一次办结"}]}
    assert pledge.client(member).put(f"/pledge/api/pledges/{pledge_id}", json=changed).status_code == 200
    (second,) = items(pledge, member, pledge_id)
    assert second == {**first, "content": "报销、借款一次办结"}


def test_an_organisation_s_matters_say_which_task_or_problem_they_answer(
    service: Callable[[str], Service], university: University
) -> None:
    """R-196."""
    pledge, secretary = service("pledge"), university.people["王一鸣"]
    matters = [{"content": f"解决{origin}", "origin": origin} for origin in ("重点任务", "突出问题")]
    text = {"headline": f"{YEAR}年办好两件实事", "items": matters, "consultation": CONSULTATION}
    pledge_id = make(
        pledge, secretary, text=text, form="organization", organization_id=str(uid("zjy/jin/jg"))
    )  # fmt: skip
    assert [one["origin"] for one in items(pledge, secretary, pledge_id)] == ["重点任务", "突出问题"]
