"""The pages of 提诺: forms, the page of a pledge, what another reader sees of it."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from shared.directory import store as directory
from shared.events.roster import PersonChanged
from tests import university as sample
from tests.integration.pledge.writing import HEADLINE, YEAR, make, submitted, text
from tests.services import Service
from tests.university import University, uid


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def post(pledge: Service, person: UUID, path: str, **form: object) -> str:
    answer = pledge.client(person).post(path, data=form)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def publish(pledge: Service) -> None:
    with pledge.connect() as conn:
        conn.execute("UPDATE pledge SET published_version = 1")
        conn.execute("UPDATE pledge_version SET state = 'published', published_at = now()")


def test_a_member_writes_one_sentence_on_the_page_and_hands_it_in(pledge: Service, university: University) -> None:
    """R-030 R-037"""
    client = pledge.client(university.people["尤文静"])
    assert "不超过60个字" in client.get("/pledge/pledges/new").text
    place = post(
        pledge, university.people["尤文静"], "/pledge/pledges/", headline=HEADLINE, form="individual", year=YEAR
    )
    page = client.get(place).text
    assert "待审诺" in page
    assert HEADLINE in page
    assert len(pledge.told("pledge.submitted")) == 1
    assert HEADLINE in client.get("/pledge/").text


def test_the_same_form_sent_twice_makes_one_pledge(pledge: Service, university: University) -> None:
    me = university.people["尤文静"]
    form = {"headline": HEADLINE, "year": YEAR, "_request": "8e1c8f0e-0000-4000-8000-000000000001"}
    assert post(pledge, me, "/pledge/pledges/", **form) == post(pledge, me, "/pledge/pledges/", **form)
    assert len(pledge.told("pledge.submitted")) == 1


def test_what_cannot_be_handed_in_stays_a_draft_with_all_that_is_wrong(pledge: Service, university: University) -> None:
    """R-008: 处级以上 also pledge on the leaders' aspects. R-007: shown with the form."""
    university.settings["pledge.leader_aspects"] = ["一岗双责", "廉洁从政"]
    with pledge.connect() as conn:
        directory.save_adoption(conn, university.tenant_id, university.adoption(version=2))
    leader = pledge.client(university.people["陈部长"])
    assert "“一岗双责”“廉洁从政”" in leader.get("/pledge/pledges/new").text
    made = leader.post("/pledge/pledges/", data={"headline": HEADLINE, "year": YEAR})
    page = leader.get(made.headers["Location"]).text
    assert "处级以上党员领导干部还要就“一岗双责”作出承诺。" in page
    assert "“廉洁从政”" in page
    assert pledge.told("pledge.submitted") == []


def test_a_draft_is_kept_as_a_draft_and_hints_do_not_block(pledge: Service, university: University) -> None:
    """R-037 R-038 R-039"""
    me = university.people["毛建国"]
    place = post(pledge, me, "/pledge/pledges/", headline="努力学习，按时上下班", year=YEAR, then="draft")
    page = pledge.client(me).get(place).text
    assert "供参考，不影响提交" in page
    assert "没有写明何时完成" in page
    assert "高于本职要求" in page
    post(pledge, me, f"{place}/submit")
    assert len(pledge.told("pledge.submitted")) == 1


def test_an_officer_writes_down_an_oral_pledge_for_a_member(pledge: Service, university: University) -> None:
    """R-012: without any login by the member"""
    officer, member = university.people["区小宁"], university.people["毛建国"]
    form = pledge.client(officer).get(f"/pledge/pledges/new?person_id={member}").text
    assert "可以只进行口头承诺" in form
    assert "代为录入的原因" in form
    place = post(
        pledge, officer, "/pledge/pledges/", headline=HEADLINE, year=YEAR, person_id=member, oral="1",
        recorded_by="区小宁", recorded_on=f"{YEAR}-01-10", recorded_place="家中", witness="仇大海",
        entry_reason="年老体弱，本人口述",
    )  # fmt: skip
    page = pledge.client(member).get(place).text
    assert "口头承诺" in page
    assert "仇大海" in page
    assert "区小宁（年老体弱，本人口述）" in page
    assert pledge.client(university.people["尤文静"]).get(f"/pledge/pledges/new?person_id={member}").status_code == 403


def test_an_organisation_s_page_asks_how_the_masses_were_consulted(pledge: Service, university: University) -> None:
    """R-040 R-190 R-191 R-192 R-196"""
    officer, branch = university.people["王一鸣"], uid("zjy/jin/jg")
    form = pledge.client(officer).get(f"/pledge/pledges/new?organization_id={branch}").text
    assert "征求群众意见" in form
    assert "年度工作目标" in form
    assert "建设服务型党组织" in form
    place = post(
        pledge, officer, "/pledge/pledges/", organization_id=branch, form="organization", year=YEAR,
        headline="为学生办好三件实事", method="座谈会", dates="1月", number="30", use="列入承诺", goals="创建先进支部",
        item_content="延长图书馆开放至22时", item_origin="突出问题", item_aspect="为群众办实事",
    )  # fmt: skip
    page = pledge.client(officer).get(place).text
    assert "30人" in page
    assert "来源：突出问题" in page
    assert "创建先进支部" in page


def test_a_member_s_item_serves_one_of_the_organisation_s(pledge: Service, university: University) -> None:
    """R-046: 把党组织承诺和党员个人承诺结合起来 R-048 R-011"""
    consultation = {"method": "座谈会", "dates": "1月", "number": 30}
    words = text("为学生办好三件实事", consultation=consultation)
    submitted(
        pledge, university.people["王一鸣"], form="organization", organization_id=str(uid("zjy/jin/jg")), text=words
    )
    publish(pledge)
    me = university.people["尤文静"]
    form = pledge.client(me).get("/pledge/pledges/new").text
    linked = re.search(r'name="item_linked_item_id".*?<option value="([0-9a-f-]{36})"', form, re.DOTALL)
    assert linked is not None
    place = post(
        pledge, me, "/pledge/pledges/", headline=HEADLINE, year=YEAR, item_content="每周答疑1次",
        item_linked_item_id=linked[1], duty="无职党员，学风监督岗", ability="心理咨询",
    )  # fmt: skip
    page = pledge.client(me).get(place).text
    assert "对应党组织承诺：每周为考研学生答疑1次" in page
    assert "学风监督岗" in page
    assert "心理咨询" in page


def test_a_revision_of_what_is_public_is_a_version_of_its_own(pledge: Service, university: University) -> None:
    """R-045: the old one kept"""
    me = university.people["尤文静"]
    pledge_id = submitted(pledge, me)
    publish(pledge)
    path = f"/pledge/pledges/{pledge_id}"
    assert "原来的版本保留" in pledge.client(me).get(f"{path}/edit").text
    assert pledge.client(me).post(path, data={"headline": "全年帮助5名学生"}).status_code == 422
    post(pledge, me, path, headline="全年帮助5名学生", reason="任务调整")
    mine = pledge.client(me).get(path).text
    assert "全年帮助5名学生" in mine
    assert "第1稿" in mine
    others = pledge.client(university.people["毛建国"]).get(path).text
    assert "全年帮助5名学生" not in others
    assert HEADLINE in others


def test_the_stages_are_named_by_the_scheme(pledge: Service, university: University) -> None:
    """C3 C4 R-195: different schemes in one tenant"""
    university.settings["pledge.stages"] = {
        "make": "承诺",
        "review": "审议细化",
        "publish": "公示承诺",
        "appraise": "评",
    }
    with pledge.connect() as conn:
        facts = {**university.adoption(version=2), "organization_id": uid("zjy/kuai"), "scheme_version": 7}
        directory.save_adoption(conn, university.tenant_id, facts)
    theirs = university.people["周账清"]
    assert "审议细化" in pledge.client(theirs).get(f"/pledge/pledges/{make(pledge, theirs)}").text
    ours = university.people["尤文静"]
    page = pledge.client(ours).get(f"/pledge/pledges/{make(pledge, ours)}").text
    assert "审议细化" not in page
    assert "督诺" in page


def test_a_pledge_stays_where_it_was_made_and_goes_with_its_pledger(pledge: Service, university: University) -> None:
    """R-030, decision 0013: a transfer keeps the history; the new branch's officers read what is public."""
    me = university.people["尤文静"]
    public = submitted(pledge, me)
    publish(pledge)
    draft = make(pledge, me, kind="instant", trigger="task", trigger_text="迎新")
    pledge.hear(PersonChanged, **sample.person("尤文静", "T003", "zjy/kuai/jg", 2, version=2))

    def status(name: str, pledge_id: str) -> int:
        return pledge.client(university.people[name]).get(f"/pledge/pledges/{pledge_id}").status_code

    assert [status(name, public) for name in ("尤文静", "王一鸣", "毛建国", "李会计", "周账清")] == [
        200,
        200,
        200,
        200,
        403,
    ]
    assert [status(name, draft) for name in ("尤文静", "王一鸣", "毛建国", "李会计")] == [200, 200, 403, 403]
    listed = pledge.client(university.people["李会计"]).get("/pledge/api/pledges", query_string={"person_id": str(me)})
    assert [one["id"] for one in listed.json] == [public]
    pledge.hear(PersonChanged, **sample.person("尤文静", "T003", "zjy/kuai/jg", 2, version=3, active=False))
    assert [status(name, public) for name in ("王一鸣", "毛建国", "李会计")] == [200, 200, 403]


def test_tags_and_origins_are_suggested_and_the_ledger_is_filtered_by_tag(
    pledge: Service, university: University
) -> None:
    """R-047 R-048: 窗口、品牌、服务水平"""
    people = university.people
    form = pledge.client(people["尤文静"]).get("/pledge/pledges/new").text
    assert '<datalist id="origins"><option value="整改落实">' in form
    assert '<datalist id="tags"><option value="窗口">' in form
    tagged = text("读者之友", items=[{"content": "每周值班1次", "tags": ["窗口", "品牌"]}])
    mine = submitted(pledge, people["尤文静"], text=tagged)
    submitted(pledge, people["毛建国"])
    client, query = pledge.client(people["王一鸣"]), {"organization_id": str(uid("zjy/jin/jg")), "year": YEAR}

    def listed(tag: str) -> list[str]:
        answer = client.get("/pledge/api/ledger", query_string={**query, "tag": tag})
        return [one["id"] for one in answer.json["lines"]]

    assert (listed("窗口"), listed("服务水平"), len(listed(""))) == ([mine], [], 2)
    assert "读者之友" in client.get("/pledge/pledges/", query_string={**query, "tag": "品牌"}).text
    assert client.get("/pledge/pledges/ledger.xlsx", query_string={**query, "tag": "品牌"}).status_code == 200


def test_what_is_asked_of_all_members_is_shown_where_nobody_entered_the_kind_of_unit(
    service: Callable[[str], Service], university: University
) -> None:
    """R-006: whole sentences of the document, under a title that fits them."""
    focus = {"教学": "教学部门的党员要搞好教书育人。", "其他": "全体党员要提高服务水平。"}
    university.settings["register.focus"] = focus
    made = service("pledge")
    client = made.client(uid("T003"))
    assert f"对本类党员的要求：{focus['教学']}" in client.get("/pledge/pledges/new").text
    with made.connect() as conn:
        conn.execute("UPDATE organization SET unit_type = NULL")
    assert f"对本类党员的要求：{focus['其他']}" in client.get("/pledge/pledges/new").text
