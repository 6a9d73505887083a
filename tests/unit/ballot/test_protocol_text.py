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
