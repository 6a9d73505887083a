"""An election is read as it was written, and only when it can be answered."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.protocol import election as elections
from services.ballot.protocol.text import Malformed, compact
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.unit.ballot.electronic import (
    OR_NONE,
    THREE,
    P,
    election,
)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"version": 2}, "version"),
        ({"version": True}, "version"),
        ({"group": "Ed25519"}, "group"),
        ({"group": ["BELENIOS-2048"]}, "group"),
        ({"public_key": "1"}, "identity_element"),
        ({"public_key": str(P - 1)}, "not_in_group"),
        ({"uuid": "short"}, "uuid"),
        ({"uuid": "0" * 22}, "uuid"),
        ({"questions": []}, "questions"),
        ({"questions": [{"answers": ["甲"], "min": 1, "max": 2, "question": ""}]}, "questions"),
        ({"questions": [{"answers": ["甲"], "min": 1, "max": 0, "question": ""}]}, "questions"),
        ({"questions": [{"answers": ["甲"], "min": -1, "max": 1, "question": ""}]}, "integer"),
        ({"questions": [{"answers": ["甲"], "blank": 1, "min": 0, "max": 1, "question": ""}]}, "fields"),
        ({"questions": [{"type": "NonHomomorphic", "value": {}}]}, "fields"),
        ({"questions": [{"answers": [], "min": 0, "max": 0, "question": ""}]}, "questions"),
        ({"uuid": "1" * 13}, "uuid"),
        ({"administrator": 7}, "string"),
        ({"administrator": "甲", "credential_authority": 7}, "string"),
        ({"name": 7}, "string"),
        ({"extra": 1}, "fields"),
    ],
)
def test_an_election_that_is_none_is_refused(change: dict[str, Any], code: str) -> None:
    plain = {**json.loads(election(THREE).text), **change}
    with pytest.raises(Malformed) as refusal:
        elections.parse(compact(plain))
    assert refusal.value.code == code


@given(st.text(max_size=30), st.text(max_size=30))
def test_an_election_reads_back_what_was_written(name: str, description: str) -> None:
    made = elections.make("Wyjww42tGVjrkUyA8TTqvz", name, description, GROUP.g, [OR_NONE])
    assert elections.parse(made.text) == made
    assert (made.name, made.description, made.questions) == (name, description, (OR_NONE,))


def test_an_election_may_name_who_administers_it_and_is_known_by_the_hash_of_its_text() -> None:
    """R-130: archives of belenios-tool name both."""
    plain = {**json.loads(election(THREE).text), "administrator": "甲", "credential_authority": "乙"}
    for kept in (plain, {**plain, "uuid": "1" * 14}, {key: plain[key] for key in plain if key != "administrator"}):
        read = elections.parse(compact(kept))
        assert read.text == compact(kept)
        assert read.hex == hashlib.sha256(compact(kept).encode()).hexdigest()
