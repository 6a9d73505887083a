"""Texts are written in one form and read strictly; hashes are those of the format."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.protocol import text
from services.ballot.protocol.text import Malformed

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(plain)
def test_what_is_written_reads_back(value: Any) -> None:
    assert text.load(text.compact(value)) == value
    assert text.load(text.compact(value).encode()) == value


def test_characters_stand_as_themselves() -> None:
    assert text.compact({"名": ['王"一', "\u2028", "😀", "\x7f"]}) == '{"名":["王\\"一","\u2028","😀","\x7f"]}'


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        '{"a":1,"a":1}',
        "1.0",
        "1e3",
        "NaN",
        "Infinity",
        '"\\ud800"',
        "[1,]",
        "[-0]",
        "\ufeff1",
        "1" * 5000,
        "[" * 10**5,
    ],
)
def test_what_other_readers_let_pass_is_refused(written: str) -> None:
    """R-130: two readers must never understand one text differently."""
    with pytest.raises(Malformed) as refusal:
        text.load(written)
    assert refusal.value.code == "json"


def test_hashes_are_sha_256() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert text.hex_hash("") == text.hex_hash(b"") == empty
    assert text.b64_hash("") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"
    assert text.hash_number("", 2**256) == int(empty, 16)
    assert text.hash_number("", 1009) == int(empty, 16) % 1009


@pytest.mark.parametrize("value", [True, 1.0, "1", -1, None])
def test_a_whole_number_is_nothing_else(value: object) -> None:
    with pytest.raises(Malformed, match="integer"):
        text.whole(value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "gb18030", "utf-8-sig"])
def test_bytes_are_utf_8_and_no_other_encoding_is_guessed(encoding: str) -> None:
    """R-130: a reader that guesses takes another text for the same."""
    with pytest.raises(Malformed, match="json"):
        text.load('{"名":1}'.encode(encoding))


@pytest.mark.parametrize("value", [{"a": 1, "b": 2}, {"a": 1, "b": 2, "c": 3}])
def test_an_object_has_its_fields_in_their_order_and_optional_ones_where_they_belong(value: dict[str, int]) -> None:
    assert text.fields(value, "a", "b", "c", optional=("c",)) == value


@pytest.mark.parametrize(
    "value", [{}, {"a": 1}, {"b": 2, "a": 1}, {"a": 1, "b": 2, "d": 4}, {"a": 1, "c": 3}, ["a", "b"], "ab", None, 7]
)
def test_an_object_of_other_fields_is_refused(value: object) -> None:
    with pytest.raises(Malformed, match="fields"):
        text.fields(value, "a", "b", "c", optional=("c",))


def test_a_list_has_its_length_where_one_is_asked_for() -> None:
    assert text.listing([1, 2], 2) == text.listing([1, 2]) == [1, 2]
    assert text.listing([], 0) == []
    for value, length in (([1], 2), ([1, 2, 3], 2), ([1], 0), ("12", 2), ({"a": 1}, 1), (None, None), ((1, 2), 2)):
        with pytest.raises(Malformed, match="length"):
            text.listing(value, length)


def test_an_exponent_is_reduced_and_written_in_decimal() -> None:
    assert [text.number(written, 11) for written in ("0", "10")] == [0, 10]
    for written, code in (("11", "number_range"), ("12", "number_range"), ("010", "number"), ("-1", "number")):
        with pytest.raises(Malformed) as refusal:
            text.number(written, 11)
        assert refusal.value.code == code
