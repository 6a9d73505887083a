"""Where the 党总支 appraises (江苏开大2012), and where nobody in the university stands above."""

import re
from collections.abc import Callable

import pytest

from tests.integration.pledge import appraising
from tests.integration.pledge.showing import published
from tests.integration.pledge.writing import YEAR
from tests.services import Service
from tests.university import University


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
