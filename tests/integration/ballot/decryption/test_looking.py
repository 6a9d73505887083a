"""A seat looks again after whatever happened to it or to the board, in turn, and once (issue 3, 7; R-130)."""

from datetime import timedelta

import pytest

from services.ballot.trustee.decryption import store
from tests import trustees
from tests.archives import CANDIDATES, Archive
from tests.integration.ballot.decryption.desk import Desk, assert_decrypted, sealed


def test_a_seat_that_dies_between_its_look_and_its_note_looks_again_as_soon_as_it_is_back(desk: Desk) -> None:
    """Nothing was told of the first look; the answer comes once, and no claim of the dead process is waited for."""
    from services.ballot.trustee.decryption import commands

    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.now += timedelta(seconds=3)
    seat = trustees.seat(1, desk.board.url)
    with desk.place.connect() as conn:
        taken = commands.claim(conn, seat, desk.now)
    assert commands.go(seat, taken)[0].answer
    with desk.place.connect() as conn:
        assert commands.claim(conn, seat, desk.now + timedelta(seconds=3)) == [], "somebody else has it"
    desk.look()
    assert len(desk.told("decryption.made")) == 1
    assert_decrypted(desk, archive)


def test_a_sum_that_is_asked_for_is_looked_at_before_and_without_ballots_that_are_open(desk: Desk) -> None:
    """Between close and result no seat waits for the boards of others: their turn comes after the answer."""
    from services.ballot.trustee.decryption import commands

    others = [Archive(desk.key).open() for _ in range(3)]
    for each in others:
        desk.board.show(each)
        desk.call(each)
        desk.open(each)
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.now += timedelta(seconds=3)
    seat = trustees.seat(1, desk.board.url)
    with desk.place.connect() as conn:
        taken = [[each.watch.ballot_id for each in commands.claim(conn, seat, desk.now)] for _ in range(4)]
    assert taken[0] == [archive.ballot_id]
    assert sorted(map(len, taken[1:])) == [1, 1, 1]
    assert {one for each in taken[1:] for one in each} == {each.ballot_id for each in others}


def test_a_claim_takes_no_more_than_it_asks_for_whatever_plan_the_database_makes(desk: Desk) -> None:
    """A nested loop that runs the choice again for every row would else take all that are due."""
    for each in [Archive(desk.key).open() for _ in range(3)]:
        desk.board.show(each)
        desk.call(each)
        desk.open(each)
    desk.now += timedelta(seconds=3)
    with desk.place.connect() as conn:
        conn.execute("ANALYZE watch")
        for kind in ("material", "hashagg", "hashjoin", "mergejoin", "sort"):
            conn.execute(f"SET LOCAL enable_{kind} = off")
        taken = [store.claim(conn, desk.now, desk.now + timedelta(hours=1), 1, requested=False) for _ in range(4)]
    assert list(map(len, taken)) == [1, 1, 1, 0]


@pytest.mark.parametrize("page", [b"<html>" + b"x" * 2000, b"{}", b"\0" * 2048])
@pytest.mark.parametrize("read_before", [False, True])
def test_a_page_in_the_place_of_the_archive_is_no_reason_to_decline_for_ever(
    desk: Desk, page: bytes, read_before: bool
) -> None:
    """A proxy's page with status 200: the seat asks again, and answers once the archive is back."""
    archive = Archive(desk.key).open().vote(0, 1).vote(1, 1).vote(2, 0)
    begun = archive.data
    desk.board.show(archive)
    desk.call(archive)
    if read_before:
        desk.open(archive)
        desk.look()
    whole = archive.seal().data
    desk.board.shown[str(archive.ballot_id)] = (begun if read_before else b"") + page
    desk.ask(archive)
    desk.look(2)
    assert desk.told("decryption.declined") == []
    desk.board.shown[str(archive.ballot_id)] = whole
    desk.look(2)
    assert_decrypted(desk, archive)


def test_two_processes_of_a_seat_that_looked_at_once_answer_once(desk: Desk) -> None:
    from services.ballot.trustee.decryption import commands

    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    seat = trustees.seat(1, desk.board.url)
    found = []
    for _ in range(2):
        desk.now += timedelta(minutes=2)
        with desk.place.connect() as conn:
            found.append(commands.go(seat, commands.claim(conn, seat, desk.now)))
    for each in found:
        with desk.place.connect() as conn:
            commands.note(conn, seat, each, desk.now)
    assert len(desk.told("decryption.made")) == 1


def test_a_seat_keeps_nothing_of_an_elector_and_nothing_of_a_choice(desk: Desk) -> None:
    """R-130: only public parts of credentials, as a hash and as places in the archive."""
    archive = sealed(desk)
    desk.call(archive)
    desk.ask(archive)
    desk.look()
    with desk.place.connect() as conn:
        kept = str(conn.execute("SELECT (w.*)::text FROM watch w").fetchall())
    assert not any(code in kept for code in archive.codes)
    assert not any(str(each["person_id"]) in kept for each in CANDIDATES)
    assert str(desk.key.shares[1]) not in kept
