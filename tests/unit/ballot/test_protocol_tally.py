"""How the size of an encrypted tally is written, in one way only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.protocol import tally as tallies
from services.ballot.protocol.text import Malformed, compact


@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_the_size_of_a_tally_reads_back(number: int, weight: int) -> None:
    read = tallies.read_sized(tallies.sized(number, weight, "[]"))
    assert (read.num_tallied, read.total_weight) == (number, weight)


@pytest.mark.parametrize(
    ("weight", "code"),
    [
        ("5", "number"),
        (str(tallies.SMALL), "number"),
        ("01073741824", "number"),
        ("１０７３７４１８２４", "number"),
        (-1, "integer"),
        (1.5, "json"),
        (True, "integer"),
        (None, "integer"),
    ],
)
def test_a_weight_is_written_in_one_way_only(weight: object, code: str) -> None:
    text = compact({"num_tallied": 1, "total_weight": weight, "encrypted_tally": ""})
    with pytest.raises(Malformed) as refusal:
        tallies.read_sized(text)
    assert refusal.value.code == code


@pytest.mark.parametrize(("weight", "written"), [(tallies.SMALL, "1073741823"), (tallies.SMALL + 1, '"1073741824"')])
def test_a_weight_beyond_thirty_bits_is_written_in_quotes(weight: int, written: str) -> None:
    text = tallies.sized(1, weight, "[]")
    assert f'"total_weight":{written},' in text
    assert tallies.read_sized(text).total_weight == weight
