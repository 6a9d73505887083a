"""Reporting on pledges and reading their tables through the JSON doors."""

from collections.abc import Callable

import pytest

from services.pledge.pledge import store
from services.pledge.pledge.domain import PledgeState
from shared import clock
from tests.integration.pledge.fulfilling import matters, publish, published, report
from tests.integration.pledge.writing import YEAR, make, text
from tests.services import Service
from tests.university import TENANT, University, uid


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def test_a_pledger_reports_and_the_last_report_counts(pledge: Service, university: University) -> None:
    """R-070"""
    me = university.people["尤文静"]
    pledge_id = published(pledge, me)
    (matter,) = matters(pledge, me, pledge_id)
    assert (matter["state"], matter["final"]) == (None, False)
    for state in ("underway", "done"):
        assert report(pledge, me, pledge_id, matter["item_id"], state, note="已答疑10次").status_code == 201
    (after,) = matters(pledge, me, pledge_id)
    assert (after["state"], after["final"], len(after["entries"])) == ("done", True, 2)
    assert [one["data"]["state"] for one in pledge.told("pledge.progressed")] == ["underway", "done"]


def test_the_same_report_twice_has_one_effect(pledge: Service, university: University) -> None:
    me = university.people["尤文静"]
    pledge_id = published(pledge, me)
    item_id = matters(pledge, me, pledge_id)[0]["item_id"]
    first = report(pledge, me, pledge_id, item_id, "done", note="好")
    assert report(pledge, me, pledge_id, item_id, "done", note="好").json["id"] == first.json["id"]
    assert len(pledge.told("pledge.progressed")) == 1


def test_a_result_is_corrected_only_with_a_reason_and_the_old_one_stays(
    pledge: Service, university: University
) -> None:
    """R-077"""
    me = university.people["尤文静"]
    pledge_id = published(pledge, me)
    item_id = matters(pledge, me, pledge_id)[0]["item_id"]
    report(pledge, me, pledge_id, item_id, "done")
    refused = report(pledge, me, pledge_id, item_id, "undone", reason="对方离校")
    assert (refused.status_code, refused.json["code"]) == (422, "needs_correction")
    report(pledge, me, pledge_id, item_id, "undone", reason="对方离校", correction="误记为完成")
    (matter,) = matters(pledge, me, pledge_id)
    assert [one["state"] for one in matter["entries"]] == ["done", "undone"]


def test_what_is_not_done_changed_or_cancelled_has_its_reason(pledge: Service, university: University) -> None:
    """R-077: 完成 / 部分完成 / 未完成(原因) / 变更 / 取消"""
    me = university.people["尤文静"]
    pledge_id = published(pledge, me)
    item_id = matters(pledge, me, pledge_id)[0]["item_id"]
    for state in ("undone", "changed", "cancelled"):
        assert report(pledge, me, pledge_id, item_id, state).json["code"] == "bad_progress"
    assert pledge.told("pledge.progressed") == []


def test_a_pledge_of_one_sentence_is_a_matter_by_itself(pledge: Service, university: University) -> None:
    """R-037 R-077"""
    me = university.people["尤文静"]
    pledge_id = published(pledge, me, text=text(items=[]))
    (matter,) = matters(pledge, me, pledge_id)
    assert matter["item_id"] == pledge_id
    assert report(pledge, me, pledge_id, pledge_id, "done").status_code == 201


def test_nothing_is_reported_before_the_pledge_is_public(pledge: Service, university: University) -> None:
    me = university.people["尤文静"]
    pledge_id = make(pledge, me)
    assert report(pledge, me, pledge_id, pledge_id, "done").json["code"] == "not_published"


def test_colleagues_of_the_branch_read_progress_and_others_do_not(pledge: Service, university: University) -> None:
    """R-071: 党员之间要相互学习交流"""
    me = university.people["尤文静"]
    pledge_id = published(pledge, me)
    assert matters(pledge, university.people["毛建国"], pledge_id)
    foreign = pledge.client(university.people["周账清"]).get(f"/pledge/api/progress/{pledge_id}")
    assert foreign.status_code == 403
    item_id = matters(pledge, me, pledge_id)[0]["item_id"]
    assert report(pledge, university.people["毛建国"], pledge_id, item_id, "done").status_code == 403


def test_a_clerk_enters_from_paper_with_the_reason(pledge: Service, university: University) -> None:
    """R-070: paper parity"""
    me, clerk = university.people["尤文静"], university.people["区小宁"]
    pledge_id = published(pledge, me)
    item_id = matters(pledge, me, pledge_id)[0]["item_id"]
    assert report(pledge, clerk, pledge_id, item_id, "done").json["code"] == "bad_progress"
    entered = report(pledge, clerk, pledge_id, item_id, "done", entry_reason="据纸质履诺进度表录入")
    assert entered.status_code == 201


def test_after_the_end_only_a_missing_result_is_taken(pledge: Service, university: University) -> None:
    """R-077: 项项有着落、件件有结果"""
    me = university.people["尤文静"]
    items = [{"content": "第一件"}, {"content": "第二件"}]
    pledge_id = published(pledge, me, text=text(items=items))
    first, second = (one["item_id"] for one in matters(pledge, me, pledge_id))
    report(pledge, me, pledge_id, first, "done")
    with pledge.connect() as conn:
        conn.execute(
            "UPDATE pledge SET state = %s, closed_at = %s WHERE id = %s", [PledgeState.CLOSED, clock.now(), pledge_id]
        )
    assert report(pledge, me, pledge_id, first, "partial", correction="少做了").json["code"] == "pledge_ended"
    assert report(pledge, me, pledge_id, second, "underway").json["code"] == "pledge_ended"
    assert report(pledge, me, pledge_id, second, "done").status_code == 201


def test_progress_stays_with_a_matter_from_version_to_version(pledge: Service, university: University) -> None:
    """R-045"""
    me = university.people["尤文静"]
    pledge_id = published(pledge, me)
    (matter,) = matters(pledge, me, pledge_id)
    report(pledge, me, pledge_id, matter["item_id"], "underway", note="已开始")
    items = [{"item_id": matter["item_id"], "content": "每周答疑2次"}, {"content": "新增一件"}]
    rewritten = pledge.client(me).put(f"/pledge/api/pledges/{pledge_id}", json=text(items=items, reason="任务调整"))
    assert rewritten.status_code == 200, rewritten.json
    publish(pledge, pledge_id)
    kept, new = matters(pledge, me, pledge_id)
    assert (kept["content"], kept["state"], new["state"]) == ("每周答疑2次", "underway", None)


def test_progress_cannot_be_changed_behind_the_service(pledge: Service, university: University) -> None:
    me = university.people["尤文静"]
    pledge_id = published(pledge, me)
    report(pledge, me, pledge_id, matters(pledge, me, pledge_id)[0]["item_id"], "done")
    with pledge.connect() as conn, pytest.raises(Exception, match="entries are kept"):
        conn.execute("UPDATE progress SET state = 'undone', reason = 'x'")


def test_an_ended_year_without_results_stands_before_the_branch(pledge: Service, university: University) -> None:
    """R-077"""
    me, secretary = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = published(pledge, me, year=YEAR - 1)
    query = {"organization_id": str(uid("zjy/jin/jg")), "year": YEAR - 1}
    view = pledge.client(secretary).get("/pledge/api/supervision", query_string=query).json
    assert (view["unresolved_years"], view["lines"][0]["unresolved"]) == ([YEAR - 1], 1)
    titles = [one["title"] for one in pledge.client(secretary).get("/pledge/api/tasks").json]
    assert f"{YEAR - 1}年的承诺事项还没有都登记结果" in titles
    report(pledge, me, pledge_id, matters(pledge, me, pledge_id)[0]["item_id"], "cancelled", reason="岗位调整")
    view = pledge.client(secretary).get("/pledge/api/supervision", query_string=query).json
    assert view["unresolved_years"] == []


def test_the_general_branch_supervises_its_branches(pledge: Service, university: University) -> None:
    """R-076: 党总支要对党员履行承诺情况进行督促检查"""
    published(pledge, university.people["尤文静"])
    query = {"organization_id": str(uid("zjy/jin/jg")), "year": YEAR}
    above, beside = university.people["郑总"], university.people["蒋总会"]
    seen = pledge.client(above).get("/pledge/api/supervision", query_string=query)
    assert [line["name"] for line in seen.json["lines"]] == ["尤文静"]
    assert pledge.client(beside).get("/pledge/api/supervision", query_string=query).status_code == 403
    with pledge.connect() as conn:
        assert store.list_of_organization(conn, TENANT, uid("zjy/jin/jg"), YEAR)
