"""Whatever stands in an archive, the auditor names it and never falls over: a trustee must outlive a hostile board."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.archive.records import Kind, Record
from services.ballot.audit.follower import State
from services.ballot.protocol.text import compact
from tests.unit.ballot.archives import Forger, chained, codes, followed, lawful, written

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "0", "1", "9" * 5000, "甲", "-1", "１"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["alpha", "pok", "name"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def places(plain: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the way to every part of a document."""
    parts = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    return [at, *(way for key, one in parts for way in places(one, (*at, key)))]


def put(plain: Any, way: tuple[Any, ...], value: Any) -> Any:
    """Put a value where the way leads; give the whole."""
    if not way:
        return value
    plain[way[0]] = put(plain[way[0]], way[1:], value)
    return plain


def texts(forger: Forger) -> dict[str, str]:
    named = {
        "asked": forger.asked.text,
        "key": forger.key.text,
        "ballot": forger.ballots[1],
        "part": forger.parts[0][1],
    }
    return {**named, **{name: getattr(forger, name) for name in ("credentials", "tally", "sized", "result")}}


def with_text(forger: Forger, name: str, text: str) -> Forger:
    match name:
        case "asked" | "key":
            return replace(forger, **{name: replace(getattr(forger, name), text=text)})
        case "ballot":
            return replace(forger, ballots=[forger.ballots[0], text, *forger.ballots[2:]])
        case "part":
            return replace(forger, parts=[(1, text), *forger.parts[1:]])
        case _:
            said: dict[str, Any] = {name: text}
            return replace(forger, **said)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_anything_in_the_place_of_any_part_of_a_document_is_named(data: st.DataObject) -> None:
    """R-130: the chain is closed again around a document of good JSON and bad content."""
    forger = lawful()
    name, text = data.draw(st.sampled_from(sorted(texts(forger).items())))
    plain = json.loads(text)
    way = data.draw(st.sampled_from(places(plain)))
    changed = compact(put(plain, way, data.draw(VALUES)))
    assert codes(with_text(forger, name, changed).archive()) or changed == text


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_anything_in_the_place_of_an_event_or_a_list_is_named(data: st.DataObject) -> None:
    steps = lawful().steps()
    step = data.draw(st.sampled_from([0, 6, 7]))
    plain = json.loads(steps[step].documents[-1])
    way = data.draw(st.sampled_from(places(plain)))
    changed = compact(put(plain, way, data.draw(VALUES)))
    same = changed == steps[step].documents[-1]
    steps[step].documents[-1] = changed
    assert codes(written(chained(steps))) or same


@pytest.mark.parametrize(
    "text", ["[" * 5000, "9" * 5000, '"\\ud800"', "NaN", "1.0", '{"a":1,"a":1}', "", "null", "\x00"]
)
@pytest.mark.parametrize("name", ["asked", "key", "credentials", "ballot", "tally", "sized", "part", "result"])
def test_a_text_that_is_no_document_is_named(name: str, text: str) -> None:
    assert codes(with_text(lawful(), name, text).archive())


@pytest.mark.parametrize("weight", ["9" * 5000, "003", "3", "", None, -3, True, 3.0, 2**31, str(2**31)])
def test_a_weight_written_in_any_other_way_is_named(weight: object) -> None:
    forger = lawful()
    forger.sized = json.dumps({**json.loads(forger.sized), "total_weight": weight}, separators=(",", ":"))
    assert {"sized_form", "total_weight"} & set(codes(forger.archive()))


def test_documents_without_end_fill_no_memory() -> None:
    many = [Record(Kind.DATA, str(number)) for number in range(50)]
    follower = followed(written([*many, *chained(lawful().steps())]))
    assert [fault.place for fault in follower.complete()] == [record.name for record in many]
    assert follower.state is State.FINISHED


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=3000))
def test_bytes_of_any_kind_are_no_archive(data: bytes) -> None:
    assert codes(data) or not data
