"""Floods: so many from one address in a span, whatever it calls itself; and no address is remembered."""

import flask
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Refusal
from shared.web import flood
from shared.web.flood import Window


def test_an_address_may_come_so_often_in_a_span() -> None:
    """R-060 R-095"""
    moment = [0.0]
    window = Window(2, 10, Refusal, clock=lambda: moment[0])
    window.enter("a")
    window.enter("a")
    window.enter("b")
    window.enter("a", "elsewhere")
    with pytest.raises(Refusal):
        window.enter("a")
    moment[0] = 10.0
    window.enter("a")


@given(st.lists(st.sampled_from("abc"), max_size=40), st.integers(1, 9))
def test_each_address_is_counted_for_itself(comers: list[str], size: int) -> None:
    """R-060"""
    window, taken = Window(size, 10, Refusal, clock=lambda: 0.0), dict.fromkeys("abc", 0)
    for comer in comers:
        if taken[comer] == size:
            with pytest.raises(Refusal):
                window.enter(comer)
        else:
            window.enter(comer)
            taken[comer] += 1


def test_what_is_remembered_is_no_address_and_another_process_remembers_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """系统不记录您的设备和地址"""
    monkeypatch.setattr(flood, "MOST", 3)
    windows = [Window(2, 10, Refusal) for _ in range(2)]
    for window in windows:
        for end in range(5):
            window.enter(f"203.0.113.{end}")
    one, other = (set(window._seen) for window in windows)
    assert len(one) == len(other) == 3
    assert one.isdisjoint(other)
    assert not any(b"203" in mark for mark in one)


@pytest.mark.parametrize(
    ("direct", "forwarded", "address"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "10.9.9.9, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("203.0.113.9", "203.0.113.7", "203.0.113.9"),
        ("127.0.0.1", "2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("127.0.0.1", "2001:db8:1:2:ffff::8", "2001:db8:1:2::/64"),
        ("127.0.0.1", "::ffff:10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "::ffff:172.20.9.9", "172.20.9.9"),
        ("127.0.0.1", "unknown", "unknown"),
    ],
)
def test_only_the_gateway_says_whose_address_it_is(direct: str, forwarded: str, address: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    with flask.Flask("test").test_request_context("/", headers=headers, environ_base={"REMOTE_ADDR": direct}):
        assert flood.address() == address
