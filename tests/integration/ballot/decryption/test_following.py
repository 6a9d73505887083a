"""An archive that changes its past and words that are not ballot's lead to no decryption (issue 3, 7; R-130)."""

from uuid import uuid4

import pytest

from shared.events.ballot import BallotAnnulled
from shared.events.trustee import DecryptionRequested
from shared.voting import seal
from tests import trustees
from tests.archives import Archive
from tests.integration.ballot.decryption.desk import Desk, assert_decrypted, sealed
from tests.seats import Table
from tests.services import BALLOT_IDENTITY
from tests.university import TENANT


def tampered(data: bytes) -> bytes:
    place = data.rindex(b'"response":"') + len(b'"response":"')
    return data[:place] + (b"2" if data[place : place + 1] == b"1" else b"1") + data[place + 1 :]


def test_a_ballot_that_was_tampered_with_is_found_while_the_ballot_is_still_open(desk: Desk) -> None:
    archive = Archive(desk.key).open().vote(0, 1)
    desk.board.shown[str(archive.ballot_id)] = tampered(archive.data)
    desk.call(archive)
    desk.open(archive)
    desk.look()
    assert desk.faults()


def test_an_archive_that_became_shorter_is_refused_for_ever(desk: Desk) -> None:
    archive = Archive(desk.key).open().vote(0, 1)
    desk.board.show(archive)
    desk.call(archive)
    desk.open(archive)
    desk.look()
    whole, archive.records = archive.records, archive.records[:-2]
    desk.board.show(archive)
    desk.look()
    assert desk.faults() == ["archive_shorter"]
    archive.records = whole
    archive.vote(1, 2).seal()
    desk.board.show(archive)
    desk.ask(archive)
    desk.look(2)
    assert desk.told("decryption.made") == []
    assert [told["faults"] for told in desk.told("decryption.declined")] == [["archive_shorter"]] * 2


@pytest.mark.parametrize("again", [True, False], ids=["the known elector votes again", "only others vote"])
def test_an_archive_that_goes_on_from_another_past_is_refused_for_ever(desk: Desk, again: bool) -> None:
    """The board showed this seat one chain, and later another one that has grown further."""
    archive = Archive(desk.key).open().vote(0, 1)
    desk.board.show(archive)
    desk.call(archive)
    desk.open(archive)
    desk.look()
    archive.records, archive.cast, archive.builder = [], {}, type(archive.builder)()
    archive.open().vote(1, 2).vote(0 if again else 1, 2).vote(2, 1).seal()
    desk.board.show(archive)
    desk.ask(archive)
    desk.look(2)
    assert desk.faults()


def test_an_annulled_ballot_is_followed_no_further_and_never_decrypted(desk: Desk) -> None:
    archive = sealed(desk)
    desk.call(archive)
    desk.open(archive)
    desk.hear(
        BallotAnnulled, ballot_id=archive.ballot_id, organization_id=uuid4(), reason="decision", statement="重新投票"
    )
    assert desk.look() == 0
    desk.ask(archive)
    desk.look()
    assert desk.faults() == ["annulled"]


@pytest.mark.parametrize("kind", ["none", "another seat's", "of another sum", "of another university"])
def test_a_sum_that_not_ballot_asks_for_is_not_decrypted(desk: Desk, kind: str) -> None:
    """R-130: else whoever holds the broker's account reads an electronic sum before the papers are confirmed."""
    archive = sealed(desk)
    desk.call(archive)
    asked = archive.requested()
    false = {
        "none": "",
        "another seat's": trustees.by_seat(2, DecryptionRequested, **asked),
        "of another sum": trustees.by_ballot(DecryptionRequested, **{**asked, "head": "0" * 64}),
        "of another university": seal.sign(BALLOT_IDENTITY, DecryptionRequested, uuid4(), asked),
    }
    table = Table({desk.place.name: desk.place})
    table.forge(desk.place.name, DecryptionRequested, tenant_id=TENANT, **asked, seal=false[kind])
    assert table.dead == [("trustee1", "decryption.requested", "forged_seal")]
    desk.look(2)
    assert desk.place.told() == []
    desk.ask(archive)
    desk.look()
    assert_decrypted(desk, archive)


def test_a_ballot_that_not_ballot_annuls_is_counted(desk: Desk) -> None:
    archive = sealed(desk)
    desk.call(archive)
    said = {"ballot_id": archive.ballot_id, "organization_id": uuid4(), "reason": "decision", "statement": "重新投票"}
    desk.hear(BallotAnnulled, **said, seal=trustees.by_seat(2, BallotAnnulled, **said))
    desk.ask(archive)
    desk.look()
    assert_decrypted(desk, archive)


def test_a_ballot_on_paper_does_not_concern_a_seat(desk: Desk) -> None:
    archive = sealed(desk)
    desk.call(archive, channel="paper", credentials=[])
    desk.open(archive)
    assert desk.look() == 0
    desk.ask(archive)
    assert desk.faults() == ["not_electronic"]
