"""What follows a poor appraisal: in order, heard, decided by another, seen by few."""

from collections.abc import Callable

import pytest

from tests.integration.pledge import appraising
from tests.services import Service
from tests.university import University


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def test_education_comes_before_handling_and_the_member_is_heard_first(pledge: Service, university: University) -> None:
    """R-100"""
    who = university.people
    _, _, appraisal_id = appraising.decidable(pledge, university)
    secretary, deputy = pledge.client(who["王一鸣"]), pledge.client(who["区小宁"])
    member, above = pledge.client(who["尤文静"]), pledge.client(who["郑总"])
    place = f"/pledge/api/appraisals/{appraisal_id}/consequences"
    body = {"step": "education", "facts": "全年没有答疑", "reply_by_on": appraising.next_week()}
    early = secretary.post(place, json={**body, "step": "handling"})
    assert early.json["details"] == ["评定以后才能提出。", "经批评教育、拒不改正的，才能提出组织处理。"]
    appraising.decide(pledge, who["王一鸣"], appraisal_id)
    made = secretary.post(place, json=body)
    assert made.status_code == 201, made.json
    one = f"/pledge/api/consequences/{made.json['id']}"
    carried = {"carried": True, "decision": "由支部书记谈话"}
    assert secretary.post(f"{one}/decide", json=carried).json["code"] == "another_decides"
    assert deputy.post(f"{one}/decide", json=carried).json["code"] == "not_heard_yet"
    assert member.get(one).json["facts"] == "全年没有答疑"
    assert pledge.client(who["毛建国"]).get(one).status_code == 403
    assert member.post(f"{one}/hear", json={"text": "住院半年"}).status_code == 200
    assert member.post(f"{one}/hear", json={"text": "再补充"}).json["code"] == "heard_already"
    assert deputy.post(f"{one}/decide", json=carried).json["state"] == "decided"
    handling = secretary.post(place, json={**body, "step": "handling"}).json
    two = f"/pledge/api/consequences/{handling['id']}"
    heard = {"text": "没有意见", "entry_reason": "当面口述"}
    assert deputy.post(f"{two}/hear", json={"text": "没有意见"}).json["code"] == "entry_needs_reason"
    assert deputy.post(f"{two}/hear", json=heard).status_code == 200
    assert deputy.post(f"{two}/decide", json=carried).json["code"] == "handled_from_above"
    assert above.post(f"{two}/decide", json={**carried, "carried": False}).json["state"] == "dropped"
    with pledge.connect() as conn:
        read = conn.execute("SELECT count(*) FROM audit WHERE act = 'consequence.read'").fetchone()
        kept = conn.execute("SELECT sealed FROM consequence").fetchall()
    assert read == (0,)
    assert not any("答疑".encode() in bytes(row[0]) for row in kept)
    assert deputy.get(two).json["reply"] == "没有意见\n（代为记录：当面口述）"
    with pledge.connect() as conn:
        assert conn.execute("SELECT count(*) FROM audit WHERE act = 'consequence.read'").fetchone() == (1,)
