"""Codes of slips: each different, each found again however it is typed, none of another occasion."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.form import slip
from services.pledge.form.rules import SlipUnknown

OCCASIONS = st.uuids()


@given(OCCASIONS, st.integers(1, 250), st.data())
def test_every_slip_is_in_one_batch_and_is_known_again(occasion: UUID, invited: int, data: st.DataObject) -> None:
    """R-095"""
    parts = [slip.batch("secret", occasion, invited, part) for part in range(1, slip.batches(invited) + 1)]
    codes = [code for part in parts for code in part]
    assert len(set(codes)) == len(codes) == invited
    assert all(part == sorted(part) for part in parts)
    chosen = data.draw(st.sampled_from(codes))
    typed = data.draw(st.sampled_from([chosen, chosen.lower(), chosen.replace("-", ""), chosen.replace("O", "0")]))
    assert slip.check("secret", occasion, invited, typed) == slip.check("secret", occasion, invited, chosen)


@given(OCCASIONS, OCCASIONS)
def test_a_slip_opens_nothing_elsewhere(one: UUID, other: UUID) -> None:
    """R-095"""
    code = slip.code("secret", one, 1)
    assert slip.check("secret", one, 1, code)
    with pytest.raises(SlipUnknown):
        slip.check("another secret", one, 1, code)
    if one != other:
        with pytest.raises(SlipUnknown):
            slip.check("secret", other, 1, code)
    with pytest.raises(SlipUnknown):
        slip.check("secret", one, 1, slip.code("secret", one, 2))
