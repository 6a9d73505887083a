"""What may be told: exactly what an event declares, to the depth of its lists, in a form that a hearer can load."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from marshmallow import ValidationError, fields

from shared.events.ballot import BallotAnnulled, BallotCounted, Total
from shared.events.notify import NoticePosted
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
    "one", [fields.Nested(Total), fields.Nested(Total, many=True), fields.List(fields.Nested(Total))]
)
def test_however_a_list_is_declared_nothing_hides_in_it(one: Any) -> None:
    """Requirements 2.10"""
    good, bad = {"person_id": PERSON, "votes": 9}, {"person_id": PERSON, "votes": 9, "name": "张三"}
    several = not isinstance(one, fields.Nested) or one.many
    outbox._refuse_unknown({"totals": one}, {"totals": [good] if several else good}, ())
    outbox._refuse_unknown({"totals": one}, {"totals": None}, ())
    with pytest.raises(ValidationError, match=r"totals\.name is not declared"):
        outbox._refuse_unknown({"totals": one}, {"totals": [good, bad] if several else bad}, ())


def test_words_are_written_as_themselves() -> None:
    facts = {"ballot_id": uuid4(), "organization_id": uuid4(), "reason": "decision", "statement": "程序有误"}
    assert "程序有误" in outbox.dumped(BallotAnnulled, facts)


@pytest.mark.parametrize("day", ["2013-04-08", 20130408, [1]])
def test_a_day_that_is_no_day_is_the_teller_s_defect_and_said_without_its_value(day: object) -> None:
    facts = {
        "notice_id": uuid4(), "organization_id": uuid4(), "period": "2013Q1", "starts_on": day, "ends_on": None,
        "award_ids": [],
    }  # fmt: skip
    with pytest.raises(ValidationError, match="NoticePosted cannot be written"):
        outbox.dumped(NoticePosted, facts)


@pytest.mark.parametrize(
    "changes",
    [
        {"issued": [1]},
        {"issued": "many"},
        {"issued": None},
        {"totals": [3]},
        {"totals": None},
        {"totals": [{"votes": 9}]},
    ],
)
def test_what_no_hearer_could_load_is_not_told(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        outbox.dumped(BallotCounted, counted(**changes))
    with pytest.raises(ValidationError):
        outbox.dumped(BallotCounted, {name: one for name, one in counted().items() if name not in changes})
