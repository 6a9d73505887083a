"""Writing an archive as a stream of bytes, from its beginning or from any offset."""

from collections.abc import Iterable, Iterator

from services.ballot.archive import records
from services.ballot.archive.records import Record


def tar(entries: Iterable[Record], timestamp: int) -> Iterator[bytes]:
    """Yield the whole archive, one chunk per record; nothing follows the last, so that it can grow."""
    yield records.opening(timestamp)
    yield from continuation(entries, timestamp)


def continuation(entries: Iterable[Record], timestamp: int) -> Iterator[bytes]:
    """Yield records that follow others, without the opening."""
    for record in entries:
        yield records.encode(record, timestamp)


def cut(chunks: Iterable[bytes], skip: int, take: int | None = None) -> Iterator[bytes]:
    """Yield the bytes [skip, skip + take) of a stream, to its end when `take` is None; reads no further than needed."""
    left = take
    for chunk in chunks:
        if left == 0:
            return
        piece = chunk[skip:]
        skip = max(0, skip - len(chunk))
        if left is not None:
            piece = piece[:left]
            left -= len(piece)
        if piece:
            yield piece
