"""A ballot is accepted when it is lawful to the letter, and for nothing less."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.protocol import ballot as ballots
from services.ballot.protocol.election import Question
from services.ballot.protocol.proofs import check_all
from services.ballot.protocol.text import compact
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.graded import graded_questions
from tests.unit.ballot.electronic import (
    CUBE_ROOT,
    ELECTOR,
    ONE,
    OR_NONE,
    OTHER,
    THREE,
    Cheat,
    P,
    Q,
    accept,
    changed,
    election,
    honest,
    reach,
    refused,
    signed,
)

OTHER_UUID = "Wyjww42tGVjrkUyA8TTqvz"


@st.composite
def question(draw: st.DrawFn) -> Question:
    answers = tuple("甲乙丙丁"[: draw(st.integers(1, 4))])
    maximum = draw(st.integers(0, len(answers)))
    return Question(answers, draw(st.integers(0, maximum)), maximum, draw(st.text(max_size=4)), draw(st.booleans()))


@st.composite
def lawful(draw: st.DrawFn, asked: Question) -> list[int]:
    if asked.blank and draw(st.booleans()):
        return [1] + [0] * len(asked.answers)
    ticks = draw(st.integers(asked.minimum, asked.maximum))
    return [0] * asked.blank + draw(st.permutations([1] * ticks + [0] * (len(asked.answers) - ticks)))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_lawful_choice_is_accepted(data: st.DataObject) -> None:
    """R-130: weights within the limits of every question, with and without a blank vote."""
    asked = election(*data.draw(st.lists(question(), min_size=1, max_size=2)))
    weights = [data.draw(lawful(one)) for one in asked.questions]
    text = ballots.make(asked, ELECTOR, weights)
    read = accept(asked, text)
    assert read.credential == GROUP.text(GROUP.power(GROUP.g, ELECTOR))
    assert len(text.encode()) <= ballots.largest(asked)


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_whatever_is_chosen_a_ballot_has_one_shape_and_one_length_but_for_leading_digits(data: st.DataObject) -> None:
    """R-130 decision 15: blank, sparing and full ballots have the same fields, and numbers of the same range.

    A number is shorter by a digit one time in ten whatever is chosen: its length comes from chance.
    """
    asked = election(OR_NONE)
    some = [ballots.make(asked, ELECTOR, [data.draw(lawful(OR_NONE))]) for _ in range(2)]
    texts = [ballots.make(asked, ELECTOR, [weights]) for weights in ([1, 0, 0, 0], [0, 1, 1, 0])] + some
    assert len({re.sub(r'"[0-9]+"', '"n"', re.sub(r'"hash":"[^"]+"', '"hash":"h"', text)) for text in texts}) == 1
    lengths = [[len(number) for number in re.findall(r'"([0-9]+)"', text)] for text in texts]
    assert all(max(column) - min(column) <= 6 for column in zip(*lengths, strict=True))


def test_a_grade_for_each_of_several_people_is_one_ballot() -> None:
    asked = election(*graded_questions(["张三", "李四"], ["好", "较好", "一般", "差", "不了解"]))
    accept(asked, ballots.make(asked, ELECTOR, [[0, 1, 0, 0, 0], [0, 0, 0, 0, 1]]))
    for weights in ([1, 1, 0, 0, 0], [0] * 5):
        with pytest.raises(ValueError, match="None of the cases"):
            ballots.make(asked, ELECTOR, [[0, 1, 0, 0, 0], weights])


@pytest.mark.parametrize("weights", [[1, 1, 0, 0], [0, 1, 1, 1], [0, 0, 0, 0], [1, 0, 0], [0, 2, 0, 0], [0, -1, 1, 1]])
def test_an_unlawful_choice_makes_no_ballot(weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"None|weights|blank"):
        ballots.make(election(OR_NONE), ELECTOR, [weights])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_changed_character_is_refused(data: st.DataObject) -> None:
    """R-130: every bit of a ballot counts."""
    text = honest(OR_NONE)
    at = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.sampled_from('0123456789"{}[],: ab０\\').filter(lambda letter: letter != text[at]))
    assert refused(text[:at] + put + text[at + 1 :], OR_NONE)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_flipped_bit_is_refused(data: st.DataObject) -> None:
    body = bytearray(honest(THREE).encode())
    body[data.draw(st.integers(0, len(body) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert refused(bytes(body), THREE)


NUMBERS = [
    (asked, name, *path)
    for asked in (THREE, OR_NONE)
    for name, *path in (
        ["individual_proofs", 0, 0],
        ["individual_proofs", 1, 1],
        ["overall_proof", 0],
        ["overall_proof", 1],
        *([["blank_proof", 0], ["blank_proof", 1]] if asked.blank else []),
    )
]


@pytest.mark.parametrize("part", ["challenge", "response"])
@pytest.mark.parametrize("where", NUMBERS, ids=lambda where: "-".join(str(step) for step in where[1:]))
def test_a_number_of_a_proof_changed_and_signed_again_is_refused(where: tuple[Any, ...], part: str) -> None:
    asked, *path = where

    def add_one(plain: dict[str, Any]) -> None:
        proof = reach(plain, *path)
        proof[part] = str((int(proof[part]) + 1) % Q)

    expected = {"individual_proofs": "individual_proof"}.get(path[0], path[0])
    assert refused(changed(honest(asked), add_one), asked) == expected


@pytest.mark.parametrize("part", ["alpha", "beta"])
def test_a_changed_ciphertext_is_refused(part: str) -> None:
    def multiply(plain: dict[str, Any]) -> None:
        choice = reach(plain, "choices", 1)
        choice[part] = str(int(choice[part]) * GROUP.g % P)

    assert refused(changed(honest(THREE), multiply), THREE) == "individual_proof"


def test_two_choices_changed_places_are_refused() -> None:
    def swap(plain: dict[str, Any]) -> None:
        for name in ("choices", "individual_proofs"):
            reach(plain, name).reverse()

    assert refused(changed(honest(THREE), swap), THREE) == "overall_proof"


@pytest.mark.parametrize(("twist", "order"), [(P - 1, 2), (CUBE_ROOT, 3)])
def test_only_the_test_of_membership_stops_a_component_of_small_order(
    twist: int, order: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-130: all proofs of such a ballot are right; without the test of membership it would spoil the tally."""
    text = Cheat(election(ONE), [1], twist=twist, order=order).ballot()
    assert refused(text, ONE) == "not_in_group"
    monkeypatch.setattr(ballots, "check_all", lambda basis, statements, members: check_all(basis, statements, {}))
    assert accept(election(ONE), text)


@pytest.mark.parametrize(
    ("cheat", "code"),
    [
        (Cheat(election(ONE), [1]), ""),
        (Cheat(election(ONE), [2], bits=(0, 2), totals=(0, 2)), "individual_proof"),
        (Cheat(election(ONE), [-1], bits=(-1, 1), totals=(-1, 1)), "individual_proof"),
        (Cheat(election(THREE), [1, 1, 1], totals=(2, 3)), "overall_proof"),
        (Cheat(election(THREE), [0, 0, 0], totals=(0, 1)), "overall_proof"),
        (Cheat(election(THREE), [1, 1, 1], totals=(1, 2, 3)), "length"),
        (Cheat(election(THREE), [1, 1], totals=(1, 2)), "length"),
        (Cheat(election(THREE), [1, 1, 0, 0], totals=(1, 2)), "length"),
    ],
)
def test_an_overfull_ballot_is_refused_however_well_proven(cheat: Cheat, code: str) -> None:
    """R-130: the limits are part of the proof, so no client can go beyond them."""
    if code:
        assert refused(cheat.ballot(), *cheat.asked.questions) == code
    else:
        assert accept(cheat.asked, cheat.ballot())


def test_a_signature_is_not_lent_to_other_answers_not_even_to_well_proven_ones() -> None:
    """R-130: proofs name the credential alone, and anybody can make them; only the signature needs its secret."""
    plain = json.loads(honest(THREE))
    plain["answers"] = json.loads(ballots.make(election(THREE), ELECTOR, [[0, 1, 1]]))["answers"]
    assert refused(compact(plain), THREE) == "signature_hash"


def test_the_tracking_number_is_the_hash_of_the_very_text_however_it_came() -> None:
    """R-130"""
    text = honest(THREE)
    read = accept(election(THREE), text.encode())
    assert read == accept(election(THREE), text)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
    assert read.tracker == ballots.tracker(text) == ballots.tracker(text.encode()) == digest


def test_a_ballot_for_a_laxer_question_is_refused() -> None:
    lax = replace(election(OR_NONE), questions=(replace(OR_NONE, minimum=2, maximum=3),))
    text = ballots.make(lax, ELECTOR, [[0, 1, 1, 1]])
    assert accept(lax, text)
    assert refused(text, OR_NONE) == "overall_proof"


def test_a_copied_ballot_is_refused() -> None:
    """R-130: a proof belongs to one credential."""
    plain = json.loads(honest(THREE))
    plain["credential"] = GROUP.text(GROUP.power(GROUP.g, OTHER))
    assert refused(signed(plain, OTHER), THREE) == "individual_proof"
    assert refused(signed(json.loads(honest(THREE)), OTHER), THREE) == "signature"


def test_a_ballot_of_another_election_is_refused() -> None:
    elsewhere = election(THREE, uuid=OTHER_UUID)
    text = ballots.make(elsewhere, ELECTOR, [[1, 0, 0]])
    assert refused(text, THREE) == "other_election"

    def rename(plain: dict[str, Any]) -> None:
        plain["election_uuid"] = election(THREE).uuid

    assert refused(changed(text, rename), THREE) == "other_election"

    def replay(plain: dict[str, Any]) -> None:
        plain |= {"election_uuid": election(THREE).uuid, "election_hash": election(THREE).hash}

    assert refused(changed(text, replay), THREE) == "individual_proof"
