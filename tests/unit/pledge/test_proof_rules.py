"""Files that prove a showing: known by their first bytes, not too large, not too many."""

from dataclasses import replace
from uuid import uuid4

import pytest

from services.pledge.proof import rules
from services.pledge.proof.domain import BEGINNINGS, Kind
from services.pledge.publication.domain import Record, Scope
from tests.unit.pledge.pledges import NOW, TODAY, who

RECORD = Record(who("tenant"), uuid4(), who("pledge"), 1, "公开栏", Scope.BRANCH, TODAY, "一楼", "", who("T001"), NOW)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_file_is_what_it_begins_with(kind: Kind) -> None:
    """R-056"""
    beginning = BEGINNINGS[kind]
    assert rules.kind_of(beginning + b"rest") is kind
    assert rules.kind_of(beginning.ljust(rules.MOST_BYTES, b"x")) is kind
    with pytest.raises(rules.ProofTooLarge):
        rules.kind_of(beginning.ljust(rules.MOST_BYTES + 1, b"x"))
    with pytest.raises(rules.NotAProof):
        rules.kind_of(b"x" + beginning)


def test_an_empty_file_is_no_proof() -> None:
    with pytest.raises(rules.NoProof):
        rules.kind_of(b"")


def test_a_standing_record_has_room_for_six() -> None:
    """R-056"""
    rules.check_room(RECORD, rules.MOST - 1)
    with pytest.raises(rules.EnoughProofs):
        rules.check_room(RECORD, rules.MOST)
    with pytest.raises(rules.RecordStruck):
        rules.check_room(replace(RECORD, struck_at=NOW), 0)
    assert f"最多上传{rules.MOST}个" in rules.EnoughProofs().message
