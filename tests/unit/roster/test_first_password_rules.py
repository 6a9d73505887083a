"""Initial passwords: what is drawn, whom one may give one to, and for whom it is done at a time."""

from datetime import UTC, datetime, timedelta
from math import log2
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roster.first_password import rules
from services.roster.first_password.domain import Slip, Waiting, Whom
from services.roster.first_password.rules import AT_MOST, LENGTH, LETTERS
from services.roster.session.rules import obstacles

HOME = uuid4()
START = datetime(2013, 4, 1, tzinfo=UTC)


def waiting(offices: tuple[str, ...] = (), given_at: datetime | None = None, organization: str = "甲支部") -> Waiting:
    place = HOME if organization == "甲支部" else uuid4()
    return Waiting(uuid4(), "T1", "张三", place, organization, given_at, list(offices))


@given(st.integers(0, 300))
def test_no_two_passwords_are_alike_and_each_is_of_the_readable_letters(count: int) -> None:
    """R-130: a slip is read from paper and typed on a telephone."""
    drawn = rules.drawn(count)
    assert len(set(drawn)) == len(drawn) == count
    for password in drawn:
        assert len(password) == LENGTH
        assert set(password) <= set(LETTERS)


def test_the_letters_are_told_apart_make_no_word_and_leave_no_room_for_guessing() -> None:
    assert not set(LETTERS) & set("ilo01IOaeu")
    assert len(set(LETTERS)) == len(LETTERS)
    assert LENGTH * log2(len(LETTERS)) >= 50


def test_chance_decides_each_letter() -> None:
    """All letters come in every place: in four thousand draws none stays away but by a chance below 1e-80."""
    drawn = rules.drawn(4000)
    assert all({password[place] for password in drawn} == set(LETTERS) for place in range(LENGTH))


def test_what_is_drawn_is_a_password_that_a_person_might_choose_too() -> None:
    assert [obstacles(password, number="T003", name="尤文静") for password in rules.drawn(50)] == [[]] * 50


def test_a_slip_s_password_is_in_no_log_of_it() -> None:
    assert "geheim" not in repr(Slip(uuid4(), "T1", "张三", "甲支部", "geheim"))


def test_who_stands_beside_or_above_is_left_to_the_administrator() -> None:
    """The same rule as for a single password."""
    nobody, below = waiting(), waiting(("zjy/jin/jg/",))
    beside, above, elsewhere = waiting(("zjy/jin/",)), waiting(("zjy/",)), waiting(("zjy/jin/jg/", "zjy/kuai/jg/"))
    everybody = [above, nobody, beside, below, elsewhere]
    assert rules.parted(everybody, ["zjy/jin/"]) == ([nobody, below], [above, beside, elsewhere])
    assert rules.parted(everybody, None) == (everybody, [])


@given(st.lists(st.one_of(st.none(), st.integers(0, 50)), max_size=260), st.sampled_from(Whom))
def test_a_request_makes_at_most_a_hundred_slips_and_says_how_many_are_left(ages: list[int | None], whom: Whom) -> None:
    everybody = [waiting(given_at=None if age is None else START + timedelta(hours=age)) for age in ages]
    group = [each for each in everybody if (each.given_at is None) == (whom is Whom.WITHOUT)]
    if not group:
        with pytest.raises(rules.NobodyWaits):
            rules.chosen(everybody, whom)
        return
    now, left = rules.chosen(everybody, whom)
    assert len(now) + left == len(group)
    assert len(now) == min(len(group), AT_MOST)
    assert [each for each in group if each in now] == now, "in the order in which they are listed"
    later = [each for each in group if each not in now]
    oldest = [each.given_at or START for each in later]
    assert all((each.given_at or START) <= min(oldest, default=START + timedelta(days=9)) for each in now)


def test_asking_again_comes_round_to_everybody() -> None:
    everybody = [waiting(given_at=START) for _ in range(AT_MOST + 30)]
    first, left = rules.chosen(everybody, Whom.UNUSED)
    given_anew = {each.id for each in first}
    after = [waiting(given_at=START + timedelta(days=1)) if each.id in given_anew else each for each in everybody]
    second, _ = rules.chosen(after, Whom.UNUSED)
    assert left == 30
    assert {each.id for each in everybody} - given_anew <= {each.id for each in second}


def test_each_organisation_s_people_are_counted_apart() -> None:
    other = waiting(organization="乙支部", given_at=START)
    found = rules.places([waiting(), waiting(given_at=START), waiting(), other])
    assert [(each.name, each.without, each.unused) for each in found] == [("甲支部", 2, 1), ("乙支部", 0, 1)]
