"""The 党员身份 on the registration form, where an older scheme names one that the form does not know (R-172)."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.evaluation.voting import Voting
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def branch(service: Callable[[str], Service], university: University) -> Voting:
    university.settings["after.identities"] = {"leader": "领导干部", "staff": "行政人员", "student": "学生"}
    return Voting(service("evaluation"))


def won(branch: Voting) -> dict[str, Any]:
    branch.called()
    branch.counted({"T003": 7})
    return branch.awards()[0]


def choose(branch: Voting, award: dict[str, Any], identity: str, who: str = "T001") -> Any:
    return branch.post(who, f"awards/{award['award_id']}/verification", {"identity": identity})


def test_the_award_waits_until_people_have_chosen_what_the_form_writes(branch: Voting) -> None:
    """R-172"""
    award = won(branch)
    assert (award["state"], award["identity"]) == ("elected", "")
    assert branch.service.told("award.verified") == []
    for who in ("T001", "T051"):
        assert "一项当选资格须由人办理" in [one["title"] for one in branch.get(who, "tasks").json]
    found = branch.get("T001", f"awards/{award['award_id']}/verification").json
    assert (found["waits"], found["identity"], found["obstacles"]) == (True, "", [])
    assert branch.post("T001", f"awards/{award['award_id']}/verification", {}).json["state"] == "elected"
    assert choose(branch, award, "行政人员").status_code == 422
    assert choose(branch, award, "教师", who="T003").status_code == 403
    assert choose(branch, award, "教师").json["state"] == "verified"
    assert branch.service.told("award.verified")[0]["data"]["identity"] == "教师"
    assert branch.awards()[0]["identity"] == "教师"


def test_an_identity_is_chosen_once(branch: Voting) -> None:
    """R-172: what is wrong then is corrected in the filing."""
    award = won(branch)
    with branch.service.connect() as conn:
        conn.execute("UPDATE award SET identity = '学生'")
    assert choose(branch, award, "教师").json["code"] == "identity_known"
    assert branch.awards()[0]["identity"] == "学生"


def test_the_page_offers_the_three_identities(branch: Voting) -> None:
    """R-172"""
    href = f"/evaluation/awards/{won(branch)['award_id']}/verification"
    client = branch.service.client(uid("T001"))
    page = client.get(href).get_data(as_text=True)
    assert "登记表的党员身份" in page
    assert all(f'value="{one}"' in page for one in ("教师", "学生", "离退休同志"))
    assert client.post(href, data={"identity": "离退休同志"}).headers["Location"].endswith("/path")
    assert branch.awards()[0]["state"] == "verified"
    assert "登记表的党员身份" not in client.get(href).get_data(as_text=True)
