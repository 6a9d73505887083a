"""Where the 党总支 appraises (江苏开大2012), and where nobody in the university stands above."""

import re
from collections.abc import Callable

import pytest

from shared import clock
from tests.integration.pledge import appraising, fulfilling
from tests.integration.pledge.showing import published
from tests.integration.pledge.writing import YEAR
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    university.settings["appraisal.appraiser"] = "general_branch"
    return service("pledge")


def test_the_general_branch_finds_the_instant_pledges_below_it(pledge: Service, university: University) -> None:
    """R-093 C7: 即时承诺可一事一评, by the 党总支, also one of the year before; the branch is not offered it."""
    who = university.people
    old = published(
        pledge, who["尤文静"], who["王一鸣"], kind="instant", trigger="task", trigger_text="迎新周", year=YEAR - 1
    )
    above, inside = (pledge.client(who[name]).get("/pledge/assessments/").text for name in ("郑总", "王一鸣"))
    assert "迎新周" in above
    assert "迎新周" not in inside
    assert "开始一次评诺" not in inside
    form = above[above.index('id="instant"') :]
    sent = dict(re.findall(r'name="(organization_id|kind|year)" value="([^"]+)"', form))
    opened = pledge.client(who["郑总"]).post("/pledge/assessments/", data={**sent, "pledge_ids": old})
    assert opened.status_code == 303
    assert "迎新周" not in pledge.client(who["郑总"]).get("/pledge/assessments/").text
    (row,) = appraising.rows(pledge, who["郑总"], opened.headers["Location"].rpartition("/")[2])
    assert (row["pledge_id"], sent["year"]) == (old, str(YEAR - 1))


def of_committee(pledge: Service, university: University) -> str:
    """Make the 党委's own pledge public; give its id."""
    asked = {"method": "座谈会", "dates": "1月", "number": 30}
    words = {"headline": "全年办10件实事", "items": [{"content": "修图书馆"}], "consultation": asked}
    place = str(uid("zjy"))
    return fulfilling.published(
        pledge, university.people["陈部长"], form="organization", organization_id=place, text=words
    )


def test_what_the_outside_superior_wrote_decides_on_the_committee_s_own_pledge(
    pledge: Service, university: University
) -> None:
    """R-090 R-190 C2: 上级 is outside the system; title, number and day of its document are entered."""
    department = university.people["陈部长"]
    pledge_id = of_committee(pledge, university)
    appraising.finish(pledge, department, pledge_id)
    assessment_id = appraising.open_(pledge, department, organization_id=str(uid("zjy")))
    (row,) = appraising.rows(pledge, department, assessment_id)
    asked = [one["title"] for one in pledge.client(department).get("/pledge/api/tasks").json]
    assert any("还有1份承诺没有评定" in title for title in asked)
    said = pledge.client(department).put(f"/pledge/api/appraisals/{row['id']}/comment", json=appraising.COMMENT)
    assert said.status_code == 200
    appraising.closed(pledge, department, assessment_id)
    bare = appraising.decide(pledge, department, row["id"])
    assert (bare.status_code, bare.json["code"]) == (409, "not_decidable")
    assert bare.json["details"] == ["本组织的上级不在本系统中，请按上级文件登记，写明文件名称、文号和日期。"]
    document = {"outside_document": "关于表彰的通报（示例委〔2013〕9号）", "outside_on": clock.today().isoformat()}
    assert "上级文件的名称和文号" in pledge.client(department).get(f"/pledge/appraisals/{row['id']}").text
    decided = appraising.decide(pledge, department, row["id"], **document)
    assert (decided.status_code, decided.json["outside_document"]) == (200, document["outside_document"])
    assert "示例委〔2013〕9号" in pledge.client(department).get(f"/pledge/appraisals/{row['id']}").text
    assert pledge.client(department).get(f"/pledge/api/pledges/{pledge_id}").json["state"] == "closed"


def test_who_has_a_superior_in_the_system_cannot_enter_its_document(pledge: Service, university: University) -> None:
    """R-090 C2: the branch does not decide on its own pledge with a piece of paper."""
    who = university.people
    asked = {"method": "座谈会", "dates": "1月", "number": 30}
    words = {"headline": "全年办3件实事", "items": [{"content": "修自习室"}], "consultation": asked}
    pledge_id = fulfilling.published(
        pledge, who["王一鸣"], form="organization", organization_id=appraising.BRANCH, text=words
    )
    appraising.finish(pledge, who["王一鸣"], pledge_id)
    assessment_id = appraising.open_(pledge, who["郑总"])
    (row,) = appraising.rows(pledge, who["郑总"], assessment_id)
    pledge.client(who["郑总"]).put(f"/pledge/api/appraisals/{row['id']}/comment", json=appraising.COMMENT)
    appraising.closed(pledge, who["郑总"], assessment_id)
    document = {"outside_document": "通报（1号）", "outside_on": clock.today().isoformat()}
    assert appraising.decide(pledge, who["王一鸣"], row["id"], **document).status_code == 403
    assert appraising.decide(pledge, who["郑总"], row["id"], **document).json["code"] == "not_decidable"
    assert appraising.decide(pledge, who["郑总"], row["id"]).status_code == 200
