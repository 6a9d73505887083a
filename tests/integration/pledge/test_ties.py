"""A member's matter that serves one of an organisation's, read from both sides."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.pledge.showing import decide, published, show, verdict
from tests.integration.pledge.writing import YEAR, make, submitted, text
from tests.services import Service
from tests.university import University, uid

ASKED = {"method": "座谈会", "dates": "1月", "number": 30, "opinions": "延长开馆", "use": "列入"}


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def organization_s(pledge: Service, university: University, by: str, place: str, reviewer: str) -> tuple[str, str]:
    """Publish the pledge of an organisation; give its id and that of its only matter."""
    people = university.people
    words = text("为学生办好实事", items=[{"content": f"{place}建好学生之家"}], consultation=ASKED)
    pledge_id = submitted(pledge, people[by], form="organization", organization_id=str(uid(place)), text=words)
    answer = decide(pledge, people[reviewer], pledge_id, **verdict(step="superior"))
    assert answer.status_code == 201, answer.json
    assert show(pledge, people[by], pledge_id).status_code == 201
    item = pledge.client(people[by]).get(f"/pledge/api/pledges/{pledge_id}").json["versions"][0]["items"][0]
    return pledge_id, item["item_id"]


def serving(item_id: str, content: str = "每周在学生之家值班1次") -> dict[str, Any]:
    return text(items=[{"content": content, "linked_item_id": item_id}])


def test_an_organisation_s_pledge_lists_the_members_matters_that_serve_it(
    pledge: Service, university: University
) -> None:
    """R-046: from both sides, once the member's is public."""
    people = university.people
    theirs, item_id = organization_s(pledge, university, "王一鸣", "zjy/jin/jg", "郑总")
    make(pledge, people["毛建国"], text=serving(item_id, "还没有公示的"))
    mine = published(pledge, people["尤文静"], people["王一鸣"], text=serving(item_id))
    client = pledge.client(people["仇大海"])
    found = client.get(f"/pledge/api/pledges/{theirs}").json["serving"]
    assert [(one["served_id"], one["pledge_id"], one["name"]) for one in found] == [(item_id, mine, "尤文静")]
    page = client.get(f"/pledge/pledges/{theirs}").text
    assert "1项承诺与之对应" in page
    assert "还没有公示的" not in page
    assert "对应党组织承诺：zjy/jin/jg建好学生之家" in client.get(f"/pledge/pledges/{mine}").text


def test_a_matter_is_tied_to_the_own_line_of_organisations_alone(pledge: Service, university: University) -> None:
    """R-046"""
    people = university.people
    _, above = organization_s(pledge, university, "郑总", "zjy/jin", "陈部长")
    _, aside = organization_s(pledge, university, "吴书香", "zjy/tsg", "陈部长")
    make(pledge, people["尤文静"], text=serving(above))
    offered = pledge.client(people["毛建国"]).get(f"/pledge/pledges/new?year={YEAR}").text
    assert "金融学院党总支：zjy/jin建好学生之家" in offered
    assert aside not in offered
    for wrong in (aside, str(uid("no item"))):
        body = {"text": serving(wrong), "year": YEAR}
        refused = pledge.client(people["毛建国"]).post("/pledge/api/pledges", json=body)
        assert refused.status_code == 422
        assert refused.json["details"] == ["第1项所对应的党组织承诺事项，本组织及其上级没有公示过。"]


def test_a_tie_outlives_a_revision_that_drops_the_organisation_s_matter(
    pledge: Service, university: University
) -> None:
    """R-045 R-046"""
    people = university.people
    theirs, item_id = organization_s(pledge, university, "王一鸣", "zjy/jin/jg", "郑总")
    mine = make(pledge, people["尤文静"], text=serving(item_id))
    words = text("为学生办好实事", items=[{"content": "另一件"}], consultation=ASKED, reason="任务调整")
    pledge.client(people["王一鸣"]).put(f"/pledge/api/pledges/{theirs}", json=words)
    pledge.client(people["王一鸣"]).post(f"/pledge/api/pledges/{theirs}/submit")
    assert decide(pledge, people["郑总"], theirs, **verdict(step="superior", version=2)).status_code == 201
    assert show(pledge, people["王一鸣"], theirs).status_code == 201
    assert pledge.client(people["尤文静"]).put(f"/pledge/api/pledges/{mine}", json=serving(item_id)).status_code == 200
