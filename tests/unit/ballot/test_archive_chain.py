"""The chain of events: built in one order only, read in one form only."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.archive.chain import Builder, Event, OutOfOrderError, Type
from services.ballot.archive.records import Kind
from services.ballot.protocol.text import Malformed

STEPS = {
    Type.SETUP: lambda builder: builder.setup("{}", "[]", '["4"]'),
    Type.BALLOT: lambda builder: builder.ballot("{}"),
    Type.END_BALLOTS: lambda builder: builder.end(),
    Type.ENCRYPTED_TALLY: lambda builder: builder.tally("[]", 1),
    Type.PARTIAL_DECRYPTION: lambda builder: builder.partial_decryption(1, "{}"),
    Type.RESULT: lambda builder: builder.result("{}"),
}


def lawful(steps: list[Type]) -> bool:
    letters = "".join({"Ballot": "B", "EndBallots": "E", "EncryptedTally": "T"}.get(step, step[0]) for step in steps)
    return any(re.fullmatch(pattern, letters) for pattern in ("", "SB*", "SB*E", "SB*ETP*", "SB*ETP+R"))


@given(st.lists(st.sampled_from(list(Type)), max_size=5))
def test_only_the_order_of_an_election_can_be_built(steps: list[Type]) -> None:
    """R-130."""
    builder = Builder()
    try:
        for step in steps:
            STEPS[step](builder)
        built = True
    except OutOfOrderError:
        built = False
    assert built == lawful(steps)


def test_every_event_names_the_one_before() -> None:
    builder = Builder()
    events = [
        Event.parse(STEPS[step](builder)[-1].text)
        for step in (
            Type.SETUP,
            Type.BALLOT,
            Type.END_BALLOTS,
            Type.ENCRYPTED_TALLY,
            Type.PARTIAL_DECRYPTION,
            Type.RESULT,
        )
    ]
    assert [event.height for event in events] == list(range(6))
    assert [event.parent for event in events] == [None, *(event.hash for event in events[:-1])]
    assert builder.head is not None
    assert builder.head.hash == events[-1].hash


def test_a_chain_goes_on_from_a_stored_head() -> None:
    first = Builder()
    first.setup("{}", "[]", "[]")
    second = Builder(first.head)
    assert first.ballot("[1]") == second.ballot("[1]")


def test_a_ballot_comes_before_the_event_that_names_it() -> None:
    builder = Builder()
    builder.setup("{}", "[]", "[]")
    ballot, event = builder.ballot("[1]")
    assert (ballot.kind, event.kind) == (Kind.DATA, Kind.EVENT)
    assert Event.parse(event.text).payload == ballot.hash


HASH = "a" * 64


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"height":0}',
        '{"height":0,"type":"Shuffle"}',
        '{"height":-1,"type":"Setup"}',
        '{"height":true,"type":"Setup"}',
        '{"height":0.0,"type":"Setup"}',
        '{"height":0, "type":"Setup"}',
        '{"type":"Setup","height":0}',
        '{"parent":null,"height":0,"type":"Setup"}',
        '{"height":0,"height":0,"type":"Setup"}',
        '{"height":0,"type":"S\\u0065tup"}',
        f'{{"height":0,"type":"Setup","payload":"{HASH.upper()}"}}',
        f'{{"height":0,"type":"Setup","payload":"{HASH[1:]}"}}',
        f'{{"height":0,"type":"Setup","payload":"{HASH}","note":1}}',
        '{"height":0,"type":["Setup"]}',
    ],
)
def test_only_the_one_text_of_an_event_is_read(text: str) -> None:
    """R-130."""
    with pytest.raises(Malformed):
        Event.parse(text)
