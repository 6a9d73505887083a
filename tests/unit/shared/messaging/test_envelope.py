"""The envelope: what goes in comes out, and nothing else gets in."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.events import EVENTS, PUBLIC
from shared.messaging import envelope
from shared.messaging.outbox import Told


def told(**changes: Any) -> Told:
    given: dict[str, Any] = {
        "position": 1,
        "id": str(uuid.uuid4()),
        "tenant_id": str(uuid.uuid4()),
        "name": "ballot.closed",
        "version": 1,
        "exchange": EVENTS,
        "subject": "the ballot",
        "correlation_id": str(uuid.uuid4()),
        "causation_id": str(uuid.uuid4()),
        "occurred_at": "2013-04-01T09:30:00.000000Z",
        "data": '{"名": "张三"}',
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    }
    return Told(**{**given, **changes})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    facts=st.dictionaries(st.text(), json_values, max_size=4), subject=st.text(), cause=st.none() | st.uuids().map(str)
)
def test_what_is_put_in_is_read_again(facts: dict[str, Any], subject: str, cause: str | None) -> None:
    fact = told(data=json.dumps(facts), subject=subject, causation_id=cause)
    came = envelope.decode(envelope.encode(fact, "ballot"))
    assert (str(came.id), came.name, came.version, came.source) == (fact.id, fact.name, fact.version, "ballot")
    assert (str(came.tenant_id), came.subject) == (fact.tenant_id, fact.subject)
    assert came.time == datetime(2013, 4, 1, 9, 30, tzinfo=UTC)
    assert (str(came.correlation_id), came.causation_id) == (fact.correlation_id, cause and uuid.UUID(cause))
    assert (came.traceparent, came.facts) == (fact.traceparent, facts)


def test_the_public_envelope_ties_no_facts_together() -> None:
    whole = json.loads(envelope.encode(told(exchange=PUBLIC), "notify"))
    assert set(whole) == {
        "specversion", "id", "source", "type", "dataschema", "subject", "time", "datacontenttype", "tenantid", "data",
    }  # fmt: skip


@given(st.binary() | st.text() | json_values.map(json.dumps))
def test_whatever_else_arrives_is_malformed(body: bytes | str) -> None:
    with pytest.raises(envelope.MalformedEnvelope):
        envelope.decode(body)


FIELDS = ["specversion", "id", "type", "dataschema", "time", "tenantid", "correlationid", "data"]


@given(
    name=st.sampled_from(FIELDS),
    value=json_values.filter(lambda value: not isinstance(value, dict)) | st.just("2013-04-01T00:00:00"),
)
def test_an_envelope_with_a_wrong_field_is_malformed(name: str, value: Any) -> None:
    whole = json.loads(envelope.encode(told(), "ballot"))
    with pytest.raises(envelope.MalformedEnvelope):
        envelope.decode(json.dumps({**whole, name: value}))


@pytest.mark.parametrize(
    ("name", "value"),
    [("data", [1]), ("data", "张三"), ("data", None), ("time", "2013-04-01T09:30:00"), ("specversion", "0.3")],
)
def test_facts_are_an_object_and_a_time_has_a_zone(name: str, value: object) -> None:
    whole = json.loads(envelope.encode(told(), "ballot"))
    with pytest.raises(envelope.MalformedEnvelope):
        envelope.decode(json.dumps({**whole, name: value}))


def test_an_endless_nest_is_malformed_and_breaks_no_process() -> None:
    with pytest.raises(envelope.MalformedEnvelope):
        envelope.decode("[" * 100_000)


def test_an_envelope_is_read_in_every_form_in_which_it_comes() -> None:
    """From the broker in a view of its memory, from an operator as text."""
    body = envelope.encode(told(), "ballot")
    assert envelope.decode(memoryview(body)) == envelope.decode(body.decode()) == envelope.decode(body)


def test_what_is_not_traced_and_was_caused_by_nothing_says_nothing_of_it() -> None:
    whole = json.loads(envelope.encode(told(traceparent=None, causation_id=None), "ballot"))
    assert not {"traceparent", "causationid"} & whole.keys()


@pytest.mark.parametrize(
    "name", ["specversion", "id", "type", "dataschema", "time", "tenantid", "correlationid", "data"]
)
def test_an_envelope_without_a_field_is_malformed(name: str) -> None:
    whole = json.loads(envelope.encode(told(), "ballot"))
    del whole[name]
    with pytest.raises(envelope.MalformedEnvelope):
        envelope.decode(json.dumps(whole))
