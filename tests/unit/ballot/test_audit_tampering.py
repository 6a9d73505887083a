"""Whatever is done to an archive, the auditor names it; the ways themselves stand in `tamperings.py`."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.ballot.archives import codes, lawful
from tests.unit.ballot.tamperings import TAMPERINGS


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_tampering_is_named(name: str) -> None:
    """R-130: the auditor says what was done, record by record."""
    tamper, code = TAMPERINGS[name]
    assert code in codes(tamper(lawful()))


def test_the_election_that_is_tampered_with_is_right() -> None:
    assert codes(lawful().archive()) == []


def test_one_tampering_is_not_blamed_on_others() -> None:
    """A repeated ballot spoils nothing else: the count stands."""
    assert codes(TAMPERINGS["a re-vote undone by the same ballot"][0](lawful())) == ["ballot_repeated"]


ARCHIVE = lawful().archive()


@settings(max_examples=40, deadline=None)
@given(place=st.integers(0, len(ARCHIVE) - 1), bit=st.integers(0, 7))
def test_no_bit_of_an_archive_can_be_turned(place: int, bit: int) -> None:
    """R-130."""
    changed = bytearray(ARCHIVE)
    changed[place] ^= 1 << bit
    assert codes(bytes(changed))


TEXTS = ("asked", "key", "credentials", "tally", "sized", "result", "ballot", "part")


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_character_of_a_document_can_be_changed_even_with_the_chain_closed_again(data: st.DataObject) -> None:
    """R-130: every document is bound by proofs, by the others or by what the auditor works out."""
    forger, which = lawful(), data.draw(st.sampled_from(TEXTS))
    whole = {
        "asked": forger.asked.text, "key": forger.key.text, "ballot": forger.ballots[1], "part": forger.parts[0][1],
    }.get(which) or getattr(forger, which)  # fmt: skip
    at = data.draw(st.integers(0, len(whole) - 1))
    letter = data.draw(st.sampled_from('0123456789abcdef"{}[],:１').filter(lambda one: one != whole[at]))
    changed = whole[:at] + letter + whole[at + 1 :]
    match which:
        case "asked":
            forger.asked = replace(forger.asked, text=changed)
        case "key":
            forger.key = replace(forger.key, text=changed)
        case "ballot":
            forger.ballots[1] = changed
        case "part":
            forger.parts[0] = (1, changed)
        case _:
            setattr(forger, which, changed)
    assert codes(forger.archive())
