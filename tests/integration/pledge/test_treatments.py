"""Who need not pledge: asked for by the branch, decided above, taken back; windows set from above."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from shared.directory import store as directory
from tests.client import Answer
from tests.integration.pledge.writing import YEAR
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    university.settings["pledge.treatments"] = ["oral", "encouraged", "exempt"]
    return service("pledge")


def apply(pledge: Service, by: UUID, **changes: object) -> Answer:
    body = {"person_id": str(uid("T005")), "year": YEAR, "kind": "exempt", "reason": "长期住院", **changes}
    return pledge.client(by).post("/pledge/api/treatments", json=body)


def test_an_exemption_works_from_the_superior_s_consent_on(pledge: Service, university: University) -> None:
    """R-014: effective only after consent; exempted members leave the denominators"""
    officer, above = pledge.client(university.people["王一鸣"]), pledge.client(university.people["郑总"])

    def exempt() -> int:
        return int(officer.get("/pledge/api/coverage", query_string={"year": YEAR}).json["total"]["exempt"])

    before = exempt()
    made = apply(pledge, university.people["王一鸣"])
    assert (made.status_code, made.json["state"]) == (201, "applied")
    assert exempt() == before
    assert "审批免予参加和鼓励办理的申请（1件）" in above.get("/pledge/tasks").text
    path = f"/pledge/api/treatments/{made.json['id']}/decide"
    assert officer.post(path, json={"consents": True}).status_code == 403
    assert above.post(path, json={"consents": False}).json["code"] == "refusal_needs_advice"
    assert above.post(path, json={"consents": True}).json["state"] == "consented"
    assert above.post(path, json={"consents": False, "advice": "不合"}).json["code"] == "already_decided"
    assert exempt() == before + 1
    other = pledge.client(university.people["蒋总会"])
    assert other.get(f"/pledge/treatments/{made.json['id']}").status_code == 403


def test_the_reason_is_sealed_and_every_reading_leaves_a_line(pledge: Service, university: University) -> None:
    """R-014: need-to-know"""
    made = apply(pledge, university.people["王一鸣"])
    assert "reason" not in made.json
    with pledge.connect() as conn:
        kept = conn.execute("SELECT reason FROM treatment").fetchone()
    assert kept is not None
    assert "住院" not in kept[0]
    path = f"/pledge/treatments/{made.json['id']}"
    assert "长期住院" in pledge.client(university.people["郑总"]).get(path).text
    for stranger in ("仇大海", "李会计", "褚纪"):
        assert pledge.client(university.people[stranger]).get(path).status_code == 403
    with pledge.connect() as conn:
        lines = conn.execute("SELECT person_id FROM audit WHERE act = 'treatment.read'").fetchall()
    assert lines == [(university.people["郑总"],)]
    assert "长期住院" not in pledge.client(university.people["王一鸣"]).get(f"/pledge/treatments/?year={YEAR}").text


def test_who_is_encouraged_to_other_work_is_no_gap(pledge: Service, university: University) -> None:
    """R-013 C16"""
    officer = pledge.client(university.people["王一鸣"])
    form = {"person_id": str(uid("T005")), "year": YEAR, "kind": "encouraged", "reason": "年迈"}
    assert officer.post("/pledge/treatments/", data=form).status_code == 422
    assert officer.post("/pledge/treatments/", data={**form, "work": "为学生讲校史"}).status_code == 303
    assert "为学生讲校史" in officer.get(f"/pledge/treatments/?year={YEAR}").text
    assert apply(pledge, university.people["王一鸣"]).json["code"] == "already_treated"
    (row,) = officer.get("/pledge/api/treatments", query_string={"year": YEAR}).json
    assert officer.post(f"/pledge/treatments/{row['id']}/withdraw").status_code == 303
    assert apply(pledge, university.people["王一鸣"]).status_code == 201


def test_the_department_sets_a_deadline_for_all_below(pledge: Service, university: University) -> None:
    """R-031 R-044 R-194"""
    department, member = pledge.client(university.people["陈部长"]), pledge.client(university.people["尤文静"])
    body = {"organization_id": str(uid("zjy")), "year": YEAR, "opens_on": f"{YEAR}-08-18", "closes_on": f"{YEAR}-08-31",
            "document": "浙创先发〔2010〕18号"}  # fmt: skip
    assert member.put("/pledge/api/rounds", json=body).status_code == 403
    assert department.put("/pledge/api/rounds", json=body).status_code == 200
    assert f"{YEAR}年8月31日" in member.get(f"/pledge/rounds/?year={YEAR}").text
    narrower = {**body, "organization_id": str(uid("zjy/jin")), "closes_on": f"{YEAR}-08-25"}
    assert pledge.client(university.people["郑总"]).post("/pledge/rounds/", data=narrower).status_code == 303
    seen = member.get("/pledge/api/rounds", query_string={"year": YEAR}).json
    assert seen["closes_on"] == f"{YEAR}-08-25"
    wrong = department.put("/pledge/api/rounds", json={**body, "closes_on": f"{YEAR}-01-01"})
    assert (wrong.status_code, wrong.json["code"]) == (422, "bad_round")
    gone = {"organization_id": str(uid("zjy/jin")), "year": YEAR}
    assert department.post("/pledge/api/rounds/drop", json=gone).status_code == 204
    assert department.post("/pledge/api/rounds/drop", json=gone).status_code == 404
    assert member.get("/pledge/api/rounds", query_string={"year": YEAR}).json["closes_on"] == f"{YEAR}-08-31"


@pytest.mark.parametrize(
    ("top", "below", "status", "numbers"),
    [
        (["oral"], None, "missing", (0, 0)),
        (["oral", "exempt"], None, "exempt", (1, 1)),
        (["exempt"], ["oral"], "missing", (0, 0)),
        (["oral"], ["exempt"], "exempt", (1, 1)),
    ],
)
def test_the_roster_exempts_only_where_the_scheme_in_force_knows_exemptions(
    service: Callable[[str], Service], university: University, top: list[str], below: list[str] | None, status: str,
    numbers: tuple[int, int],
) -> None:  # fmt: skip
    """C16 R-014: 郑总 is exempt by the roster; the nearest adoption says whether that counts."""
    university.settings["pledge.treatments"] = top
    pledge = service("pledge")
    if below is not None:
        own = {**university.adoption(), "organization_id": uid("zjy/jin"), "scheme_id": uid("own scheme")}
        with pledge.connect() as conn:
            directory.save_adoption(
                conn, university.tenant_id, {**own, "settings": {**university.settings, "pledge.treatments": below}}
            )

    def covered(name: str) -> Any:
        client = pledge.client(university.people[name])
        return client.get("/pledge/api/coverage", query_string={"year": YEAR}).json

    branch = covered("王一鸣")
    assert [one["status"] for one in branch["people"] if one["name"] == "郑总"] == [status]
    assert (branch["total"]["exempt"], covered("陈部长")["total"]["exempt"]) == numbers


def test_encouraged_work_waits_for_consent_where_exemptions_are_known(pledge: Service, university: University) -> None:
    """R-013 R-014 C16"""
    made = apply(pledge, university.people["王一鸣"], kind="encouraged", work="讲校史")
    assert made.json["state"] == "applied"
    path = f"/pledge/api/treatments/{made.json['id']}/decide"
    assert pledge.client(university.people["郑总"]).post(path, json={"consents": True}).json["state"] == "consented"
