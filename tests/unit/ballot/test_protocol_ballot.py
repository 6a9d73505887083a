"""A ballot is accepted when it is lawful to the letter, and for nothing less."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from services.ballot.protocol.election import Question, graded_questions
from services.ballot.protocol.proofs import check_all
from services.ballot.protocol.text import Malformed
from tests.unit.ballot.electronic import (
    ELECTOR,
    GROUP,
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
    signed,
)

OTHER_UUID = "Wyjww42tGVjrkUyA8TTqvz"
CUBE_ROOT = next(root for base in (2, 3, 5) if (root := pow(base, (P - 1) // 3, P)) != 1)


def refused(text: str | bytes, *questions: Question) -> str:
    with pytest.raises(Malformed) as refusal:
        accept(election(*questions), text)
    return refusal.value.code


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


def reach(plain: dict[str, Any], *path: Any) -> Any:
    found = plain["answers"][0]
    for step in path:
        found = found[step]
    return found


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


WRITTEN: dict[str, tuple[Callable[[str], Any], str]] = {
    "unreduced": (lambda n: str(int(n) + Q), "number_range"),
    "the order itself": (lambda _: str(Q), "number_range"),
    "leading zero": (lambda n: "0" + n, "number"),
    "two zeros": (lambda _: "00", "number"),
    "plus": (lambda n: "+" + n, "number"),
    "minus": (lambda n: "-" + n, "number"),
    "space": (lambda n: " " + n, "number"),
    "line end": (lambda n: n + "\n", "number"),
    "underscore": (lambda n: n[:1] + "_" + n[1:], "number"),
    "full-width digit": (lambda n: chr(ord(n[0]) + 0xFEE0) + n[1:], "number"),
    "superscript": (lambda _: "²", "number"),
    "hexadecimal": (lambda n: hex(int(n)), "number"),
    "empty": (lambda _: "", "number"),
    "a JSON number": (int, "number"),
    "null": (lambda _: None, "number"),
    "a list": (lambda n: [n], "number"),
    "endless": (lambda _: "1" * 5000, "number"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_number_written_otherwise_is_refused(name: str) -> None:
    write, code = WRITTEN[name]

    def rewrite(plain: dict[str, Any]) -> None:
        proof = reach(plain, "overall_proof", 0)
        proof["response"] = write(proof["response"])

    assert refused(changed(honest(THREE), rewrite), THREE) == code


@pytest.mark.parametrize(
    ("element", "code"),
    [
        (0, "element_range"),
        (P, "element_range"),
        (P + GROUP.g, "element_range"),
        (1, "identity_element"),
        (P - 1, "not_in_group"),
        (CUBE_ROOT, "not_in_group"),
        (2, "not_in_group"),
    ],
)
@pytest.mark.parametrize("part", ["alpha", "beta"])
def test_an_element_outside_the_group_is_refused(element: int, code: str, part: str) -> None:
    def put(plain: dict[str, Any]) -> None:
        reach(plain, "choices", 0)[part] = str(element)

    assert refused(changed(honest(THREE), put), THREE) == code


@pytest.mark.parametrize("element", [1, P - 1, CUBE_ROOT, 2, P])
def test_a_credential_outside_the_group_is_refused(element: int) -> None:
    def put(plain: dict[str, Any]) -> None:
        plain["credential"] = str(element)

    expected = {1: "identity_element", P: "element_range"}.get(element, "not_in_group")
    assert refused(changed(honest(THREE), put), THREE) == expected


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


def without(name: str) -> Callable[[str], str]:
    return lambda text: json.dumps(
        {key: value for key, value in json.loads(text).items() if key != name}, separators=(",", ":")
    )


def turned(text: str) -> str:
    plain = json.loads(text)
    return signed(dict(reversed([item for item in plain.items() if item[0] != "signature"])))


FORMS: dict[str, tuple[Callable[[str], str | bytes], str]] = {
    "empty": (lambda _: "", "json"),
    "no JSON": (lambda text: text[:-1], "json"),
    "something after": (lambda text: text + "{}", "json"),
    "a list": (lambda text: f"[{text}]", "fields"),
    "null": (lambda _: "null", "fields"),
    "deeply nested": (lambda _: "[" * 100_000, "json"),
    "a space": (lambda text: text.replace(":", ": ", 1), "not_canonical"),
    "a line end": (lambda text: text + "\n", "not_canonical"),
    "an escape": (lambda text: text.replace('"0', '"\\u0030', 1).replace('"1', '"\\u0031', 1), "not_canonical"),
    "byte order mark": (lambda text: b"\xef\xbb\xbf" + text.encode(), "json"),
    "not UTF-8": (lambda text: text.encode("utf-16"), "json"),
    "half a surrogate pair": (lambda text: text.replace('"credential":"', '"credential":"\\ud800'), "json"),
    "a float": (lambda text: text.replace('"answers":[', '"answers":[1.0,'), "json"),
    "NaN": (lambda text: text.replace('"answers":[', '"answers":[NaN,'), "json"),
    "a field twice": (lambda text: text.replace('{"election_uuid"', '{"election_uuid":"x","election_uuid"', 1), "json"),
    "a field more": (lambda text: text[:-1] + ',"more":1}', "fields"),
    "no signature": (without("signature"), "fields"),
    "no credential": (without("credential"), "fields"),
    "another order": (turned, "fields"),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_ballot_of_another_form_is_refused(name: str) -> None:
    change, code = FORMS[name]
    assert refused(change(honest(THREE)), THREE) == code


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (("choices",), "length"),
        (("individual_proofs",), "length"),
        (("individual_proofs", 0), "length"),
        (("overall_proof",), "length"),
        (("blank_proof",), "length"),
    ],
)
@pytest.mark.parametrize("more", [True, False])
def test_a_list_of_another_length_is_refused(path: tuple[Any, ...], code: str, more: bool) -> None:
    def alter(plain: dict[str, Any]) -> None:
        found = reach(plain, *path)
        found.append(found[0]) if more else found.pop()

    assert refused(changed(honest(OR_NONE), alter), OR_NONE) == code


def test_a_blank_proof_belongs_to_questions_with_a_blank_vote_only() -> None:
    def add(plain: dict[str, Any]) -> None:
        plain["answers"][0]["blank_proof"] = plain["answers"][0]["overall_proof"]

    def remove(plain: dict[str, Any]) -> None:
        del plain["answers"][0]["blank_proof"]

    assert refused(changed(honest(THREE), add), THREE) == "fields"
    assert refused(changed(honest(OR_NONE), remove), OR_NONE) == "fields"


def test_an_answer_more_or_less_is_refused() -> None:
    assert refused(honest(THREE, THREE), THREE) == "other_election"

    def double(plain: dict[str, Any]) -> None:
        plain["answers"] *= 2

    assert refused(changed(honest(THREE), double), THREE) == "length"


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
        ({"name": 7}, "string"),
        ({"extra": 1}, "fields"),
    ],
)
def test_an_election_that_is_none_is_refused(change: dict[str, Any], code: str) -> None:
    plain = {**json.loads(election(THREE).text), **change}
    with pytest.raises(Malformed) as refusal:
        elections.parse(json.dumps(plain))
    assert refusal.value.code == code


@given(st.text(max_size=30), st.text(max_size=30))
def test_an_election_reads_back_what_was_written(name: str, description: str) -> None:
    made = elections.make(OTHER_UUID, name, description, GROUP.g, [OR_NONE])
    assert elections.parse(made.text) == made
    assert (made.name, made.description, made.questions) == (name, description, (OR_NONE,))
