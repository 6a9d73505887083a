"""What a seat agrees to, how a share travels, and what a candidate is called in the election."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.key.rules import majority
from services.ballot.trustee.ceremony import parcel, rules
from services.ballot.trustee.ceremony.domain import Ceremony, State
from services.ballot.trustee.ceremony.parcel import Address
from services.ballot.trustee.decryption import rules as watching
from services.ballot.trustee.decryption.domain import State as Watching
from services.ballot.trustee.decryption.domain import Watch
from shared.events.trustee import DecryptionMade
from shared.voting import seal
from shared.voting.malformed import Malformed
from tests import trustees

NOW = datetime(2013, 4, 1, tzinfo=UTC)
WHERE = Address(UUID(int=1), UUID(int=2), 1, 2)
AGREED = bytes(32)


def ceremony(threshold: int, seats: list[int]) -> Ceremony:
    return Ceremony(UUID(int=1), uuid4(), "2013Q1", "BELENIOS-2048", threshold, seats, State.RUNNING, NOW)


@given(seats=st.integers(1, 9), threshold=st.integers(0, 10))
def test_a_seat_agrees_to_more_than_half_and_not_more_than_all(seats: int, threshold: int) -> None:
    known = list(range(1, seats + 1))
    if seats / 2 < threshold <= seats:
        rules.check_request(ceremony(threshold, known), known)
    else:
        with pytest.raises(rules.CeremonyRefused):
            rules.check_request(ceremony(threshold, known), known)


@given(seats=st.integers(1, 9))
def test_what_ballot_asks_for_is_what_a_seat_agrees_to(seats: int) -> None:
    known = list(range(1, seats + 1))
    rules.check_request(ceremony(majority(seats), known), known)
    assert majority(3) == 2


def test_every_fault_of_a_request_is_named_at_once() -> None:
    with pytest.raises(rules.CeremonyRefused) as refused:
        rules.check_request(replace(ceremony(1, [1, 2]), group_name="other"), [1, 2, 3])
    assert len(refused.value.details) == 3
    rules.check_request(ceremony(2, [1, 2, 3]), [3, 1, 2])
    for wrong in (ceremony(2, [1, 2]), ceremony(4, [1, 2, 3]), replace(ceremony(2, [1, 2, 3]), group_name="other")):
        with pytest.raises(rules.CeremonyRefused) as refused:
            rules.check_request(wrong, [1, 2, 3])
        assert len(refused.value.details) == 1


@given(share=st.integers(0, 2**256))
def test_a_share_arrives_as_it_was_sent(share: int) -> None:
    assert parcel.unseal(AGREED, WHERE, parcel.seal(AGREED, WHERE, share)) == share


@pytest.mark.parametrize(
    "change", [{"tenant_id": UUID(int=9)}, {"ceremony_id": UUID(int=9)}, {"sender": 3}, {"receiver": 3}], ids=str
)
def test_a_share_opens_only_where_it_was_sent(change: dict[str, Any]) -> None:
    sealed = parcel.seal(AGREED, WHERE, 7)
    with pytest.raises(Malformed):
        parcel.unseal(AGREED, replace(WHERE, **change), sealed)
    with pytest.raises(Malformed):
        parcel.unseal(b"1" * 32, WHERE, sealed)


@given(place=st.integers(0, 10**6), letter=st.sampled_from("Az09+/"))
def test_a_share_that_was_changed_on_its_way_is_found_out(place: int, letter: str) -> None:
    sealed = parcel.seal(AGREED, WHERE, 7)
    place %= len(sealed)
    changed = sealed[:place] + letter + sealed[place + 1 :]
    if changed != sealed:
        with pytest.raises(Malformed):
            parcel.unseal(AGREED, WHERE, changed)


FACTS = {"ballot_id": UUID(int=5), "owner": 2, "partial_decryption": "{}", "seat": 2}


def told(**changes: object) -> dict[str, object]:
    return {**FACTS, "seal": seal.sign(trustees.IDENTITIES[2], DecryptionMade, UUID(int=1), FACTS), **changes}


def test_a_seal_tells_the_seat() -> None:
    assert seal.check(trustees.KNOWN, DecryptionMade, UUID(int=1), told()) == 2


@pytest.mark.parametrize(
    "change",
    [{"seat": 1}, {"seat": 4}, {"owner": 1}, {"partial_decryption": "[]"}, {"seal": ""}, {"seal": "="}],
    ids=str,
)
def test_a_seal_covers_everything_that_is_said(change: dict[str, Any]) -> None:
    with pytest.raises(seal.ForgedSeal):
        seal.check(trustees.KNOWN, DecryptionMade, UUID(int=1), told(**change))
    with pytest.raises(seal.ForgedSeal):
        seal.check(trustees.KNOWN, DecryptionMade, UUID(int=2), told())


def test_identities_are_read_as_they_were_written() -> None:
    assert seal.identities(seal.write_identities(trustees.KNOWN)) == trustees.KNOWN


def watch(**changes: object) -> Watch:
    return replace(Watch(UUID(int=1), UUID(int=2), Watching.WATCHING, electronic=True), **changes)  # type: ignore[arg-type]


def test_a_seat_looks_seldom_at_an_open_ballot_often_at_one_that_is_asked_for_and_never_at_others() -> None:
    opened, asked = watch(opened=True), watch(head="h")
    assert watching.next_look(opened, NOW, more=False) == NOW + watching.OPEN
    assert watching.next_look(asked, NOW, more=False) == NOW + watching.ASKED
    assert watching.next_look(opened, NOW, more=True) == NOW
    for each in (
        watch(),
        watch(opened=True, annulled=True),
        watch(opened=True, electronic=False),
        watch(opened=True, electronic=None),
        watch(opened=True, state=Watching.ANSWERED),
        watch(head="h", state=Watching.DECLINED),
    ):
        assert watching.next_look(each, NOW, more=True) is None


def test_persons_of_one_name_are_told_apart_in_the_election() -> None:
    assert watching.label("尤文静", "") == "尤文静"
    assert watching.label("尤文静", "计算机系") == "尤文静（计算机系）"


@given(st.lists(st.integers(1, 10**6).map(str), unique=True))
def test_the_order_of_credentials_says_nothing(credentials: list[str]) -> None:
    assert watching.credentials_hash(credentials) == watching.credentials_hash(credentials[::-1])
