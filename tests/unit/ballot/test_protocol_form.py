"""A ballot of any other form than the one is refused: numbers, elements, lists, fields, characters."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from shared.voting.group import BELENIOS_2048 as GROUP
from tests.unit.ballot.electronic import (
    CUBE_ROOT,
    OR_NONE,
    THREE,
    P,
    Q,
    changed,
    honest,
    reach,
    refused,
    signed,
)

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
