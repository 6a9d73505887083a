"""A seat follows archives by itself and decrypts a sum once, if it finds everything right (issue 3, 7; R-130)."""

import itertools
from collections.abc import Callable
from uuid import uuid4

import pytest

from services.ballot.protocol.tally import read_tally
from services.ballot.protocol.trustees import combine
from services.ballot.trustee.decryption import following
from shared.events.ballot import BallotClosed
from shared.events.trustee import DecryptionRequested
from shared.voting.group import BELENIOS_2048 as GROUP
from tests.archives import Archive, Board
from tests.integration.ballot.decryption.desk import Desk, assert_decrypted, follow_tally, hold, sealed
from tests.trustees import make_key


def test_a_seat_decrypts_the_sum_of_an_archive_that_it_verified(desk: Desk) -> None:
    from services.ballot.protocol.trustees import decrypt

    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.look()
    told = assert_decrypted(desk, archive)
    tally = read_tally(archive.election, follow_tally(archive))
    other = decrypt(archive.election, tally, desk.key.shares[3])
    answers = {1: told["partial_decryption"], 3: other}
    assert combine(archive.election, desk.key.trustees, answers, tally, 3) == [[1, 2, 0]]
    assert desk.told("decryption.declined") == []


def test_nearly_all_is_verified_before_the_close(desk: Desk) -> None:
    """The archive is read from where the last look ended, never again from the beginning."""
    archive = Archive(desk.key)
    desk.call(archive)
    assert desk.look() == 0, "before the opening there is nothing to read"
    desk.open(archive)
    desk.look()
    grown = []
    for elector, choice in ((0, 1), (1, 2), (0, 2), (2, 1)):
        (archive if archive.records else archive.open()).vote(elector, choice)
        desk.board.show(archive)
        desk.look()
        with desk.place.connect() as conn:
            grown.append(conn.execute("SELECT reached FROM watch").fetchall()[0][0])
    assert grown == sorted(set(grown))
    assert grown[-1] == len(archive.data)
    archive.seal()
    desk.board.show(archive)
    desk.look()
    desk.ask(archive)
    desk.look()
    assert_decrypted(desk, archive)


def test_an_electorate_whose_setup_is_larger_than_one_look_is_counted_too(desk: Desk) -> None:
    """R-130 issue 3: two thousand credentials are more than a megabyte before the first event of the archive ends."""
    archive = Archive(desk.key)
    more = itertools.accumulate(itertools.repeat(GROUP.g, 2000), GROUP.multiply)
    archive.credentials = sorted([*archive.credentials, *map(GROUP.text, more)])
    archive.open().vote(0, 1).vote(1, 1).vote(2, 0).seal()
    assert len(archive.data) > following.AT_ONCE
    desk.board.show(archive)
    desk.call(archive)
    desk.ask(archive)
    desk.look(3)
    assert_decrypted(desk, archive)


def test_what_follows_the_sealed_tally_does_not_concern_a_late_seat(desk: Desk) -> None:
    archive = sealed(desk)
    asked = archive.requested()
    archive.records += archive.builder.partial_decryption(2, "{}")
    desk.board.show(archive)
    desk.call(archive)
    desk.hear(DecryptionRequested, **asked)
    desk.look()
    assert_decrypted(desk, archive)


@pytest.mark.parametrize("order", ["ask call open", "open ask call", "call open close ask", "close ask call"])
def test_the_messages_about_a_ballot_may_come_in_any_order(desk: Desk, order: str) -> None:
    archive = sealed(desk)
    acts: dict[str, Callable[[], None]] = {
        "call": lambda: desk.call(archive),
        "open": lambda: desk.open(archive),
        "close": lambda: desk.hear(
            BallotClosed, ballot_id=archive.ballot_id, organization_id=uuid4(), issued=3, returned=3
        ),
        "ask": lambda: desk.ask(archive),
    }
    for act in order.split():
        acts[act]()
        desk.look()
    desk.look()
    assert_decrypted(desk, archive)


def test_a_request_that_comes_before_the_key_waits_for_it(desk: Desk) -> None:
    other = make_key()
    archive = Archive(other).open().vote(0, 1).vote(1, 2).vote(2, 0).seal()
    desk.board.show(archive)
    desk.call(archive)
    desk.ask(archive)
    desk.look(2)
    assert desk.place.told() == []
    hold(desk, other)
    desk.look()
    told = desk.told("decryption.made")
    assert len(told) == 1


@pytest.mark.parametrize("status", [502, 500, 302, 404])
def test_a_board_that_does_not_answer_is_asked_again_until_it_does(desk: Desk, status: int) -> None:
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.board.fails = status
    desk.look(3)
    assert desk.place.told() == []
    desk.board.fails = 0
    desk.look()
    assert_decrypted(desk, archive)


def test_a_board_that_is_gone_altogether_is_asked_again(desk: Desk) -> None:
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    there, desk.board = desk.board, Board("http://127.0.0.1:9")
    desk.look(2)
    assert desk.place.told() == []
    desk.board = there
    desk.look()
    assert_decrypted(desk, archive)


def test_a_board_that_knows_no_ranges_is_read_all_the_same(desk: Desk) -> None:
    desk.board.ranges = False
    archive = Archive(desk.key).open().vote(0, 1)
    desk.board.show(archive)
    desk.call(archive)
    desk.open(archive)
    desk.look()
    archive.vote(1, 2).vote(0, 2).vote(2, 1).seal()
    desk.board.show(archive)
    desk.ask(archive)
    desk.look()
    assert_decrypted(desk, archive)


def test_a_sum_that_is_asked_for_again_is_answered_word_for_word_without_another_look(desk: Desk) -> None:
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.look()
    desk.board.shown.clear()
    desk.ask(archive)
    desk.look()
    first, second = desk.told("decryption.made")
    assert first == second


def test_a_second_sum_of_a_ballot_is_never_decrypted(desk: Desk) -> None:
    """Decrypting two sums that differ by one ballot would reveal that ballot."""
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.look()
    other = Archive(desk.key, ballot_id=archive.ballot_id).open().vote(0, 1).vote(1, 2).seal()
    desk.board.show(other)
    desk.ask(other)
    desk.look()
    assert len(desk.told("decryption.made")) == 1
    assert [told["faults"] for told in desk.told("decryption.declined")] == [["second_tally"]]
    desk.ask(archive)
    assert len(desk.told("decryption.made")) == 2, "the first stands and is told again"


def test_the_database_itself_refuses_a_second_answer(desk: Desk) -> None:
    import psycopg

    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.look()
    with desk.place.connect() as conn, pytest.raises(psycopg.errors.RaiseException, match="once"):
        conn.execute("UPDATE decryption SET head = 'other'")
