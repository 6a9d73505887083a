"""How a dead letter is shown: in Beijing's time, and whatever a stranger wrote into it."""

import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.messaging import letterhead
from shared.messaging.consumer import dead, fate

ENVELOPE = {
    "specversion": "1.0", "id": str(UUID(int=3)), "source": "/shanguang/roster", "type": "a.b",
    "dataschema": "urn:shanguang:event:a.b:1", "subject": "s", "time": "2026-11-22T16:30:00+00:00",
    "tenantid": str(UUID(int=7)), "correlationid": str(UUID(int=9)), "data": {"word": "nobody's business"},
}  # fmt: skip


def letter(body: bytes, **headers: object) -> dead.DeadLetter:
    return dead.read(dead.Copy(body, dict(headers), {}), "trial")


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({fate.FAILED_AT: "2026-11-22T16:30:00.123456+00:00"}, "2026-11-23 00:30:00"),
        ({"x-death": [{"queue": "trial", "time": "2026-11-22 16:30:00"}]}, "2026-11-23 00:30:00"),
        ({fate.FAILED_AT: "yesterday"}, "yesterday"),
        ({}, ""),
    ],
)
def test_when_a_letter_died_is_told_in_beijing_s_time(headers: dict[str, object], said: str) -> None:
    assert dict(letterhead.about(letter(b"", **headers)))["进入死信的时间"] == said


def test_an_event_is_shown_with_the_names_of_its_facts_only() -> None:
    shown = dict(letterhead.about(letter(json.dumps(ENVELOPE).encode())))
    assert shown["内容字段"] == "word"
    assert shown["发生时间"] == "2026-11-23 00:30:00"
    assert not any("business" in each for each in shown.values())


@given(st.text(st.characters(exclude_categories=())))
def test_what_a_stranger_wrote_is_legible_and_no_line_longer(text: str) -> None:
    shown = dead.legible(text)
    assert len(shown) == len(text)
    assert shown.isprintable()
    assert shown.encode().decode() == shown


FOREIGN = st.dictionaries(st.text().filter(lambda name: name not in fate.OURS), st.binary() | st.integers() | st.text())


@given(name=st.text(), time=st.datetimes(), foreign=FOREIGN)
def test_a_letter_written_down_reads_as_it_did_in_the_queue(
    name: str, time: object, foreign: dict[str, object]
) -> None:
    body = json.dumps({**ENVELOPE, "type": name, "dataschema": f"urn:shanguang:event:{name}:1"}).encode()
    lay = letter(body, **{**foreign, fate.FAILED_AT: str(time)})
    again = dead.recalled(lay.body, lay.around, lay.service)
    assert list(letterhead.about(again)) == list(letterhead.about(lay))
    assert (again.id, again.digest, again.body) == (lay.id, lay.digest, lay.body)


@pytest.mark.parametrize("count", ["x-delivery-count", "x-acquired-count"])
def test_to_be_looked_at_does_not_make_another_letter(count: str) -> None:
    assert letter(b"", **{count: 1}).digest == letter(b"", **{count: 2}).digest


@pytest.mark.parametrize("header", [fate.FAILED_AT, fate.QUEUE, "x-death", "foreign"])
def test_another_death_is_another_letter(header: str) -> None:
    assert letter(b"", **{header: "one"}).digest != letter(b"", **{header: "two"}).digest
