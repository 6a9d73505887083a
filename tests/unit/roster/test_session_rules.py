"""Sign-in's rules: passwords, growing pauses, whose password a clerk may set, where to go afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.session import rules
from services.roster.session.domain import Failures

NOW = datetime(2013, 4, 1, 8, tzinfo=UTC)


def failed(times: int, ago: timedelta = timedelta()) -> Failures:
    return Failures(times, NOW - ago)


def test_a_few_slips_cost_no_pause() -> None:
    assert rules.pause(failed(rules.NUMBER.free - 1), rules.NUMBER, NOW) == timedelta()
    assert rules.pause(None, rules.NUMBER, NOW) == timedelta()


@given(st.integers(5, 5000))
def test_the_pause_grows_and_never_passes_a_quarter_of_an_hour(times: int) -> None:
    shorter, longer = (rules.pause(failed(n), rules.NUMBER, NOW) for n in (times, times + 1))
    assert rules.FIRST_PAUSE <= shorter <= longer <= rules.NUMBER.longest


@given(st.integers(5, 60), st.timedeltas(timedelta(), timedelta(hours=30)))
def test_a_pause_ends_and_what_failed_a_day_ago_is_forgotten(times: int, ago: timedelta) -> None:
    left = rules.pause(failed(times, ago), rules.NUMBER, NOW)
    assert timedelta() <= left <= rules.NUMBER.longest
    if ago >= rules.NUMBER.longest:
        assert left == timedelta()


def test_everyday_slips_of_a_campus_never_hold_it_up() -> None:
    """Forty slips an hour from one address, day after day."""
    found = None
    for slip in range(40 * 24 * 5):
        moment = NOW + slip * timedelta(minutes=1.5)
        assert rules.pause(found, rules.ADDRESS, moment) == timedelta()
        found = rules.noted(found, rules.ADDRESS, moment)


@given(st.lists(st.timedeltas(timedelta(), timedelta(hours=3)), min_size=1, max_size=400))
def test_an_address_waits_half_a_minute_at_most_however_often_it_failed(gaps: list[timedelta]) -> None:
    found, moment = Failures(5000, NOW, NOW), NOW
    for gap in gaps:
        moment += gap
        assert rules.pause(found, rules.ADDRESS, moment) <= timedelta(seconds=30)
        before, found = found, rules.noted(found, rules.ADDRESS, moment)
        assert found.failures <= before.failures + 1
        assert found.halved_at is not None
        assert timedelta() <= moment - found.halved_at < rules.ADDRESS.halves


def test_who_tries_many_numbers_from_one_address_is_slowed_until_it_stops() -> None:
    found = None
    for index in range(rules.ADDRESS.free):
        assert rules.pause(found, rules.ADDRESS, NOW) == timedelta(), index
        found = rules.noted(found, rules.ADDRESS, NOW)
    assert rules.pause(found, rules.ADDRESS, NOW) == timedelta(seconds=30)
    for again in range(1, 600):
        moment = NOW + again * timedelta(seconds=30)
        found = rules.noted(found, rules.ADDRESS, moment)
        assert rules.pause(found, rules.ADDRESS, moment) == timedelta(seconds=30)
    assert rules.pause(found, rules.ADDRESS, moment + timedelta(seconds=30)) == timedelta()


@given(st.integers(1, 1000), st.timedeltas(timedelta(), timedelta(hours=23)))
def test_failures_fade_with_time_and_never_grow_by_it(times: int, ago: timedelta) -> None:
    for limit in (rules.NUMBER, rules.ADDRESS):
        left = rules.faded(failed(times, ago), limit, NOW)
        assert times >> 23 <= left <= times
        assert left >= rules.faded(failed(times, ago + timedelta(hours=1)), limit, NOW)


def test_failures_of_before_they_faded_count_from_the_last() -> None:
    assert rules.faded(failed(111, timedelta(minutes=59)), rules.ADDRESS, NOW) == 111
    assert rules.faded(failed(111, timedelta(hours=1)), rules.ADDRESS, NOW) == 55


def test_a_try_during_a_pause_is_refused_and_told_how_long_to_wait() -> None:
    with pytest.raises(rules.TooManyTries, match="2分钟后"):
        rules.refuse_while_paused([timedelta(), timedelta(seconds=61)])
    rules.refuse_while_paused([timedelta(), timedelta()])


@pytest.mark.parametrize("password", ["short1", "12345678", "aaaaaaaa", "20130401", "x" * 129])
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(rules.PasswordWeak) as refused:
        rules.require_good(password, number="20130401", name="王一鸣")
    assert refused.value.details


def test_all_that_is_wrong_with_a_password_is_said_at_once() -> None:
    assert len(rules.obstacles("1111111", number="T001", name="王一鸣")) == 2


@pytest.mark.parametrize(
    "password", ["zhangsan", "ZhangSan1", "zhangsan2013", "zhangsanT001", "张三zhangsan", "T001T001"]
)
def test_a_password_is_not_what_everybody_knows_of_its_owner(password: str) -> None:
    assert "密码不能就是学工号、姓名或姓名拼音。" in rules.obstacles(password, number="T001", name="张三")


@pytest.mark.parametrize(
    ("name", "password"), [("曾小明", "zengxiaoming"), ("曾小明", "cengxiaoming"), ("吕布韦", "lübuwei1")]
)
def test_a_name_is_recognised_however_it_is_read(name: str, password: str) -> None:
    assert rules.obstacles(password, number="T001", name=name)


def test_a_number_that_is_part_of_the_name_does_not_hide_the_name() -> None:
    assert rules.obstacles("zhangsan7k", number="an", name="张三") == ["密码不能就是学工号、姓名或姓名拼音。"]
    own = ["密码不能就是学工号、姓名或姓名拼音。"]
    assert rules.obstacles("zhangsan12345678abc", number="zhangsan12345678", name="张三") == own
    assert rules.obstacles("欧阳小明欧阳小明", number="T001", name="欧阳小明") == own


def test_a_short_name_within_a_long_password_does_no_harm() -> None:
    assert rules.obstacles("lianxi-4r7k-qz2m", number="T001", name="李安") == []


def test_a_number_within_a_long_password_does_no_harm() -> None:
    assert rules.obstacles("T001-闪光言行-之星", number="T001", name="王一鸣") == []


def test_a_clerk_sets_passwords_only_of_people_whose_offices_lie_below() -> None:
    rules.require_lower(["zjy/jin/"], ["zjy/jin/jg/"])
    rules.require_lower(["zjy/jin/"], [])
    for office in ("zjy/jin/", "zjy/", "zjy/kuai/jg/"):
        with pytest.raises(rules.HigherOffice):
            rules.require_lower(["zjy/jin/"], ["zjy/jin/jg/", office])


@pytest.mark.parametrize(
    "given_target",
    [
        "",
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "/a\\b",
        "/a\nSet-Cookie: x",
        "roster/",
        "javascript:1",
    ],
)
def test_a_target_outside_leads_to_the_workbench(given_target: str) -> None:
    assert rules.local_target(given_target) == "/roster/"


@given(st.text())
def test_a_target_is_always_a_path_of_our_own(given_target: str) -> None:
    target = rules.local_target(given_target)
    assert target.startswith("/")
    assert not target.startswith(("//", "/\\"))


def test_numbers_typed_on_a_chinese_keyboard_are_understood() -> None:
    assert rules.tidy("　２０１３００１ ") == "2013001"


@pytest.mark.parametrize(
    ("times", "minutes"), [(4, 0), (5, 0.5), (6, 1), (7, 2), (8, 4), (9, 8), (10, 15), (11, 15), (5000, 15)]
)
def test_the_pause_begins_with_half_a_minute_and_doubles(times: int, minutes: float) -> None:
    assert rules.pause(failed(times), rules.NUMBER, NOW) == timedelta(minutes=minutes)
    left = max(timedelta(minutes=minutes) - timedelta(seconds=20), timedelta())
    assert rules.pause(failed(times, timedelta(seconds=20)), rules.NUMBER, NOW) == left


def test_a_day_after_the_last_failure_one_begins_anew() -> None:
    almost = timedelta(hours=24) - timedelta(seconds=1)
    assert rules.noted(failed(40, almost), rules.NUMBER, NOW) == Failures(41, NOW, NOW - almost)
    for found in (None, failed(40, timedelta(hours=24))):
        assert rules.noted(found, rules.NUMBER, NOW) == Failures(1, NOW, NOW)
    assert (rules.faded(failed(40, almost), rules.NUMBER, NOW), rules.faded(failed(40, rules.FORGOTTEN), rules.NUMBER,
            NOW)) == (40, 0)  # fmt: skip


def test_half_of_the_failures_fade_every_hour_and_the_hour_goes_on_running() -> None:
    start = NOW - timedelta(minutes=150)
    found = Failures(40, NOW - timedelta(minutes=1), start)
    assert rules.faded(found, rules.ADDRESS, NOW) == 10
    assert rules.noted(found, rules.ADDRESS, NOW) == Failures(11, NOW, start + timedelta(hours=2))
    backwards = Failures(40, NOW, NOW + timedelta(hours=2))
    assert rules.faded(backwards, rules.ADDRESS, NOW) == 40
    assert rules.noted(backwards, rules.ADDRESS, NOW).failures == 41


def test_the_wait_is_told_in_whole_minutes() -> None:
    with pytest.raises(rules.TooManyTries, match="请在1分钟后"):
        rules.refuse_while_paused([timedelta(seconds=60), timedelta()])


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("x7k-q2m", ["密码至少8位。"]),
        ("x7k-q2mp", []),
        ("x7k" * 42 + "-q", []),
        ("x7k" * 43, ["密码至多128位。"]),
        ("abababab", ["这个密码太常见，容易被猜到。"]),
        ("abcabcab", []),
        ("QWERTYUI", ["这个密码太常见，容易被猜到。"]),
        ("zhangsan7k-q2m4x", []),
        ("zhangsan7k-q2m4", ["密码不能就是学工号、姓名或姓名拼音。"]),
    ],
)
def test_a_password_is_long_enough_rare_enough_and_for_half_of_it_its_own(password: str, said: list[str]) -> None:
    assert rules.obstacles(password, number="T001", name="张三") == said


@pytest.mark.parametrize("target", ["/", "/roster/", "/pledge/pledges/1?page=2", "/evaluation/meetings#top"])
def test_a_path_of_our_own_is_kept(target: str) -> None:
    assert rules.local_target(target) == target


def test_a_clerk_of_two_organisations_reaches_below_each_and_not_what_only_begins_alike() -> None:
    assert rules.below(["zjy/jin/", "zjy/kuai/"], ["zjy/kuai/jg/", "zjy/jin/jg/"])
    assert not rules.below(["zjy/jin/"], ["zjy/jing/jg/"])
    assert not rules.below([], ["zjy/jin/jg/"])
