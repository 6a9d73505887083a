"""The pages of review, showing, wall and opinions, and what is printed."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.pledge.showing import CHECKLIST, approved, published, verdict
from tests.integration.pledge.writing import HEADLINE, YEAR, submitted
from tests.services import Service
from tests.university import University, uid

BRANCH = uid("zjy/jin/jg")


@pytest.fixture
def pledge(service: Callable[[str], Service], university: University) -> Service:
    return service("pledge")


def post(pledge: Service, by: Any, address: str, **form: Any) -> Any:
    return pledge.client(by).post(address, data=form, follow_redirects=True)


def test_a_reviewer_ticks_the_standards_on_the_page(pledge: Service, university: University) -> None:
    """R-050 R-054"""
    officer = university.people["王一鸣"]
    pledge_id = submitted(pledge, university.people["尤文静"])
    client = pledge.client(officer)
    assert HEADLINE in client.get("/pledge/reviews/").text
    page = client.get(f"/pledge/reviews/{pledge_id}").text
    assert all(standard in page for standard in CHECKLIST)
    given = {"version": 1, "step": "branch", "met": CHECKLIST[:1], "advice": "请写明每月几次。"}
    undecided = post(pledge, officer, f"/pledge/reviews/{pledge_id}", **given)
    assert (undecided.status_code, "审诺结论" in undecided.text) == (422, True)
    sent = post(pledge, officer, f"/pledge/reviews/{pledge_id}", **given, outcome="returned")
    assert (sent.status_code, "已退回修改" in sent.text) == (200, True)
    mine = pledge.client(university.people["尤文静"]).get(f"/pledge/reviews/{pledge_id}").text
    assert "请写明每月几次。" in mine
    assert "提交审诺意见" not in mine


def test_an_officer_records_the_showing_of_several_at_once(pledge: Service, university: University) -> None:
    """R-056"""
    people, officer = university.people, university.people["王一鸣"]
    ids = [approved(pledge, people[name], officer) for name in ("尤文静", "毛建国")]
    page = pledge.client(officer).get("/pledge/publications/").text
    assert all(pledge_id in page for pledge_id in ids)
    form = {"pledge_ids": ids, "channel": "微博", "scope": "public", "published_on": f"{YEAR}-01-05", "place": "官微"}
    done = post(pledge, officer, "/pledge/publications/", **form)
    assert "已登记公示2份承诺" in done.text
    assert "没有等待公示的承诺" in done.text
    assert "官微" in pledge.client(officer).get(f"/pledge/publications/{ids[0]}").text


def test_the_wall_is_read_without_signing_in(pledge: Service, university: University) -> None:
    """R-009 R-056 R-061: page and screen; the years and organisations lead on."""
    people = university.people
    published(pledge, people["尤文静"], people["王一鸣"])
    client = pledge.client()
    page = client.get(f"/pledge/wall/{BRANCH}").text
    assert HEADLINE in page
    assert "尚未公示：王一鸣" in page
    assert HEADLINE in client.get("/pledge/wall/").text
    empty = client.get(f"/pledge/wall/{uid('zjy/kuai')}").text
    assert "还没有向社会公示的承诺" in empty
    screen = client.get(f"/pledge/wall/{BRANCH}/screen")
    assert HEADLINE in screen.text
    assert f'data-next="/pledge/wall/{BRANCH}/screen?year={YEAR}&amp;page=1"' in screen.text
    assert client.get(f"/pledge/wall/{uid('none')}").status_code == 404
    assert client.get(f"/pledge/wall/{BRANCH}?year=x").status_code == 422


def test_a_scheme_that_shows_at_school_names_no_secretary_to_strangers(
    service: Callable[[str], Service], university: University
) -> None:
    """R-009 R-058"""
    university.settings["pledge.scope"] = "school"
    pledge = service("pledge")
    assert "王一鸣" not in pledge.client().get(f"/pledge/wall/{BRANCH}").text
    assert "尚未公示：王一鸣" in pledge.client(university.people["李会计"]).get(f"/pledge/wall/{BRANCH}").text


def test_a_visitor_gives_an_opinion_on_the_page_and_asks_for_the_answer(
    pledge: Service, university: University
) -> None:
    """R-060"""
    people, officer = university.people, university.people["王一鸣"]
    pledge_id = published(pledge, people["尤文静"], officer)
    form = {"pledge_id": pledge_id, "text": "希望答疑放在晚上。", "_request": "one"}
    browser = pledge.client()
    first = browser.post("/pledge/opinions/", data=form, follow_redirects=True)
    code = first.text.split("查询码：")[1].split("。")[0]
    for _ in range(3):
        assert browser.post("/pledge/opinions/", data=form).status_code == 303
    with pledge.connect() as conn:
        assert conn.execute("SELECT count(*) FROM opinion").fetchone() == (1,)
        (opinion_id,) = conn.execute("SELECT id FROM opinion").fetchone() or ("",)
    assert "正在处理" in post(pledge, None, "/pledge/opinions/answer", code=code).text
    assert "对尤文静的承诺的意见" in pledge.client(officer).get("/pledge/opinions/").text
    post(pledge, officer, f"/pledge/opinions/{opinion_id}/answer", answer="已改到晚上。")
    assert "已改到晚上。" in post(pledge, None, "/pledge/opinions/answer", code=code).text


def test_a_clerk_enters_a_slip_from_the_box_on_the_page(pledge: Service, university: University) -> None:
    """R-060, paper parity."""
    form = {"organization_id": str(BRANCH), "text": "延长开馆", "received_on": f"{YEAR}-01-05"}
    page = post(pledge, university.people["区小宁"], "/pledge/opinions/paper", **form)
    assert (page.status_code, "延长开馆" in page.text, "意见箱" in page.text) == (200, True, True)


def test_markup_in_a_pledge_is_shown_as_text_on_the_wall(pledge: Service, university: University) -> None:
    people, bad = university.people, "<script>alert(1)</script>每月1次"
    pledge_id = published(pledge, people["尤文静"], people["王一鸣"], text={"headline": bad})
    for address in (f"/pledge/wall/{BRANCH}", f"/pledge/wall/{BRANCH}/screen", f"/pledge/wall/pledges/{pledge_id}"):
        page = pledge.client().get(address).text
        assert "<script>alert" not in page, address
        assert "&lt;script&gt;alert" in page, address


@pytest.mark.parametrize("sign", ["a3", "a4", "card", "desk", "post"])
def test_signs_are_printed_of_what_was_reviewed(sign: str, pledge: Service, university: University) -> None:
    """R-061: 展示板, 承诺名片, 承诺桌牌, 岗位牌; before the showing, for that is what they are printed for."""
    people = university.people
    officer = pledge.client(people["王一鸣"])
    address = f"/pledge/wall/{BRANCH}/print/{sign}.pdf"
    assert officer.get(address).status_code == 409
    approved(pledge, people["尤文静"], people["王一鸣"])
    answer = officer.get(address)
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert pledge.client(people["毛建国"]).get(address).status_code == 403
    assert pledge.client().get(address).status_code == 302


def test_a_pledger_prints_the_own_cards_and_nobody_else_s(pledge: Service, university: University) -> None:
    """R-061"""
    people = university.people
    pledge_id = submitted(pledge, people["尤文静"])
    address = f"/pledge/wall/pledges/{pledge_id}/print/card.pdf"
    assert pledge.client(people["尤文静"]).get(address).status_code == 409
    answer = pledge.client(people["王一鸣"]).post(f"/pledge/api/pledges/{pledge_id}/reviews", json=verdict())
    assert answer.status_code == 201
    assert pledge.client(people["尤文静"]).get(address).data.startswith(b"%PDF-")
    assert pledge.client(people["毛建国"]).get(address).status_code == 403


def test_the_wall_names_the_stage_as_the_scheme_does_and_a_pledge_leads_to_its_rounds_and_signs(
    service: Callable[[str], Service], university: University
) -> None:
    """C3 R-058"""
    university.settings["pledge.stages"] = {"make": "提诺", "review": "审诺", "publish": "示诺"}
    pledge, people = service("pledge"), university.people
    pledge_id = published(pledge, people["尤文静"], people["王一鸣"])
    assert f"{YEAR}年示诺" in pledge.client().get(f"/pledge/wall/{BRANCH}").text
    page = pledge.client(people["尤文静"]).get(f"/pledge/pledges/{pledge_id}").text
    for address in (f"/pledge/reviews/{pledge_id}", f"/pledge/wall/pledges/{pledge_id}/print/card.pdf"):
        assert f'href="{address}"' in page, address
    assert f"/pledge/publications/{pledge_id}" not in page
