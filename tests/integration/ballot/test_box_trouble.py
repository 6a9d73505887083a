"""A box that cannot be closed, sealed or counted holds up no other, is tried again, and tells its tellers (R-130)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from services.ballot.box import counting, rules, sealing
from services.ballot.protocol import trustees
from shared import clock
from tests.integration.ballot.boxes import Voted, electronic, tomorrow, totals
from tests.integration.ballot.calls import FIRST, MEMBER
from tests.services import Service


def cast(ballot: Service, **given: Any) -> Voted:
    voted = electronic(ballot).begin(**given)
    for elector in range(4):
        voted.cast(elector, 0)
    voted.verify()
    return voted


def failing_for(voted: Voted, act: Any) -> Any:
    """Give the same act, but one that fails for one ballot."""

    def failing(*given: Any, **named: Any) -> Any:
        if any(getattr(each, "id", each) == voted.id for each in given):
            raise ValueError("a defect that this ballot brings to light")
        return act(*given, **named)

    return failing


def page(voted: Voted, who: Any = FIRST) -> str:
    return str(voted.service.client(who).get(f"/ballot/ballots/{voted.id}").get_data(as_text=True))


def test_a_box_that_cannot_be_sealed_is_passed_over_named_and_tried_again(
    ballot: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = cast(ballot), cast(ballot)
    for voted in (first, second):
        voted.post(FIRST, "close")
    now = clock.now()
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "_sum", failing_for(first, sealing._sum))
        ballot.due(now)
        assert [voted.state() for voted in (first, second)] == ["closing", "tallying"]
        assert "票箱没有能够封存" in page(first)
        assert "共1次未成（ValueError）" in page(first)
        assert "票箱没有能够封存" in first.get(FIRST).json["progress"]["trouble"]
        assert first.get(MEMBER).json["progress"]["trouble"] == ""
        ballot.due(now + timedelta(seconds=3))
        assert "共2次未成" in page(first)
    ballot.due(now + timedelta(seconds=4))
    assert first.state() == "closing", "it rests longer each time"
    ballot.due(now + timedelta(seconds=10))
    assert first.state() == "tallying"
    assert first.get(FIRST).json["progress"]["trouble"] == ""
    assert first.decrypt(1, 2).state() == "counted"


def test_a_box_that_cannot_be_closed_at_its_deadline_holds_up_no_other(
    ballot: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = cast(ballot, closes_at=tomorrow()), cast(ballot, closes_at=tomorrow())
    later = clock.now() + timedelta(days=2)
    with monkeypatch.context() as patch:
        patch.setattr(rules, "close_by_clock", failing_for(first, rules.close_by_clock))
        ballot.due(later)
        assert [voted.state() for voted in (first, second)] == ["open", "tallying"]
        assert "系统没有能够自动结束" in page(first)
    ballot.due(later + timedelta(minutes=1))
    assert first.state() == "tallying"


def exchange(voted: Voted, seat: int, answer: str) -> None:
    """Put another answer in the place of one whose proof held, as only who writes into the database can."""
    with voted.service.connect() as conn:
        conn.execute("UPDATE decryption SET answer = %s WHERE ballot_id = %s AND seat = %s", [answer, voted.id, seat])


def forged(voted: Voted, seat: int) -> str:
    """Give what opens the sum to a power of g that is no number of ballots."""
    wrong = replace(voted.key, shares={**voted.key.shares, seat: voted.key.shares[seat] + 1})
    return replace(voted, key=wrong).answer_of(seat)


def test_a_sum_that_is_no_number_of_ballots_is_not_taken_and_the_tellers_read_what_to_do(ballot: Service) -> None:
    """The answers stay, so that the count is tried again with the next one; nothing of the false result is kept."""
    voted = cast(ballot)
    voted.post(FIRST, "close")
    voted.seal()
    before, honest = voted.records(), voted.answer_of(1)
    voted.decrypt(1)
    exchange(voted, 1, forged(voted, 1))
    assert voted.decrypt(2).state() == "tallying"
    assert voted.records() == before
    shown = voted.get(FIRST).json
    assert shown["progress"]["decrypted"] == 2
    assert_doubt_is_cast(voted)
    exchange(voted, 1, honest)
    assert totals(voted.decrypt(3).get(FIRST).json["candidates"]) == [4, 0, 0]
    assert "不可能出自" not in page(voted)


def assert_doubt_is_cast(voted: Voted) -> None:
    """The tellers read that the numbers are wrong, nobody else does."""
    assert "解密得出的数字不可能出自票箱里的选票" in voted.get(FIRST).json["progress"]["trouble"]
    assert "（ResultImpossible）" in page(voted)
    assert "由书记宣布本次投票作废" in page(voted)
    assert "不可能出自" not in page(voted, MEMBER)


def test_numbers_that_no_ballots_of_good_form_give_cast_the_same_doubt(
    ballot: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is a number of ballots, together they are not: four ballots that chose nobody."""
    voted = cast(ballot)
    voted.post(FIRST, "close")
    voted.seal()
    with monkeypatch.context() as patch:
        patch.setattr(trustees, "combine", lambda *_: [[0, 0, 0, 0]])
        assert voted.decrypt(1, 2).state() == "tallying"
    assert_doubt_is_cast(voted)


def sealed(ballot: Service) -> Voted:
    voted = cast(ballot)
    voted.post(FIRST, "close")
    voted.seal()
    return voted.decrypt(1)


def test_a_count_that_fails_is_taken_again_by_time_alone(ballot: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both living seats answered and no further answer comes: the ballot must not stay where it is."""
    voted = sealed(ballot)
    now = clock.now()
    with monkeypatch.context() as patch:
        patch.setattr(counting, "_append", failing_for(voted, counting._append))
        assert voted.decrypt(3).state() == "tallying"
        assert "系统没有能够写成计票结果" in page(voted)
        assert "不可能出自" not in page(voted)
        ballot.due(now + timedelta(seconds=5))
        assert "共2次未成" in page(voted)
    ballot.due(now + timedelta(minutes=1))
    assert totals(voted.get(FIRST).json["candidates"]) == [4, 0, 0]
    assert "未成" not in page(voted)


@pytest.mark.parametrize("error", [psycopg.errors.DiskFull, psycopg.errors.AdminShutdown, psycopg.OperationalError])
def test_a_server_in_trouble_takes_back_the_answer_too_so_that_it_comes_again(
    ballot: Service, monkeypatch: pytest.MonkeyPatch, error: type[psycopg.Error]
) -> None:
    """The message is then not noted as heard: the consumer waits until the database is there again."""
    voted = sealed(ballot)
    with monkeypatch.context() as patch:
        patch.setattr(counting, "_append", raising(error))
        with pytest.raises(error):
            voted.decrypt(3)
    shown = voted.get(FIRST).json
    assert (shown["progress"]["decrypted"], shown["progress"]["trouble"]) == (1, "")
    assert voted.decrypt(3).state() == "counted"


def raising(error: type[psycopg.Error]) -> Any:
    def act(*_: Any) -> None:
        raise error

    return act
