"""The form by which a door knows a ballot: it says what the reading in full says, and takes nothing that it refuses."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.protocol import ballot as ballots
from services.ballot.protocol.election import Election, Question
from services.ballot.protocol.envelope import Form
from services.ballot.protocol.text import Malformed
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.unit.ballot.electronic import ELECTOR, ONE, OR_NONE, THREE, P, Q, changed, election, honest, reach
from tests.unit.ballot.test_protocol_form import FORMS, WRITTEN

CREDENTIAL = GROUP.text(GROUP.power(GROUP.g, ELECTOR))
KINDS: list[tuple[Question, ...]] = [(THREE,), (OR_NONE,), (ONE,), (THREE, ONE, OR_NONE)]


def form(asked: Election) -> Form:
    return Form(asked, frozenset([CREDENTIAL]))


def agree(asked: Election, body: bytes) -> bool:
    """Hold the envelope against the reading in full; say whether there is one."""
    envelope = form(asked).read(body)
    if envelope is None:
        return False
    whole = ballots.read(asked, body)
    assert (envelope.text, envelope.credential, envelope.element) == (whole.text, whole.credential, whole.element)
    assert (envelope.hash, envelope.proof, envelope.tracker) == (whole.hash, whole.proof, whole.tracker)
    return True


@pytest.mark.parametrize("questions", KINDS)
def test_an_honest_ballot_of_any_election_has_the_form(questions: tuple[Question, ...]) -> None:
    """R-130: what the door reads of it is what a reading in full reads."""
    asked = election(*questions)
    assert agree(asked, honest(*questions).encode())
    ballots.check_signature(asked, form(asked).read(honest(*questions).encode()) or pytest.fail("no form"))


def test_a_ballot_of_a_stranger_or_of_another_election_has_not() -> None:
    body = honest(THREE).encode()
    assert Form(election(THREE), frozenset(["4"])).read(body) is None
    assert form(election(OR_NONE)).read(body) is None


@pytest.mark.parametrize("name", FORMS)
def test_what_the_reading_refuses_for_its_form_has_not(name: str) -> None:
    spoiled = FORMS[name][0](honest(THREE))
    assert form(election(THREE)).read(spoiled.encode() if isinstance(spoiled, str) else spoiled) is None


@pytest.mark.parametrize("name", WRITTEN)
def test_numbers_written_otherwise_have_not(name: str) -> None:
    def rewrite(plain: dict[str, Any]) -> None:
        proof = reach(plain, "overall_proof", 0)
        proof["response"] = WRITTEN[name][0](proof["response"])

    assert form(election(THREE)).read(changed(honest(THREE), rewrite).encode()) is None


@pytest.mark.parametrize("number", [0, 1, P, P + 1, 10**616, 10**617, Q])
def test_an_element_is_taken_only_where_the_reading_takes_it(number: int) -> None:
    def put(plain: dict[str, Any]) -> None:
        reach(plain, "choices", 1)["beta"] = str(number)

    body = changed(honest(THREE), put).encode()
    assert agree(election(THREE), body) == (number == 10**616)


@pytest.mark.parametrize("number", [0, 1, Q - 1, Q, 10**76, 10**77])
def test_an_exponent_is_taken_only_below_the_order(number: int) -> None:
    def put(plain: dict[str, Any]) -> None:
        reach(plain, "individual_proofs", 0, 1)["challenge"] = str(number)

    body = changed(honest(THREE), put).encode()
    assert agree(election(THREE), body) == (number < Q)


PIECES = [b"0", b"9", b'"', b",", b"{", b"}", b"[]", b" ", b"\\u0031", b"\xff", b'"alpha":"2"', b"-", b"\n", b""]


@settings(max_examples=300)
@given(data=st.data())
def test_whatever_is_put_into_a_ballot_the_form_takes_no_more_than_the_reading(data: st.DataObject) -> None:
    """R-130: signed anew or not, a text that the reading in full refuses has no form at the door."""
    asked, body = election(THREE), honest(THREE).encode()
    for _ in range(data.draw(st.integers(1, 3))):
        at, cut = data.draw(st.integers(0, len(body))), data.draw(st.integers(0, 3))
        body = body[:at] + data.draw(st.sampled_from(PIECES)) + body[at + cut :]
    try:
        plain = json.loads(body)
        body = data.draw(st.sampled_from([body, changed(body.decode(), lambda _: None).encode()]))
    except (ValueError, AttributeError, KeyError):
        plain = None
    try:
        ballots.read(asked, body, [CREDENTIAL])
    except Malformed:
        assert form(asked).read(body) is None
    else:
        assert plain is not None
        assert agree(asked, body)
