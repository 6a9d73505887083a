"""A follower knows after every event whether all so far is right, and goes on from what it stored."""

import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ballot.archive import writer
from services.ballot.archive.chain import Builder
from services.ballot.audit.box import ArchiveChangedError, Placed
from services.ballot.audit.follower import Follower, State
from services.ballot.protocol.text import hex_hash
from tests.unit.ballot import archives
from tests.unit.ballot.archives import CODES, TIME, chained, counted, followed, lawful, vote, written

FORGER = lawful()
STEPS = FORGER.steps()
ARCHIVE = FORGER.archive()
REVOTE = written(chained(STEPS[:4]))  # all but the second ballot of the first elector


def earlier(start: int, length: int) -> bytes:
    return ARCHIVE[start : start + length]


def fresh() -> Follower:
    return Follower(earlier, archives.proven)


@pytest.mark.parametrize(
    ("events", "state"),
    [(0, State.EMPTY), (1, State.OPEN), (5, State.OPEN), (6, State.ENDED), (7, State.SEALED), (8, State.DECRYPTING)],
)
def test_an_unfinished_archive_is_right_so_far(events: int, state: State) -> None:
    """R-130: whoever looks before the count sees where it stands, and no fault."""
    follower = followed(written(chained(STEPS[:events])))
    assert (follower.complete(), follower.state, follower.height) == ((), state, events - 1)


def test_the_builder_writes_what_the_auditor_demands() -> None:
    builder = Builder()
    found = list(builder.setup(FORGER.asked.text, FORGER.key.text, FORGER.credentials))
    for text in FORGER.ballots:
        found += builder.ballot(text)
    found += [*builder.end(), *builder.tally(FORGER.tally, 3)]
    for owner, text in FORGER.parts:
        found += builder.partial_decryption(owner, text)
    found += builder.result(FORGER.result)
    assert b"".join(writer.tar(found, TIME)) == ARCHIVE


def test_a_finished_archive_shows_what_a_trustee_and_a_reader_need() -> None:
    follower = followed(ARCHIVE)
    assert follower.state is State.FINISHED
    assert follower.election == FORGER.asked
    assert follower.trustees_text == FORGER.key.text
    assert follower.tally_text == FORGER.tally
    assert follower.tally_hash == hex_hash(FORGER.tally)
    assert (follower.ballots, follower.num_tallied, len(follower.credentials)) == (4, 3, 3)
    assert follower.head == chained(STEPS)[-1].hash
    assert follower.count is not None
    assert follower.count.result == [[1, 0, 2]]


@settings(max_examples=10, deadline=None)
@given(stops=st.lists(st.integers(0, len(ARCHIVE)), max_size=4))
def test_a_follower_goes_on_from_what_it_stored(stops: list[int]) -> None:
    """R-130: a trustee that was stopped at any byte ends with the same knowledge."""
    follower = fresh()
    for stop in [*sorted(stops), len(ARCHIVE)]:
        follower.feed(ARCHIVE[follower.offset : stop])
        follower = Follower.load(follower.dump(), earlier, archives.proven)
    follower.feed(ARCHIVE[follower.offset :])
    assert not follower.complete()
    assert follower.dump() == followed(ARCHIVE).dump()


def test_what_was_verified_before_is_not_verified_again() -> None:
    half = followed(REVOTE).dump()
    seen: list[str] = []
    follower = Follower.load(half, earlier, lambda _, ballot: seen.append(ballot.text))
    follower.feed(ARCHIVE[follower.offset :])
    assert seen == FORGER.ballots[3:]
    assert not follower.complete()


def test_a_second_vote_asks_for_the_first_and_for_nothing_else() -> None:
    asked: list[tuple[int, int]] = []

    def noted(start: int, length: int) -> bytes:
        asked.append((start, length))
        return earlier(start, length)

    Follower(noted, archives.proven).feed(ARCHIVE)
    first = archives.followed(written(chained(STEPS[:2])))
    assert first.box is not None
    assert [Placed(hex_hash(FORGER.ballots[0]), *place) for place in asked] == list(first.box.last.values())


def test_an_archive_whose_past_changed_is_no_archive() -> None:
    follower = Follower(lambda start, length: bytes(length), archives.proven)
    with pytest.raises(ArchiveChangedError):
        follower.feed(ARCHIVE)


def test_another_chain_with_the_same_beginning_does_not_go_on() -> None:
    """R-130: the head a follower remembers is the parent of what must come next."""
    follower = followed(written(chained(STEPS[:3])))
    other = chained([STEPS[0], STEPS[2], STEPS[1], *STEPS[3:]])
    data = written(other)
    follower.feed(data[follower.offset :])
    assert "wrong_parent" in [fault.code for fault in follower.faults]


def test_a_fault_is_never_forgotten() -> None:
    """A trustee that saw a bad archive once never decrypts, also not after a restart."""
    follower = followed(archives.written(chained(STEPS)[1:]))
    again = Follower.load(follower.dump(), earlier, archives.proven)
    assert again.faults == follower.faults != ()


def test_a_memory_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 0"):
        Follower.load(zlib.compress(json.dumps({"version": 0}).encode()), earlier)


def test_the_last_vote_of_a_credential_counts() -> None:
    """R-130: 再次投票以最后一次为准."""
    key, asked = FORGER.key, FORGER.asked
    cast = [vote(asked, CODES[0], *choice) for choice in ((0, 1, 0), (0, 0, 1), (1, 0, 0))]
    data = counted(key, asked, cast, cast[-1:]).archive()
    follower = followed(data)
    assert not follower.complete()
    assert follower.count is not None
    assert follower.count.result == [[1, 0, 0]]


def test_an_election_in_which_nobody_voted_is_right() -> None:
    follower = followed(counted(FORGER.key, FORGER.asked, [], []).archive())
    assert (follower.complete(), follower.num_tallied) == ((), 0)


def test_one_trustee_alone_is_enough_where_the_key_is_his() -> None:
    assert not followed(lawful(archives.alone()).archive()).complete()


@settings(max_examples=6, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CODES), st.integers(0, 2)), max_size=5, unique=True))
def test_whatever_is_cast_the_result_is_the_sum_of_the_last_votes(cast: list[tuple[str, int]]) -> None:
    """R-130."""
    key, asked = archives.alone(), archives.election(archives.alone())
    texts = [vote(asked, code, *(int(place == one) for place in range(3))) for code, one in cast]
    last = {code: (text, one) for text, (code, one) in zip(texts, cast, strict=True)}
    follower = followed(counted(key, asked, texts, [text for text, _ in last.values()]).archive())
    assert not follower.complete()
    assert follower.count is not None
    assert follower.count.result == [[[one for _, one in last.values()].count(place) for place in range(3)]]
