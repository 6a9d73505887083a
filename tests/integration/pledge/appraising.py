"""Occasions of 评诺 brought as far as tests need them, through the doors."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from shared import clock
from tests.integration.pledge.showing import published
from tests.integration.pledge.writing import YEAR
from tests.services import Service
from tests.university import University, uid

BRANCH = str(uid("zjy/jin/jg"))
COMMENT = {
    "source": "organization",
    "achievements": "答疑坚持全年",
    "problems": "寝室走访偏少",
    "direction": "多听学生意见",
}


def open_(service: Service, by: UUID, /, **changes: Any) -> str:
    """Open an occasion in the branch; give its id."""
    body = {"organization_id": BRANCH, "kind": "yearly", "year": YEAR, **changes}
    answer = service.client(by).post("/pledge/api/assessments", json=body)
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def with_pledge(service: Service, university: University, name: str = "尤文静") -> str:
    """Bring a member's pledge onto the wall; give its id."""
    return published(service, university.people[name], university.people["王一鸣"])


def finish(service: Service, by: UUID, pledge_id: str, state: str = "done") -> None:
    """Report a final state of every matter."""
    for item_id in items(service, by, pledge_id):
        body = {"item_id": item_id, "state": state, "reason": "" if state == "done" else "场地未落实"}
        answer = service.client(by).post(f"/pledge/api/progress/{pledge_id}", json=body)
        assert answer.status_code < 300, answer.json


def items(service: Service, by: UUID, pledge_id: str) -> list[str]:
    """Give the ids of a pledge's matters."""
    pledge = service.client(by).get(f"/pledge/api/pledges/{pledge_id}").json
    return [one["item_id"] for one in pledge["versions"][0]["items"]]


def rows(service: Service, by: UUID, assessment_id: str) -> list[dict[str, Any]]:
    """Give the appraisals of an occasion."""
    answer = service.client(by).get(f"/pledge/api/assessments/{assessment_id}")
    assert answer.status_code == 200, answer.json
    return list(answer.json["rows"])


def take(service: Service, by: UUID, assessment_id: str) -> dict[str, Any]:
    """Take a member's form."""
    answer = service.client(by).post(f"/pledge/api/forms/{assessment_id}/take")
    assert answer.status_code == 200, answer.json
    return dict(answer.json or {})


def answer(service: Service, assessment_id: str, form: dict[str, Any], grade: str = "好", text: str = "") -> Any:
    """Hand in a form as nobody, with the same grade on every line that has it."""
    choices = {one["key"]: grade for one in form["questions"] if grade in one["choices"]}
    body = {"source": form["source"], "token": form["token"], "choices": choices, "text": text}
    return service.client().post(f"/pledge/api/forms/{assessment_id}/answers", json=body)


def closed(service: Service, by: UUID, assessment_id: str) -> None:
    """Take no more forms."""
    assert service.client(by).post(f"/pledge/api/assessments/{assessment_id}/close-forms").status_code == 200


def decidable(service: Service, university: University, **changes: Any) -> tuple[str, str, str]:
    """Bring a member's pledge so far that it can be decided; give pledge, occasion and appraisal."""
    secretary, member = university.people["王一鸣"], university.people["尤文静"]
    pledge_id = with_pledge(service, university)
    finish(service, member, pledge_id)
    assessment_id = open_(service, secretary, **changes)
    appraisal_id = rows(service, secretary, assessment_id)[0]["id"]
    said = service.client(secretary).put(f"/pledge/api/appraisals/{appraisal_id}/comment", json=COMMENT)
    assert said.status_code == 200, said.json
    closed(service, secretary, assessment_id)
    return pledge_id, assessment_id, appraisal_id


def decide(service: Service, by: UUID, appraisal_id: str, **changes: Any) -> Any:
    """Give the answer to a decision."""
    return service.client(by).post(f"/pledge/api/appraisals/{appraisal_id}/decide", json={"grade": "好", **changes})


def next_week() -> str:
    """Give a day by which somebody may reply."""
    return (clock.today() + timedelta(days=7)).isoformat()
