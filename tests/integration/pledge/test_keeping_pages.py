"""The pages of 履诺 and 督诺: what stands on them, and that a form there does what the JSON side does."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared import clock
from tests.integration.pledge.fulfilling import matters, published
from tests.integration.pledge.writing import YEAR, text
from tests.services import Service
from tests.university import University, uid

BRANCH = uid("zjy/jin/jg")


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    university.settings["supervision.ladder"] = ["help", "criticism", "rectify", "announce"]
    return service("pledge")


def page(pledge: Service, by: UUID, path: str) -> str:
    answer = pledge.client(by).get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def post(pledge: Service, by: UUID, path: str, **form: Any) -> str:
    answer = pledge.client(by).post(path, data=form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_the_table_of_a_pledge_takes_reports_and_prints(pledge: Service, university: University) -> None:
    """R-070 R-071 R-077"""
    me, colleague = university.people["尤文静"], university.people["毛建国"]
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    pledge_id = published(pledge, me, text=text(items=[{"content": "走访寝室", "due_on": yesterday}]))
    path = f"/pledge/progress/{pledge_id}"
    shown = page(pledge, me, path)
    assert "已过完成时限" in shown
    assert "困难和帮助" in shown
    item_id = matters(pledge, me, pledge_id)[0]["item_id"]
    back = post(pledge, me, path, item_id=item_id, state="partial", note="走访了一半")
    assert back == f"{path}#i-{item_id}"
    assert "走访了一半" in page(pledge, me, path)
    read = page(pledge, colleague, path)
    assert "走访了一半" in read
    assert "<form method" not in read.split("<main")[1]
    assert pledge.client(colleague).get(f"{path}/table.pdf").data.startswith(b"%PDF")
    assert path in page(pledge, me, f"/pledge/pledges/{pledge_id}")


def test_a_clerk_s_form_asks_for_the_reason(pledge: Service, university: University) -> None:
    pledge_id = published(pledge, university.people["尤文静"])
    clerk = university.people["区小宁"]
    assert "代为登记的原因" in page(pledge, clerk, f"/pledge/progress/{pledge_id}")


def test_one_page_remarks_on_the_whole_branch(pledge: Service, university: University) -> None:
    """R-072 R-074"""
    people = university.people
    for name in ("尤文静", "毛建国", "王一鸣"):
        published(pledge, people[name])
    shown = page(pledge, people["王一鸣"], "/pledge/remarks/")
    assert shown.count("未点评") == 3
    assert "自己的履诺情况由支部其他负责同志或上级党组织点评" in shown
    period = re.findall(r'name="period" value="([^"]+)"', shown)[0]
    form = {
        "organization_id": str(BRANCH), "period": period, "person_id": [people["尤文静"], people["毛建国"]],
        "kind": ["praise", ""], "text": ["按月完成", ""],
    }  # fmt: skip
    post(pledge, people["王一鸣"], "/pledge/remarks/", **form)
    after = page(pledge, people["王一鸣"], "/pledge/remarks/")
    assert (after.count("未点评"), after.count("按月完成")) == (2, 1)
    refused = pledge.client(people["王一鸣"]).post("/pledge/remarks/", data={**form, "kind": ["praise", "remind"]})
    assert (refused.status_code, "毛建国：请写明内容。" in refused.text) == (422, True)
    post(pledge, people["王一鸣"], "/pledge/remarks/summaries", organization_id=BRANCH, period=period, text="完成两项")
    assert "完成两项" in page(pledge, people["王一鸣"], "/pledge/remarks/")


def test_the_ladder_is_walked_on_one_page(pledge: Service, university: University) -> None:
    """R-073 R-075 R-079"""
    me, branch, superior = (university.people[name] for name in ("尤文静", "王一鸣", "郑总"))
    pledge_id = published(pledge, me)
    path = f"/pledge/measures/?pledge_id={pledge_id}"
    assert "提出督促措施" not in page(pledge, branch, path)
    post(pledge, branch, "/pledge/measures/help", pledge_id=pledge_id, grounds="逾期", content="由区小宁帮助")
    shown = page(pledge, superior, path)
    assert "由区小宁帮助" in shown
    assert "尚未采取：通报批评。" in shown
    back = post(
        pledge, superior, "/pledge/measures/", pledge_id=pledge_id, kind="rectify", grounds="逾期", skip_reason="紧急"
    )
    measure_id = back.rpartition("#m-")[2]
    assert "不陈述意见" in page(pledge, me, path)
    post(pledge, me, f"/pledge/measures/{measure_id}/reply", reply="因病")
    assert "作出决定" in page(pledge, superior, path)
    term = (clock.today() + timedelta(days=30)).isoformat()
    post(pledge, superior, f"/pledge/measures/{measure_id}/decision", decision="限期补办", due_on=term)
    assert "登记验收" in page(pledge, superior, path)
    post(pledge, superior, f"/pledge/measures/{measure_id}/acceptance", passed="false", result="仍未补办")
    assert "整改验收不合格" in page(pledge, me, path)
    other = published(pledge, university.people["毛建国"])
    back = post(
        pledge, superior, "/pledge/measures/", pledge_id=other, kind="criticism", grounds="逾期", skip_reason="紧急"
    )
    post(pledge, superior, f"/pledge/measures/{back.rpartition('#m-')[2]}/drop", reason="查明有误")
    assert "不再采取" in page(pledge, superior, f"/pledge/measures/?pledge_id={other}")


def test_difficulties_are_reported_and_answered_on_a_page(pledge: Service, university: University) -> None:
    """R-080"""
    me, branch = university.people["尤文静"], university.people["王一鸣"]
    pledge_id = published(pledge, me)
    path = post(pledge, me, "/pledge/difficulties/", pledge_id=pledge_id, text="缺少场地")
    assert "待答复" in page(pledge, branch, "/pledge/difficulties/")
    difficulty_id = pledge.client(me).get(f"/pledge/api/difficulties?pledge_id={pledge_id}").json[0]["id"]
    answered = {"text": "已借到教室", "outcome": "solved"}
    post(pledge, branch, f"/pledge/difficulties/{difficulty_id}/answers", **answered)
    shown = page(pledge, me, path)
    assert "已借到教室" in shown
    assert "已解决" in shown


def test_inspections_and_care_have_their_pages(pledge: Service, university: University) -> None:
    """R-078 R-081"""
    superior, branch = university.people["郑总"], university.people["王一鸣"]
    pledge_id = published(pledge, university.people["尤文静"])
    form = {"organization_id": uid("zjy/jin"), "kind": "random", "title": "年中抽查", "year": YEAR, "size": 1}
    path = post(pledge, superior, "/pledge/inspections/", **form, held_on=clock.today().isoformat())
    assert "1份中抽取1份" in page(pledge, superior, path)
    post(pledge, superior, f"{path}/observations", pledge_id=pledge_id, text="没有登记", follow_up="补登")
    seen = page(pledge, branch, path)
    assert "没有登记" in seen
    assert "种子" not in seen
    assert pledge.client(branch).get(f"{path}/list.txt").status_code == 403
    observation_id = re.findall(r"/observations/([^/]+)/result", seen)[0]
    post(pledge, branch, f"/pledge/inspections/observations/{observation_id}/result", result="已补登")
    assert "已补登" in page(pledge, superior, path)
    assert "年中抽查" in page(pledge, branch, "/pledge/inspections/")
    old = university.people["毛建国"]
    post(pledge, branch, "/pledge/care/", person_id=old, circumstances="独居")
    post(pledge, branch, f"/pledge/care/{old}/given", text="春节走访")
    assert "春节走访" in page(pledge, branch, "/pledge/care/")
    post(pledge, branch, f"/pledge/care/{old}/end")
    assert "结束" in page(pledge, branch, "/pledge/care/")


def test_the_overview_of_supervision_ranks_nobody(pledge: Service, university: University) -> None:
    """R-076 R-077: 姓氏笔画 order, whatever was done"""
    people = university.people
    published(pledge, people["毛建国"])
    published(pledge, people["尤文静"], year=YEAR - 1)
    published(pledge, people["尤文静"])
    shown = page(pledge, people["郑总"], f"/pledge/supervision/?organization_id={BRANCH}")
    assert shown.index("尤文静") < shown.index("毛建国")
    assert f"{YEAR - 1}年的承诺还有事项没有结果" in shown
    assert "不作排名" in shown
    assert pledge.client(people["尤文静"]).get("/pledge/supervision/").status_code == 403
    assert "点评和梳理总结" in page(pledge, people["王一鸣"], "/pledge/supervision/")
