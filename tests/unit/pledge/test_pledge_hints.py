"""Hints to writer and reviewer, and the window of a year."""

from datetime import date
from fractions import Fraction
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.pledge.pledge import hints, window
from tests.unit.pledge.pledges import item, scheme, version, who

ROUND = window.Round(
    who("tenant"), who("zjy"), 2010, date(2010, 8, 18), date(2010, 8, 31), None, "浙创先发〔2010〕18号"
)


def test_a_concrete_pledge_gets_no_hint() -> None:
    """R-037"""
    assert hints.hints(version("每月走访学生寝室2次")) == []
    assert hints.hints(version("每月走访学生寝室2次，年底前帮助3名困难学生")) == []


def test_a_vague_pledge_is_told_what_it_lacks() -> None:
    """R-038: 防止过高过泛,不切实际,不可操作"""
    assert hints.hints(version("努力学习，不断提高，全心全意为人民服务")) == [
        "没有可以衡量的数量，如“每周1次”“帮助3名同学”。",
        "没有写明何时完成。",
        "内容较泛，请写出具体要办的事。",
    ]


def test_ordinary_duty_is_pointed_out() -> None:
    """R-039: 防止……把承诺等同于一般性的工作和纪律要求"""
    assert "所写的像是一般的工作和纪律要求，承诺应高于本职要求。" in hints.hints(version("每天按时上下班，不迟到"))


def test_items_count_as_concrete() -> None:
    assert hints.hints(version("做学生的贴心人", items=[item(due_on=date(2013, 12, 31))])) == []


def test_a_copied_pledge_is_found_whatever_its_marks() -> None:
    """R-038: duplicates of another member's text are pointed out to the reviewer."""
    mine, copied, other = uuid4(), uuid4(), uuid4()
    texts = {copied: "每月走访学生寝室两次、帮助三名困难学生！", other: "全年为图书馆整理古籍二百册"}
    assert hints.alike("每月走访学生寝室两次，帮助三名困难学生。", texts, Fraction(4, 5)) == [copied]
    assert mine not in texts


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_and_between_nothing_and_all(one: str, other: str) -> None:
    value = hints.likeness(one, other)
    assert value == hints.likeness(other, one)
    assert 0 <= value <= 1


@given(st.text(alphabet="为民服务每月走访寝室帮助同学", min_size=2, max_size=30))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    assert hints.likeness(text, text) == 1


def test_the_window_follows_from_the_scheme() -> None:
    """R-031 C5: 每年年初或年底"""
    late = window.of(2013, scheme(pledge__window_opens="12-01", pledge__window_before=True), None)
    assert (late.opens_on, late.closes_on, late.publish_by_on) == (
        date(2012, 12, 1),
        date(2013, 3, 31),
        date(2013, 4, 30),
    )
    assert not late.is_late(date(2013, 3, 31))
    assert late.is_late(date(2013, 4, 1))


def test_a_window_set_from_above_goes_before_the_scheme_s() -> None:
    """R-044: 2010年……8月底前必须完成"""
    found = window.of(2010, scheme(), ROUND)
    assert (found.closes_on, found.document) == (date(2010, 8, 31), "浙创先发〔2010〕18号")
