"""From an envelope to what a handler takes, across versions."""

import json

import pytest

from shared.events import Event
from shared.messaging import envelope
from shared.messaging.reading import InvalidFacts, NotHeard, Reader, UnknownEvent, UnknownVersion
from tests.unit.shared.messaging.test_envelope import told

Versions = tuple[type[Event], type[Event], type[Event]]


def handler(*_: object) -> None:
    """Do nothing."""


def body(version: int, facts: dict[str, object], name: str = "tried.out") -> bytes:
    return envelope.encode(told(name=name, version=version, data=json.dumps(facts)), "tests")


def test_facts_of_an_old_version_are_brought_up_step_by_step(versions: Versions) -> None:
    heard = Reader({versions[2]: handler}).read(body(1, {"count": 7}))
    assert (heard.message.version, heard.message.data) == (3, {"numbers": [7]})


def test_a_version_with_a_handler_of_its_own_goes_to_it(versions: Versions) -> None:
    first = lambda *_: None  # noqa: E731
    heard = Reader({versions[2]: handler, versions[0]: first}).read(body(1, {"count": 7}))
    assert heard.handler is first
    assert heard.message.data == {"count": 7}


@pytest.mark.parametrize("version", [3, 4, 0, -1])
def test_a_version_that_is_later_or_never_was_is_unknown(versions: Versions, version: int) -> None:
    with pytest.raises(UnknownVersion):
        Reader({versions[1]: handler}).read(body(version, {"number": 7}))


def test_an_event_outside_the_catalogue_is_unknown(versions: Versions) -> None:
    with pytest.raises(UnknownEvent):
        Reader({versions[0]: handler}).read(body(1, {}, name="no.such"))


def test_an_event_in_the_catalogue_that_is_not_heard_here_may_be_for_another_release(versions: Versions) -> None:
    with pytest.raises(NotHeard):
        Reader({}).read(body(1, {"count": 7}))


@pytest.mark.parametrize(
    ("version", "facts"), [(1, {}), (1, {"count": "many"}), (2, {"number": None}), (3, {"numbers": 1})]
)
def test_facts_that_break_the_agreement_are_refused(versions: Versions, version: int, facts: dict[str, object]) -> None:
    with pytest.raises(InvalidFacts):
        Reader({versions[2]: handler}).read(body(version, facts))


def test_two_classes_of_one_name_and_version_are_a_defect(versions: Versions) -> None:
    with pytest.raises(TypeError):
        type("Again", (Event,), {"event_name": "tried.out", "event_version": 2, "teller": "tests"})
