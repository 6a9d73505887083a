"""A branch's pledges with one of everything that can come of a pledge, and an exemption asked for."""

import io
from typing import Any
from uuid import UUID

from shared import clock
from shared.directory import store as directory
from tests.broken_files import workbook
from tests.integration.pledge import appraising
from tests.integration.pledge.writing import YEAR
from tests.services import Service
from tests.university import TENANT, University, uid

SECRETARY, MEMBER, SUPERIOR = uid("T001"), uid("T003"), uid("T041")
BRANCH = str(uid("zjy/jin/jg"))


def pledge(service: Service) -> None:
    """Bring one of every noun of the pledge's life into its tables, through the doors."""
    university = University()
    university.settings["pledge.treatments"] = ["oral", "encouraged", "exempt"]
    with service.connect() as conn:
        directory.save_adoption(conn, TENANT, university.adoption(version=2))
    year, today = YEAR, clock.today().isoformat()
    of_pledge = {"pledge_id": appraising.with_pledge(service, university)}
    _post(service, MEMBER, "difficulties", {**of_pledge, "text": "缺少场地"})
    signed = {"name": "邻居甲", "contact": "13800000000"}
    _post(service, MEMBER, "opinions", {**of_pledge, **signed, "text": "希望答疑放在晚上。"})
    words = {"grounds": "两项承诺逾期未办", "content": "由支部帮助排出时间"}
    _post(service, SECRETARY, "measures/help", {**of_pledge, **words})
    of_person = {"person_id": str(uid("T005")), "year": year}
    _post(service, SECRETARY, "treatments", {**of_person, "kind": "exempt", "reason": "长期住院"})
    where = {"organization_id": str(uid("zjy/jin")), "year": year, "held_on": today, "kind": "random", "size": 1}
    made = _post(service, SUPERIOR, "inspections", {**where, "title": "年中抽查"})
    later = {"text": "没有登记进展", "follow_up": "补登进展", "follow_up_on": f"{year}-12-31"}
    _post(service, SUPERIOR, f"inspections/{made['id']}/observations", {**of_pledge, **later})
    appraisal_id = _appraised(service, of_pledge["pledge_id"])
    facts = {"step": "education", "facts": "全年没有答疑", "reply_by_on": appraising.next_week()}
    _post(service, SECRETARY, f"appraisals/{appraisal_id}/consequences", facts)
    table = workbook(["学工号", "姓名", "年度", "一句话承诺"], ["T004", "毛建国", year, "为群众办实事"])
    sent = {"organization_id": BRANCH, "file": (io.BytesIO(table), "承诺.xlsx")}
    kept = service.client(SECRETARY).post("/pledge/imports/", data=sent, content_type="multipart/form-data")
    assert kept.status_code == 303


def _appraised(service: Service, pledge_id: str) -> str:
    appraising.finish(service, MEMBER, pledge_id)
    assessment_id = appraising.open_(service, SECRETARY)
    appraisal_id = str(appraising.rows(service, SECRETARY, assessment_id)[0]["id"])
    totals = {"source": "peer", "papers": 1, "tellers": "毛建国、方佳", "counts": {appraisal_id: {"好": 1}}}
    paper = _post(service, SECRETARY, f"forms/{assessment_id}/papers", totals)
    _post(service, uid("T002"), f"forms/papers/{paper['id']}/confirm", {})
    said = service.client(SECRETARY).put(f"/pledge/api/appraisals/{appraisal_id}/comment", json=appraising.COMMENT)
    assert said.status_code == 200, said.json
    appraising.closed(service, SECRETARY, assessment_id)
    assert appraising.decide(service, SECRETARY, appraisal_id).status_code == 200
    return appraisal_id


def roster(service: Service) -> None:
    """Ask for an exemption."""
    asked = {"ground": "frail", "reason": "术后卧床", "starts_on": clock.today().isoformat()}
    _post(service, SECRETARY, f"people/{MEMBER}/exemption", asked)


def _post(service: Service, by: UUID, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = service.client(by).post(f"/{service.name}/api/{path}", json=body)
    assert answer.status_code < 300, (path, answer.json)
    return dict(answer.json or {})
