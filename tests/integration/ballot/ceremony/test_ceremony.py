"""The key ceremony of three seats and ballot, each on its own database, in any order and with any mishap."""

import random

import pytest

from tests import trustees
from tests.integration.ballot.ceremony.keys import ask, assert_key_stands, everything_told, key, shares
from tests.seats import Table


def test_three_seats_make_a_key_of_which_two_suffice(around: Table) -> None:
    ask(around)
    around.carry()
    assert_key_stands(around)
    assert around.dead == []
    assert key(around, "2013Q2") is None


@pytest.mark.parametrize("seed", range(6))
def test_a_ceremony_ends_the_same_in_any_order_with_duplicates_and_crashes(around: Table, seed: int) -> None:
    """Every participant dies again and again between hearing and keeping; what was told once is told the same again."""
    around.dice, around.mishaps = random.Random(seed), 40
    ask(around)
    around.carry(copies=2, shuffled=True)
    assert_key_stands(around)
    assert around.dead == []
    for seat in trustees.SEATS:
        told = [each.name for each in around.places[f"trustee{seat}"].told()]
        assert sorted(told) == ["certificate.offered", "shares.dealt", "verification.offered"]


def test_a_ceremony_waits_for_a_seat_that_is_away_and_goes_on_when_it_is_back(around: Table) -> None:
    ask(around)
    around.absent = {"trustee3"}
    around.carry()
    assert key(around) is None
    around.absent = set()
    around.carry(shuffled=True)
    assert_key_stands(around)


def test_a_period_has_one_key_however_often_it_is_asked_for(around: Table) -> None:
    for _ in range(3):
        ask(around)
    around.carry()
    ask(around)
    around.carry()
    assert len(around.places["ballot"].told("key.requested")) == 1
    ask(around, "2013Q2")
    around.carry()
    one, other = key(around), key(around, "2013Q2")
    assert one
    assert other
    assert one.public_key != other.public_key


def test_no_share_and_no_secret_is_told_or_kept_in_the_clear(around: Table) -> None:
    """R-130: shares travel encrypted, rest encrypted, and what made them is forgotten when the key stands."""
    ask(around)
    around.carry()
    told = everything_told(around)
    for seat, share in shares(around).items():
        assert str(share) not in told
        for place in around.places.values():
            with place.connect() as conn:
                kept = conn.execute("SELECT (t.*)::text FROM ceremony t").fetchall()
            assert str(share) not in str(kept)
        with around.places[f"trustee{seat}"].connect() as conn:
            assert conn.execute("SELECT count(*) FROM ceremony WHERE seed IS NOT NULL").fetchone() == (0,)
    with around.places["ballot"].connect() as conn:
        offered = conn.execute("SELECT DISTINCT step FROM offer").fetchall()
    assert {step for (step,) in offered} == {"certificate", "coefexps", "verification"}
