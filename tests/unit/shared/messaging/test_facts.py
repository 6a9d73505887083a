"""What may be told: exactly what an event declares, to the depth of its lists, in a form that a hearer can load."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from marshmallow import ValidationError

from shared.events.ballot import BallotCounted
from shared.messaging import outbox

PERSON = UUID(int=7)


def counted(**changes: Any) -> dict[str, Any]:
    facts = {
        "ballot_id": uuid4(), "organization_id": uuid4(), "issued": 12, "returned": 12, "valid": 11, "invalid": 1,
        "abstained": 1, "totals": [{"person_id": PERSON, "votes": 9}],
    }  # fmt: skip
    return {**facts, **changes}


def test_what_is_declared_is_written_so_that_it_can_be_loaded() -> None:
    """R-131"""
    facts = counted()
    written = outbox.dumped(BallotCounted, facts)
    assert BallotCounted().load(json.loads(written)) == {**facts, "present": None}
    assert outbox.schema_of(BallotCounted) is outbox.schema_of(BallotCounted)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"electors": ["张三"]}, "electors is not declared"),
        ({"totals": [{"person_id": PERSON, "votes": 9, "name": "张三"}]}, "totals.name is not declared"),
        (
            {"totals": [{"person_id": PERSON, "votes": 9}, {"person_id": PERSON, "votes": 9, "name": "张三"}]},
            "totals.name is not declared",
        ),
    ],
)
def test_what_is_not_declared_is_told_to_nobody(changes: dict[str, Any], said: str) -> None:
    """Requirements 2.10: a slip of a teller's hand leaves no name in a ledger; the refusal names the field alone."""
    with pytest.raises(ValidationError) as refused:
        outbox.dumped(BallotCounted, counted(**changes))
    assert refused.value.messages == [said]


@pytest.mark.parametrize(
    "changes", [{"issued": "many"}, {"issued": None}, {"totals": [3]}, {"totals": None}, {"totals": [{"votes": 9}]}]
)
def test_what_no_hearer_could_load_is_not_told(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        outbox.dumped(BallotCounted, counted(**changes))
    with pytest.raises(ValidationError):
        outbox.dumped(BallotCounted, {name: one for name, one in counted().items() if name not in changes})
