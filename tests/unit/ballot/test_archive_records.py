"""The bytes of an archive: the same that Belenios writes, and nothing else is read."""

import io
import tarfile
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ballot.archive import chain, records, writer
from services.ballot.archive.reader import Reader
from services.ballot.archive.records import Kind, Record

MIDNIGHT = 1795325273
WORDS = (Record(Kind.DATA, '"一"'), Record(Kind.EVENT, "{}"), Record(Kind.DATA, "x" * 600), Record(Kind.DATA, ""))
ARCHIVE = b"".join(writer.tar(WORDS, MIDNIGHT))


def read_all(data: bytes) -> tuple[Reader, list[Record]]:
    reader = Reader()
    return reader, [read.record for read in reader.feed(data)]


def test_any_tar_reads_what_we_write() -> None:
    """R-130: an archive is an ordinary file that others can open."""
    with tarfile.open(fileobj=io.BytesIO(ARCHIVE)) as opened:
        members = opened.getmembers()
        contents = [opened.extractfile(member).read() for member in members]  # type: ignore[union-attr]
    assert [member.name for member in members] == ["BELENIOS", *(word.name for word in WORDS)]
    assert contents[1:] == [word.content for word in WORDS]
    assert {member.mtime for member in members} == {MIDNIGHT}


def test_an_archive_ends_with_its_last_record() -> None:
    assert len(ARCHIVE) == records.OPENING_SIZE + sum(word.size for word in WORDS)


def test_a_longer_archive_begins_with_the_shorter_one() -> None:
    assert ARCHIVE.startswith(b"".join(writer.tar(WORDS[:2], MIDNIGHT)))


@given(cuts=st.lists(st.integers(0, len(ARCHIVE)), max_size=6))
def test_pieces_of_any_length_give_the_same_records(cuts: list[int]) -> None:
    reader = Reader()
    edges = [0, *sorted(cuts), len(ARCHIVE)]
    found = [read for start, end in pairwise(edges) for read in reader.feed(ARCHIVE[start:end])]
    assert [read.record for read in found] == list(WORDS)
    assert not reader.faults
    assert not reader.torn
    assert reader.offset == found[-1].end == len(ARCHIVE)


@given(place=st.integers(0, len(ARCHIVE) - 1), bit=st.integers(0, 7))
def test_no_bit_can_be_turned_unseen(place: int, bit: int) -> None:
    """R-130: the hash covers the contents, the reader every other byte; only a torn record waits for more."""
    changed = bytearray(ARCHIVE)
    changed[place] ^= 1 << bit
    reader, _ = read_all(bytes(changed))
    assert reader.faults or reader.torn


@given(skip=st.integers(0, len(ARCHIVE) + 5), take=st.none() | st.integers(0, len(ARCHIVE)))
def test_a_cut_is_a_slice(skip: int, take: int | None) -> None:
    end = None if take is None else skip + take
    assert b"".join(writer.cut(writer.tar(WORDS, MIDNIGHT), skip, take)) == ARCHIVE[skip:end]


@pytest.mark.parametrize(
    ("start", "new", "code"),
    [
        (0, b"BELENIOT", "header_bytes"),
        (records.BLOCK, b'{"version":2', "opening_form"),
        (records.OPENING_SIZE + 124, b"00000000011\0", "content_hash"),
        (records.OPENING_SIZE + 124, b"77777777777\0", "record_too_large"),
        (records.OPENING_SIZE + 124, b"0000000000x\0", "header_unreadable"),
        (records.OPENING_SIZE + 136, b"14600227232\0", "header_bytes"),
        (records.OPENING_SIZE + 257, b"ustar", "header_bytes"),
        (records.OPENING_SIZE, b"Z", "record_name"),
        (records.OPENING_SIZE + 90, b"x", "record_name"),
        (records.OPENING_SIZE + records.BLOCK, b'"\xff\xff\xff"', "not_utf8"),
        (records.OPENING_SIZE + 2 * records.BLOCK - 1, b"!", "padding"),
        (len(ARCHIVE), bytes(1024), "header_unreadable"),
    ],
)
def test_what_is_wrong_is_named(start: int, new: bytes, code: str) -> None:
    changed = ARCHIVE[:start] + new + ARCHIVE[start + len(new) :]
    reader, _ = read_all(changed)
    assert code in [fault.code for fault in reader.faults]


def test_a_time_that_is_no_text_is_refused() -> None:
    content = b'{"version":1,"timestamp":1795325273}'
    reader, _ = read_all(records.block(records.OPENING_NAME, content, MIDNIGHT))
    assert [fault.code for fault in reader.faults] == ["opening_form"]


def test_credentials_do_not_keep_the_order_of_the_roll() -> None:
    """R-130: no order leads from a credential to a person."""
    assert chain.credentials(["9", "10", "8"]) == '["10","8","9"]'
