"""What becomes of a draft and of a sealed ballot when the page, the line or the box fails."""

import re

import pytest
from playwright.sync_api import Route, expect

from shared.voting import credential
from tests.browser import stand as stands
from tests.browser.booth.hands import accepted, cast, choose, press, told, weights
from tests.browser.cast import Person
from tests.browser.look import picture
from tests.browser.stand import Stand


def test_a_draft_survives_a_reload_and_goes_when_the_ballot_is_in_the_box(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    choose(page, "王小二")
    page.reload()
    expect(page.get_by_role("checkbox", name=re.compile("王小二"))).to_be_checked()
    expect(page.get_by_text("已恢复您先前在本页勾选的内容")).to_be_visible()
    press(page, "下一步：核对")
    press(page, "返回修改")
    expect(page.get_by_role("checkbox", name=re.compile("王小二"))).to_be_checked()
    cast(page)
    shown = accepted(page)
    kept = page.evaluate("JSON.parse(Object.values(sessionStorage)[0])")
    assert kept.keys() == {"owner", "tracker"}
    assert kept["tracker"] == shown


def test_who_signs_in_after_another_in_the_same_tab_finds_no_draft(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    choose(page, "王小二")
    stand.code = credential.new_code()
    page.reload()
    expect(page.get_by_text("已选0人／最多2人", exact=True)).to_be_visible()
    assert "draft" not in page.evaluate("Object.values(sessionStorage)[0]")


def test_a_ballot_lost_on_the_way_is_sent_again_as_it_was(elector: Person, stand: Stand) -> None:
    stand.faults = [stands.AWAY, stands.LOST, stands.PENDING]
    page = elector.go(stand.path)
    with elector.refused():
        cast(page, "李四")
        accepted(page)
    assert stand.faults == []
    assert len(stand.posts) == 2
    assert len(set(stand.posts)) == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (stands.AWAY, "网络或服务器暂时不通"),
        (stands.OFTEN, "寄送过于频繁"),
        (stands.PENDING, "您的前一张选票还在核验"),
    ],
)
def test_an_elector_is_told_what_is_waited_for_and_need_not_wait(
    patient: Person, stand: Stand, fault: str, words: str
) -> None:
    stand.faults = [fault] * 100
    page = patient.go(stand.path)
    with patient.refused():
        cast(page, "李四")
        expect(told(page, words)).to_be_visible()
        picture(patient, f"304-电子投票-{fault}")
        stand.faults = []
        press(page, "立即重试")
        accepted(page)
    assert len(stand.posts) == 1


def test_a_sealed_ballot_survives_a_reload_and_is_sent_as_it_was(patient: Person, stand: Stand) -> None:
    stand.faults = [stands.LOST]
    page = patient.go(stand.path)
    with patient.refused():
        cast(page, "李四")
        expect(told(page, "反复寄送也只算一张")).to_be_visible()
    page.reload()
    accepted(page)
    assert len(stand.posts) == 2
    assert len(set(stand.posts)) == 1


@pytest.mark.parametrize("wanted", [True, False])
def test_a_ballot_sealed_long_ago_is_sent_only_if_its_elector_still_wants_it(
    patient: Person, stand: Stand, wanted: bool
) -> None:
    """R-130: it may have been replaced from another device since; the page asks before it replaces that one."""
    stand.faults = [stands.AWAY] * 100
    page = patient.go(stand.path)
    with patient.refused():
        cast(page, "李四")
        expect(told(page, "反复寄送也只算一张")).to_be_visible()
    page.evaluate(
        "() => { const [key] = Object.keys(sessionStorage); const kept = JSON.parse(sessionStorage[key]);"
        " kept.sealed.at -= 11 * 60 * 1000; sessionStorage[key] = JSON.stringify(kept); }"
    )
    stand.faults = []
    posted = len(stand.posts)
    page.reload()
    expect(page.get_by_role("heading", name="有一张选票还没有确认寄到")).to_be_visible()
    picture(patient, "318-电子投票-封好未寄到")
    assert len(stand.posts) == posted
    press(page, "寄出这张选票" if wanted else "不寄，重新填写")
    if not wanted:
        page.get_by_role("checkbox", name=re.compile("李四")).uncheck()
        cast(page, "王小二")
    accepted(page)
    assert len(stand.posts) == posted + 1
    assert stand.opened(stand.posts[-1]) == ([0, 0, 0, 0, 1, 0] if wanted else [0, 0, 1, 0, 0, 0])


def test_no_line_at_all_is_waited_out(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    choose(page, "李四")
    press(page, "下一步：核对")
    elector.context.set_offline(True)
    press(page, "确认投票")
    expect(told(page, "网络或服务器暂时不通")).to_be_visible()
    assert stand.posts == []
    elector.context.set_offline(False)
    accepted(page)
    assert len(stand.posts) == 1


def test_voting_again_makes_another_ballot_and_says_that_the_last_counts(elector: Person, stand: Stand) -> None:
    page = elector.go(stand.path)
    cast(page, "丁一")
    first = accepted(page)
    press(page, "再次投票")
    expect(page.get_by_text("再次投票以最后一次为准，先前的一张不再计算")).to_be_visible()
    expect(page.get_by_text("已选0人／最多2人", exact=True)).to_be_visible()
    cast(page, "张五")
    assert accepted(page) != first
    assert [stand.opened(text) for text in stand.posts] == [weights(stand, "丁一"), weights(stand, "张五")]


def test_a_ballot_that_a_later_one_replaced_says_so_and_one_may_vote_again(elector: Person, stand: Stand) -> None:
    """The tab kept the sealed text while its owner voted on another device."""
    stand.verdict = "replaced"
    page = elector.go(stand.path)
    cast(page, "丁一")
    expect(page.get_by_role("heading", name="已被后来的一张替换")).to_be_visible()
    picture(elector, "307-电子投票-已替换")
    stand.verdict = "accepted"
    press(page, "再次投票")
    cast(page, "张五")
    accepted(page)


def test_a_refused_ballot_says_why_and_may_be_filled_in_again(elector: Person, stand: Stand) -> None:
    stand.verdict = "refused"
    page = elector.go(stand.path)
    cast(page, "丁一")
    expect(page.get_by_role("heading", name="没有投入票箱")).to_be_visible()
    expect(told(page, "选票没有通过核验，没有投入票箱。")).to_be_visible()
    picture(elector, "306-电子投票-未接受")
    stand.verdict = "accepted"
    press(page, "重新填写选票")
    cast(page)
    accepted(page)


def test_a_ballot_the_box_has_forgotten_is_sent_again(elector: Person, stand: Stand) -> None:
    stand.looks = 1000
    page = elector.go(stand.path)
    cast(page, "丁一")
    expect(page.get_by_role("heading", name="已寄出，正在核验")).to_be_visible()
    picture(elector, "304-电子投票-正在核验")
    stand.looks = 1
    stand.box.clear()
    accepted(page)
    assert len(stand.posts) == 2
    assert len(set(stand.posts)) == 1


def test_a_false_tracking_number_is_not_believed(elector: Person, stand: Stand) -> None:
    def lie(route: Route) -> None:
        if route.request.method == "GET":
            return route.fallback()
        return route.fulfill(status=202, json={"tracker": "A" * 43, "state": "accepted"})

    page = elector.go(stand.path)
    page.route(f"**/ballot/api/box/{stand.ballot_id}", lie)
    cast(page, "丁一")
    expect(told(page, "票号与本机算出的不一致")).to_be_visible()
