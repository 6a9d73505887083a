"""When a box opens, what becomes of it when it is sealed, and which results can be true."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.ballot.domain import Ballot, Channel, State
from services.ballot.box import rules
from services.ballot.box.bucket import Buckets
from services.ballot.paper import rules as papers
from tests.unit.ballot.papers import AT, ballot, scheme


def box(**changes: object) -> Ballot:
    called = ballot(channel=Channel.ELECTRONIC, electronic=9, secrecy_minimum=3, present=9, issued=0)
    return replace(called, **changes)  # type: ignore[arg-type]


def test_every_obstacle_to_opening_is_named_at_once() -> None:
    with pytest.raises(rules.TooFewElectors) as refused:
        rules.require_ready(box(electronic=2), has_key=False, secure=False)
    assert refused.value.details == [
        "电子投票2人，为保守秘密须不少于3人。",
        rules.AddressNotSecure().message,
        "计票密钥正在生成，请稍候再试。",
    ]
    with pytest.raises(rules.KeyNotReady):
        rules.require_ready(box(), has_key=False, secure=True)
    rules.require_ready(box(), has_key=True, secure=True)


@pytest.mark.parametrize(
    ("address", "secure"),
    [
        ("https://shanguang.example.edu.cn", True),
        ("http://127.0.0.1:8080", True),
        ("http://localhost", True),
        ("http://[::1]:80", True),
        ("http://10.1.2.3", False),
        ("http://127.0.0.1.example.com", False),
    ],
)
def test_only_an_encrypted_address_or_the_machine_itself_is_secure(address: str, secure: bool) -> None:
    assert rules.is_secure(address) is secure


def test_a_deadline_is_for_a_box_without_papers() -> None:
    called = box(state=State.CALLED, present=None, issued=None)
    soon = AT + timedelta(hours=1)
    opened = papers.open_(called, scheme(), 9, 0, closes_at=soon, at=AT)
    assert (opened.state, opened.closes_at) == (State.OPEN, soon)
    for wrong, issued in ((soon, 1), (AT, 0), (AT + timedelta(days=31), 0)):
        with pytest.raises(papers.DeadlineImpossible):
            papers.open_(called, scheme(), 9, issued, closes_at=wrong, at=AT)
    late, _ = papers.correct(opened, scheme(), 10, 1, "迟到", number=1, by=called.tellers[0], at=AT)
    assert late.closes_at is None


@given(st.integers(0, 9), st.integers(0, 5), st.integers(0, 3))
def test_a_box_with_too_few_ballots_is_never_decrypted(tallied: int, minimum: int, issued: int) -> None:
    """R-130 requirements 5.1: fewer ballots than the scheme's minimum, or than three, end as void."""
    closing = box(state=State.CLOSING, secrecy_minimum=minimum, issued=issued, returned=issued, present=9 + issued)
    sealed = rules.seal(closing, tallied, at=AT)
    if tallied < max(minimum, 3):
        assert (sealed.state, sealed.annulment) == (State.ANNULLED, "too_few_ballots")
    else:
        assert sealed.state is (State.CLOSED if issued else State.TALLYING)
    assert bool(sealed.explanation) == (tallied != 9)


def test_what_the_clock_closed_is_explained_by_itself() -> None:
    closed = rules.close_by_clock(box(state=State.OPEN, closes_at=AT), at=AT)
    sealed = rules.seal(closed, 7, at=AT)
    assert sealed.explanation == "投票到截止时间自动结束。电子投票9人，投出电子选票7张，2人没有投票。"
    assert rules.seal(closed, 9, at=AT).explanation == "", "where everybody voted there is nothing to explain"
    mixed = box(state=State.CLOSING, present=12, issued=3, returned=2)
    assert rules.seal(mixed, 9, at=AT).explanation == "发出选票3张，收回2张，相差1张。"
    assert rules.seal(replace(mixed, returned=3), 9, at=AT).explanation == ""
    asked = rules.seal(box(state=State.CLOSING, returned=0, explanation="二人放弃"), 7, at=AT)
    assert asked.explanation == "二人放弃"


@given(st.data(), st.booleans())
def test_the_sums_of_real_ballots_are_possible_and_nothing_above_them(data: st.DataObject, exactly: bool) -> None:
    least = 2 if exactly else 1
    chosen = st.sets(st.integers(0, 2), min_size=least, max_size=2)
    cast = data.draw(st.lists(st.one_of(st.just(set[int]()), chosen), min_size=1, max_size=9))
    blank = sum(1 for each in cast if not each)
    votes = [sum(1 for each in cast if number in each) for number in range(3)]
    sealed = box(tallied=len(cast))
    rules.check_result(sealed, blank, votes, exactly=exactly)
    for wrong in ([len(cast) - blank + 1, 0, 0], [9, 9, 9]):
        with pytest.raises(rules.ResultImpossible):
            rules.check_result(sealed, blank, wrong, exactly=exactly)
    with pytest.raises(rules.ResultImpossible):
        rules.check_result(sealed, len(cast) + 1, votes, exactly=exactly)


def test_a_result_of_whole_ballots_has_no_total_beyond_them_or_below_nothing() -> None:
    """R-130: of nine ballots with two choices each."""
    sealed = box(tallied=9)
    for blank, votes in ((0, [9, 9, 0]), (0, [9, 0, 0]), (9, [0, 0, 0]), (1, [8, 8, 0])):
        rules.check_result(sealed, blank, votes, exactly=False)
    rules.check_result(sealed, 0, [9, 9, 0], exactly=True)
    rules.check_result(box(tallied=None), 0, [0, 0, 0], exactly=False)
    for blank, votes, exactly in (
        (0, [9, 9, 1], False),
        (0, [8, 0, 0], False),
        (0, [9, 8, 0], True),
        (-1, [9, 9, 0], False),
        (10, [0, 0, 0], False),
        (0, [10, 0, 0], False),
        (0, [9, 1, -1], False),
        (1, [9, 0, 0], False),
    ):
        with pytest.raises(rules.ResultImpossible):
            rules.check_result(sealed, blank, votes, exactly=exactly)


def test_a_count_of_both_channels_stands_with_its_time() -> None:
    """R-130"""
    alone = box(state=State.TALLYING, tallied=9)
    assert rules.count(alone, 2, at=AT) == replace(
        alone, state=State.COUNTED, blank=2, valid=0, invalid=0, abstained=0, counted_at=AT
    )
    mixed = box(state=State.TALLYING, tallied=9, valid=3, invalid=1, abstained=2)
    counted = rules.count(mixed, 0, at=AT)
    assert (counted.valid, counted.invalid, counted.abstained, counted.blank) == (3, 1, 2, 0)


def test_the_clock_closes_without_papers() -> None:
    """R-130"""
    running = box(state=State.OPEN, closes_at=AT)
    assert rules.close_by_clock(running, at=AT) == replace(running, state=State.CLOSING, returned=0, closed_at=AT)


def test_a_box_of_too_few_is_void_with_a_sentence_and_keeps_what_the_tellers_said() -> None:
    """requirements 5.1"""
    void = rules.seal(box(state=State.CLOSING, returned=0, explanation="二人放弃"), 2, at=AT)
    assert (void.tallied, void.explanation, void.annulled_by, void.annulled_at) == (2, "二人放弃", None, AT)
    assert void.statement.startswith("票箱中的电子选票只有2张，不足3张")
    closing = box(state=State.CLOSING, returned=0, present=8)
    assert rules.seal(closing, 9, absent_vote=True, at=AT).explanation == ""
    assert rules.seal(closing, 9, at=AT).explanation.startswith("电子投票9人")


def test_one_obstacle_to_opening_is_said_alone() -> None:
    """R-130"""
    for facts, refusal in (
        ({"has_key": True, "secure": False}, rules.AddressNotSecure),
        ({"has_key": False, "secure": True}, rules.KeyNotReady),
    ):
        with pytest.raises(refusal) as refused:
            rules.require_ready(box(), **facts)
        assert refused.value.details == []
    rules.require_ready(box(electronic=3), has_key=True, secure=True)


def test_a_bucket_refills_with_time_and_each_key_has_its_own() -> None:
    now = [0.0]
    buckets = Buckets(2, 60, clock=lambda: now[0])
    assert [buckets.take("a") for _ in range(3)] == [True, True, False]
    assert buckets.take("b")
    now[0] = 30
    assert [buckets.take("a") for _ in range(2)] == [True, False]


def test_the_buckets_longest_unused_are_forgotten() -> None:
    buckets = Buckets(1, 60, most=2, clock=lambda: 0.0)
    assert [buckets.take(key) for key in ("a", "b", "c")] == [True, True, True]
    assert [buckets.take(key) for key in ("c", "a")] == [False, True]
