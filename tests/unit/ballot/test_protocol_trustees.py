"""The sum of the ballots comes out with enough trustees, whoever they are, and with nothing less."""

import json
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from services.ballot.protocol import tally as tallies
from services.ballot.protocol import trustees
from services.ballot.protocol.tally import Accumulator, Tally
from services.ballot.protocol.text import Malformed, compact
from services.ballot.protocol.trustees import Trustees
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.unit.ballot.electronic import KEY, OR_NONE, OTHER_KEY, THREE, UUID, P, accept, election
from tests.unit.ballot.seats import ceremony

ASKED = election(THREE, OR_NONE)
CHOICES = [[[1, 0, 0], [0, 1, 1, 0]], [[0, 1, 1], [1, 0, 0, 0]], [[1, 0, 1], [0, 0, 1, 0]]]
CAST = [accept(ASKED, ballots.make(ASKED, 1000 + at, one)) for at, one in enumerate(CHOICES)]
ALONE = Trustees.parse(trustees.single(GROUP, KEY, "监票人"))


def added(*numbers: int) -> Accumulator:
    made = Accumulator(ASKED)
    for number in numbers:
        made.add(CAST[number])
    return made


def sums(*numbers: int) -> list[list[int]]:
    return [[sum(CHOICES[n][q][at] for n in numbers) for at in range(len(CHOICES[0][q]))] for q in (0, 1)]


def count(tally: Tally, most: int) -> list[list[int]]:
    text = trustees.decrypt(ASKED, tally, KEY)
    trustees.check_decryption(ASKED, tally, ALONE.owner(1).key, text)
    return trustees.combine(ASKED, ALONE, {1: text}, tally, most)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 2), max_size=5))
def test_the_result_is_the_sum_of_the_choices(numbers: list[int]) -> None:
    """R-130: also of no ballots at all."""
    tally = tallies.read_tally(ASKED, added(*numbers).text)
    assert count(tally, len(numbers)) == sums(*numbers)


@given(st.permutations([0, 1, 2]))
@settings(max_examples=6)
def test_the_order_of_the_ballots_leaves_no_trace_in_the_tally(order: list[int]) -> None:
    assert added(*order).text == added(0, 1, 2).text


def test_the_later_ballot_takes_the_place_of_the_earlier() -> None:
    made = added(0, 1)
    made.replace(CAST[0], CAST[2])
    assert (made.text, made.count) == (added(2, 1).text, 2)
    made.remove(CAST[1])
    made.remove(CAST[2])
    assert (made.text, made.count) == (Accumulator(ASKED).text, 0)


def test_a_count_goes_on_where_it_stopped() -> None:
    earlier = added(0)
    later = Accumulator.resume(ASKED, earlier.text, earlier.count)
    later.add(CAST[1])
    assert (later.tally, later.count) == (added(0, 1).tally, 2)
    assert later.tally == tallies.read_tally(ASKED, later.text)


@pytest.mark.parametrize(("threshold", "seats"), [(1, 2), (2, 3), (3, 3)])
def test_any_seats_that_suffice_give_the_result_and_fewer_do_not(threshold: int, seats: int) -> None:
    """R-130: one trustee lost does not lose the ballot; one trustee alone opens nothing."""
    room = ceremony(threshold, seats)
    held = room.trustees
    asked = elections.make(UUID, "评选", "", held.public_key, [THREE])
    made = Accumulator(asked)
    for at, one in enumerate(([1, 0, 0], [1, 1, 0])):
        made.add(accept(asked, ballots.make(asked, 77 + at, [one])))
    texts = {seat: trustees.decrypt(asked, made.tally, room.private[seat - 1]) for seat in range(1, seats + 1)}
    for seat, text in texts.items():
        trustees.check_decryption(asked, made.tally, held.owner(seat).key, text)
    for size in range(seats + 1):
        for chosen in combinations(texts, size):
            given_texts = {seat: texts[seat] for seat in chosen}
            if size >= threshold:
                assert trustees.combine(asked, held, given_texts, made.tally, 2) == [[2, 1, 0]]
            else:
                with pytest.raises(Malformed, match="not_enough_decryptions"):
                    trustees.combine(asked, held, given_texts, made.tally, 2)


def test_a_single_trustee_beside_a_threshold_is_always_needed() -> None:
    room = ceremony(2, 3)
    mixed = [*json.loads(trustees.single(GROUP, KEY)), *json.loads(room.trustees.text)]
    held = Trustees.parse(compact(mixed))
    asked = elections.make(UUID, "评选", "", held.public_key, [THREE])
    made = Accumulator(asked)
    made.add(accept(asked, ballots.make(asked, 5, [[0, 1, 1]])))
    secrets = {1: KEY, 3: room.private[1], 4: room.private[2]}
    texts = {number: trustees.decrypt(asked, made.tally, secret) for number, secret in secrets.items()}
    for number, text in texts.items():
        trustees.check_decryption(asked, made.tally, held.owner(number).key, text)
    assert (held.threshold, [one.number for one in held.owners]) == (3, [1, 2, 3, 4])
    assert trustees.combine(asked, held, texts, made.tally, 1) == [[0, 1, 1]]
    assert not held.enough({2, 3, 4})
    assert not held.enough({1, 4})


def reach(plain: dict[str, Any], name: str) -> list[Any]:
    found: list[Any] = plain[name][0]
    return found


def square(plain: dict[str, Any]) -> None:
    row = reach(plain, "decryption_factors")
    row[0] = str(int(row[0]) ** 2 % P)


def negate(plain: dict[str, Any]) -> None:
    row = reach(plain, "decryption_factors")
    row[0] = str(P - int(row[0]))


def swap(plain: dict[str, Any]) -> None:
    for name in plain:
        reach(plain, name).reverse()


def unreduced(plain: dict[str, Any]) -> None:
    proof = reach(plain, "decryption_proofs")[0]
    proof["response"] = str(int(proof["response"]) + GROUP.q)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (square, "decryption_proof"),
        (negate, "not_in_group"),
        (swap, "decryption_proof"),
        (unreduced, "number_range"),
        (lambda plain: reach(plain, "decryption_proofs").pop(), "length"),
        (lambda plain: plain["decryption_factors"].pop(), "length"),
        (lambda plain: plain.pop("decryption_proofs"), "fields"),
    ],
)
def test_a_forged_partial_decryption_is_refused(change: Callable[[dict[str, Any]], Any], code: str) -> None:
    """R-130."""
    tally = added(0, 1).tally
    plain = json.loads(trustees.decrypt(ASKED, tally, KEY))
    change(plain)
    with pytest.raises(Malformed) as refusal:
        trustees.check_decryption(ASKED, tally, ALONE.owner(1).key, compact(plain))
    assert refusal.value.code == code


def test_a_partial_decryption_of_another_tally_or_by_another_key_is_refused() -> None:
    tally, key = added(0, 1).tally, ALONE.owner(1).key
    for text in (trustees.decrypt(ASKED, added(0).tally, KEY), trustees.decrypt(ASKED, tally, OTHER_KEY)):
        with pytest.raises(Malformed, match="decryption_proof"):
            trustees.check_decryption(ASKED, tally, key, text)


def test_totals_above_the_number_of_ballots_are_refused() -> None:
    tally = added(0, 2).tally
    text = trustees.decrypt(ASKED, tally, KEY)
    with pytest.raises(Malformed, match="result_range"):
        trustees.combine(ASKED, ALONE, {1: text}, tally, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "trustees"),
        ("{}", "length"),
        ('[["Single"]]', "length"),
        ('[["Triple",{}]]', "trustees"),
        ('[["Single",{}]]', "fields"),
    ],
)
def test_trustees_that_are_none_are_refused(text: str, code: str) -> None:
    with pytest.raises(Malformed) as refusal:
        Trustees.parse(text)
    assert refusal.value.code == code


@pytest.mark.parametrize("number", [0, -1, 2])
def test_nobody_has_a_number_that_was_not_given(number: int) -> None:
    with pytest.raises(Malformed, match="owner"):
        ALONE.owner(number)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: rows.pop(), "length"),
        (lambda rows: rows[0].pop(), "length"),
        (lambda rows: rows[0][0].__setitem__("alpha", str(P - 1)), "not_in_group"),
        (lambda rows: rows[0][0].__setitem__("alpha", "0"), "element_range"),
        (lambda rows: rows[0].__setitem__(0, {}), "fields"),
    ],
)
def test_a_tally_of_another_form_is_refused(change: Callable[[list[Any]], Any], code: str) -> None:
    rows = json.loads(added(0).text)
    change(rows)
    with pytest.raises(Malformed) as refusal:
        tallies.read_tally(ASKED, compact(rows))
    assert refusal.value.code == code


def test_a_result_reads_back() -> None:
    rows = sums(0, 1, 2)
    assert trustees.read_result(ASKED, trustees.result_text(rows)) == rows
    with pytest.raises(Malformed):
        trustees.read_result(ASKED, '{"result":[[1,1,1],[0,1,-1,0]]}')
    with pytest.raises(Malformed):
        trustees.read_result(ASKED, '{"result":[[1,1,1]]}')
