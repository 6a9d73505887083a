"""The group's arithmetic is exact, and its texts are read in one form only."""

import pickle

import gmpy2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.voting.group import BELENIOS_2048 as GROUP
from shared.voting.group import IDENTITY, digits, named
from shared.voting.malformed import Malformed
from shared.voting.powers import SharedPowers, joint_powers
from shared.voting.table import PATIENCE, FixedBase

P, Q = GROUP.p, GROUP.q
PRIME = 1000003
exponents = st.integers(0, Q - 1)


def test_the_parameters_make_a_group_of_prime_order() -> None:
    assert gmpy2.is_prime(P)
    assert gmpy2.is_prime(Q)
    assert (P - 1) % Q == 0
    assert (P - 1) // Q % Q != 0
    assert GROUP.g != 1
    assert GROUP.contains(GROUP.g)


@settings(max_examples=20, deadline=None)
@given(exponents, exponents)
def test_powers_multiply_by_adding_exponents(first: int, second: int) -> None:
    left = GROUP.multiply(GROUP.power(GROUP.g, first), GROUP.secret_power(GROUP.g, second))
    assert left == GROUP.generator.power((first + second) % Q)
    assert GROUP.multiply(left, GROUP.invert(left)) == IDENTITY
    assert GROUP.parse(GROUP.text(left)) == left


@given(st.integers(1, PRIME - 1), st.lists(st.integers(0, 2**64), max_size=5))
def test_joint_powers_are_the_powers(base: int, several: list[int]) -> None:
    assert joint_powers(base, several, PRIME) == [pow(base, one, PRIME) for one in several]


@given(st.dictionaries(st.integers(1, PRIME - 1), st.sets(st.integers(0, 2**40), min_size=1), max_size=3))
def test_shared_powers_are_the_powers(asked: dict[int, set[int]]) -> None:
    shared = SharedPowers(PRIME)
    pairs = [(base, exponent) for base, several in asked.items() for exponent in several]
    for base, exponent in pairs:
        shared.ask(base, exponent)
    assert all(shared.power(base, exponent) == pow(base, exponent, PRIME) for base, exponent in pairs)
    with pytest.raises(KeyError):
        shared.power(PRIME, 1)


def test_a_table_gives_the_powers_before_and_after_it_is_built() -> None:
    table = FixedBase(7, PRIME, 40)
    edges = [0, 1, 2**40 - 1, 2**39, 511, 512]
    for number in range(3 * PATIENCE):
        exponent = edges[number % len(edges)] if number % 2 else number * 3_141_592_653 % 2**40
        assert table.power(exponent) == pow(7, exponent, PRIME)
    for outside in (-1, 2**40):
        with pytest.raises(ValueError, match="outside"):
            table.power(outside)


def test_a_table_is_shared_by_all_that_ask_for_it() -> None:
    key = GROUP.power(GROUP.g, 99)
    assert GROUP.fixed(key) is GROUP.fixed(key)


@pytest.mark.parametrize(
    "text", ["", "01", "00", "-1", "+1", " 1", "1 ", "1_0", "１", "²", "1.0", "0x1", "1" * 1025, 1, None]
)
def test_a_number_is_written_in_ascii_digits_without_leading_zeros(text: object) -> None:
    """R-130: int() would take some of these."""
    with pytest.raises(Malformed) as refusal:
        digits(text)
    assert refusal.value.code == "number"


@pytest.mark.parametrize(
    ("value", "code"), [(0, "element_range"), (P, "element_range"), (P - 1, "not_in_group"), (2, "not_in_group")]
)
def test_a_number_that_is_no_element_is_refused(value: int, code: str) -> None:
    with pytest.raises(Malformed) as refusal:
        GROUP.parse(str(value))
    assert refusal.value.code == code


@given(st.integers(2, P - 1))
@settings(max_examples=10, deadline=None)
def test_membership_is_decided_exactly(value: int) -> None:
    inside = pow(value, (P - 1) // Q, P)
    assert GROUP.contains(inside)
    assert not GROUP.contains(P - inside)


@pytest.mark.parametrize("beside", [GROUP.g + GROUP.p, GROUP.g - GROUP.p, 0, GROUP.p, GROUP.p + 1, 1 - GROUP.p])
def test_a_number_beyond_the_modulus_is_no_second_name_of_an_element(beside: int) -> None:
    """R-130: else one credential could be listed twice."""
    assert not GROUP.contains(beside)
    assert GROUP.contains(GROUP.g)


def test_secret_exponents_are_drawn_anew_and_in_range() -> None:
    drawn = {GROUP.random() for _ in range(50)}
    assert len(drawn) == 50
    assert all(0 < one < Q for one in drawn)


def test_only_known_groups_have_a_name() -> None:
    assert named("BELENIOS-2048") is GROUP
    with pytest.raises(Malformed):
        named("RFC-3526-2048")


def test_a_refusal_travels_between_processes() -> None:
    copy = pickle.loads(pickle.dumps(Malformed("code", "detail")))  # noqa: S301 - our own bytes
    assert (copy.code, copy.detail, str(copy)) == ("code", "detail", "code: detail")
