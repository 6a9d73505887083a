"""A round is a year, members and organisations in it; branches of one university follow different schemes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from services.pledge.remark import rhythm
from shared import clock
from shared.directory import store
from tests.integration.pledge import appraising, fulfilling
from tests.integration.pledge.writing import YEAR
from tests.services import Service
from tests.university import TENANT, University, uid

OTHER = "zjy/kuai"
CONSULTED = {"method": "座谈会", "dates": "1月", "number": 30}


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def follows(pledge: Service, university: University, path: str, **settings: Any) -> None:
    """Let an organisation adopt a scheme of its own."""
    own = {**university.adoption(), "organization_id": uid(path), "scheme_id": uuid4()}
    own["settings"] = {**university.settings, **settings}
    with pledge.connect() as conn:
        store.save_adoption(conn, TENANT, own)


def of_branch(pledge: Service, university: University, year: int) -> str:
    """Make the branch's own pledge for a year public; give its id."""
    words = {"headline": f"{year}年办3件实事", "items": [{"content": "修自习室"}], "consultation": CONSULTED}
    place: dict[str, Any] = {"form": "organization", "organization_id": appraising.BRANCH}
    return fulfilling.published(pledge, university.people["王一鸣"], year=year, text=words, **place)


def test_a_year_is_appraised_once_with_members_and_organisation_and_nothing_of_another_year(
    pledge: Service, university: University
) -> None:
    """R-193: 公开承诺、定期考评一般分年度组织实施; R-194: what was pledged 年底 waits for the next year."""
    who = university.people
    mine, ours = fulfilling.published(pledge, who["尤文静"]), of_branch(pledge, university, YEAR)
    fulfilling.published(pledge, who["毛建国"], year=YEAR + 1)
    of_branch(pledge, university, YEAR + 1)
    assessment_id = appraising.open_(pledge, who["王一鸣"])
    rows = appraising.rows(pledge, who["王一鸣"], assessment_id)
    assert [(row["pledge_id"], row["person_id"]) for row in rows] == [(ours, None), (mine, str(who["尤文静"]))]
    again = {"organization_id": appraising.BRANCH, "kind": "yearly", "year": YEAR}
    refused = pledge.client(who["王一鸣"]).post("/pledge/api/assessments", json=again)
    assert refused.json["code"] == "already_assessed"
    late = fulfilling.published(pledge, who["仇大海"])
    added = pledge.client(who["王一鸣"]).post(f"/pledge/api/assessments/{assessment_id}/refresh").json
    assert added == {"added": 1}
    assert late in {row["pledge_id"] for row in appraising.rows(pledge, who["王一鸣"], assessment_id)}


def test_branches_of_one_university_are_supervised_and_appraised_each_by_the_own_scheme(
    pledge: Service, university: University
) -> None:
    """R-195: 分类别、分层次; C1 C6 C7 C8: rhythm, ladder, sources and appraiser of one do not bind the other."""
    who = university.people
    rules = {
        "supervision.rhythm": "month", "supervision.due_day": 25, "supervision.ladder": ["help", "criticism"],
        "appraisal.appraiser": "general_branch", "appraisal.sources": ["self", "organization"],
    }  # fmt: skip
    follows(pledge, university, OTHER, **rules)
    theirs = fulfilling.published(pledge, who["周账清"])
    ours = fulfilling.published(pledge, who["尤文静"])
    today = clock.today()
    month, quarter = rhythm.of(today, "month"), rhythm.of(today, "quarter")
    assert remarks(pledge, who["李会计"]) == {f"{rhythm.named(month)}履诺点评": rhythm.due_on(month, 25).isoformat()}
    assert remarks(pledge, who["王一鸣"]) == {f"{rhythm.named(quarter)}履诺点评": rhythm.due_on(quarter, 0).isoformat()}

    def criticise(by: UUID, pledge_id: str) -> str:
        body = {"pledge_id": pledge_id, "kind": "criticism", "grounds": "逾期未办", "skip_reason": "群众反映强烈"}
        answer = pledge.client(by).post("/pledge/api/measures", json=body)
        return str(answer.json.get("code", answer.status_code))

    assert criticise(who["蒋总会"], theirs) == "201"
    assert criticise(who["郑总"], ours) == "not_on_ladder"
    body = {"organization_id": str(uid("zjy/kuai/jg")), "kind": "yearly", "year": YEAR, "invited": 30}
    inside = pledge.client(who["李会计"]).post("/pledge/api/assessments", json=body)
    assert inside.json["code"] == "appraised_from_above"
    above = pledge.client(who["蒋总会"]).post("/pledge/api/assessments", json=body)
    assert (above.status_code, above.json["invited"]) == (201, 0), "the masses are not asked there"
    assert appraising.open_(pledge, who["王一鸣"], invited=30)


def test_a_new_scheme_of_the_year_after_leaves_the_year_before_as_it_ran(
    pledge: Service, university: University
) -> None:
    """R-195 R-193: an occasion keeps the scheme under which it was opened."""
    who = university.people
    _, _, appraisal_id = appraising.decidable(pledge, university)
    with pledge.connect() as conn:
        changed = {"appraisal.scale": ["满意", "不满意"], "appraisal.appraiser": "general_branch"}
        conn.execute(
            """
            INSERT INTO adoption
                (tenant_id, organization_id, version, scheme_id, scheme_version, name, document, settings)
            SELECT tenant_id, organization_id, version + 1, scheme_id, scheme_version + 1, name, document,
                   settings || %s FROM adoption
            """,
            [Jsonb(changed)],
        )
    assert appraising.decide(pledge, who["王一鸣"], appraisal_id, grade="满意").json["code"] == "not_decidable"
    assert appraising.decide(pledge, who["王一鸣"], appraisal_id, grade="较好", reason="说到做到").status_code == 200


def remarks(pledge: Service, by: UUID) -> dict[str, str]:
    """Give the remarks that the workbench asks for, with the day of each."""
    found = pledge.client(by).get("/pledge/api/tasks").json
    return {one["title"]: one["due_on"] for one in found if one["title"].endswith("履诺点评")}
