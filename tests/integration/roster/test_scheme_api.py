"""Schemes in versions: drafted, published, then never changed (R-281, R-282)."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.client import Client
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def roster(service: Callable[[str], Service]) -> Service:
    made = service("roster")
    with made.connect() as conn:
        conn.execute("DELETE FROM adoption")
    return made


@pytest.fixture
def department(roster: Service, university: University) -> Client:
    return roster.client(university.people["陈部长"])


def copied(client: Client, **changes: Any) -> Any:
    body = {
        "name": "示例学院2026",
        "preset": "zky2013",
        "number": "示党〔2026〕1号",
        "title": "关于评选的通知",
        **changes,
    }
    return client.post("/roster/api/schemes", json=body)


def at(draft: dict[str, Any], more: str = "") -> str:
    return f"/roster/api/schemes/{draft['scheme_id']}/versions/{draft['version']}{more}"


def test_a_scheme_of_one_s_own_begins_as_a_draft_of_another(department: Client) -> None:
    answer = copied(department)
    assert (answer.status_code, answer.json["state"], answer.json["version"]) == (201, "draft", 1)
    assert answer.json["document"] == {"number": "示党〔2026〕1号", "title": "关于评选的通知", "on": None}
    assert answer.json["settings"]["ballot.ratio"]["value"] == "15/100"


def test_a_draft_changes_setting_by_setting(department: Client) -> None:
    draft = copied(department).json
    entry = {"after.notice_days": {"value": 0, "source": "“适时公布”。", "open": True}}
    body = {"title": "关于评选的通知", "on": "2026-03-01", "settings": entry}
    changed = department.patch(at(draft), json=body)
    assert changed.json["settings"]["after.notice_days"] == {"value": 0, "source": "“适时公布”。", "open": True}
    assert changed.json["settings"]["ballot.ratio"]["value"] == "15/100"
    assert changed.json["document"]["on"] == "2026-03-01"


def test_a_draft_with_impossible_values_is_refused(department: Client) -> None:
    draft = copied(department).json
    settings = {"ballot.ratio": {"value": "2"}, "after.notice_days": {"value": -1}}
    refused = department.patch(at(draft), json={"settings": settings})
    assert (refused.json["code"], len(refused.json["details"])) == ("settings_invalid", 2)
    assert (
        department.patch(at(draft), json={"settings": {"no.such": {"open": True}}}).json["code"] == "settings_invalid"
    )


def test_a_draft_cannot_be_adopted_and_what_is_published_never_changes(roster: Service, department: Client) -> None:
    draft = copied(department).json
    adoption = {"organization_id": str(uid("zjy")), "scheme_id": draft["scheme_id"], "version": 1}
    assert department.post("/roster/api/adoptions", json=adoption).json["code"] == "version_draft"
    assert department.post(at(draft, "/publish")).json["state"] == "published"
    assert department.post(at(draft, "/publish")).status_code == 200
    assert department.post("/roster/api/adoptions", json=adoption).status_code == 201
    assert department.patch(at(draft), json={"settings": {}}).json["code"] == "version_published"
    assert department.delete(at(draft)).json["code"] == "version_published"
    with pytest.raises(psycopg.errors.RaiseException), roster.connect() as conn:
        conn.execute("UPDATE scheme_version SET document_title = 'x' WHERE state = 'published'")


def test_the_next_version_begins_where_the_last_ended_and_one_draft_is_enough(department: Client) -> None:
    draft = copied(department).json
    again = f"/roster/api/schemes/{draft['scheme_id']}/versions"
    assert department.post(again).json["code"] == "draft_exists"
    department.post(at(draft, "/publish"))
    second = department.post(again).json
    assert (second["version"], second["state"]) == (2, "draft")
    assert department.delete(at(second)).status_code == 204
    assert department.get(at(second)).json["code"] == "scheme_not_found"
    assert department.post(again).json["version"] == 2


def test_a_scheme_without_a_document_is_not_published(department: Client) -> None:
    """R-281"""
    draft = copied(department, title="").json
    assert department.post(at(draft, "/publish")).json["code"] == "document_needed"


def test_presets_and_adaptations_have_no_drafts(department: Client) -> None:
    top = department.post("/roster/api/adoptions", json={"organization_id": str(uid("zjy")), "preset": "zky2013"}).json
    below = department.post(
        "/roster/api/adoptions", json={"organization_id": str(uid("zjy/jin")), "changes": {"meeting.report_days": 4}}
    ).json
    codes = [department.post(f"/roster/api/schemes/{each['scheme_id']}/versions").json["code"] for each in (top, below)]
    assert codes == ["preset_fixed", "adaptation_fixed"]


def test_a_copy_needs_exactly_one_basis(department: Client) -> None:
    assert copied(department, preset=None).status_code == 422
    assert copied(department, scheme_id=str(uid("x")), version=1).status_code == 422


def test_everybody_reads_and_only_the_department_writes(
    roster: Service, department: Client, university: University
) -> None:
    draft = copied(department).json
    member = roster.client(university.people["钱多"])
    listed = member.get("/roster/api/schemes").json
    assert [preset["code"] for preset in listed["presets"]] == ["jskd2012", "yjep", "zcx2010", "zjy2013", "zky2013"]
    assert [scheme["name"] for scheme in listed["schemes"]] == ["示例学院2026"]
    assert member.get(at(draft)).status_code == 200
    assert member.get("/roster/api/presets/zjy2013").json["document"]["number"] == "浙金院党〔2013〕11号"
    assert copied(member).status_code == 403
    assert roster.client(university.people["郑总"]).post(at(draft, "/publish")).status_code == 403
