"""The archive of a ballot as a stream of bytes, from any byte on, read from its rows a few at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from services.ballot.archive import writer
from services.ballot.archive.records import OPENING_SIZE, opening
from services.ballot.board.view import Board
from services.ballot.box.domain import Chain
from services.ballot.ledger import store as ledger
from shared.db import Pool
from shared.errors import NotFound

ROWS = 32


class NothingYet(NotFound):
    """投票还没有开始，没有选票档案。"""


class ArchiveUnknown(NotFound):
    """这次投票没有这个名称的选票档案。"""


@dataclass(frozen=True)
class Part:
    """The bytes [start, stop) of `size`; the whole where nothing else was asked for."""

    start: int
    stop: int
    size: int
    partial: bool


def require_name(board: Board, name: str) -> None:
    """Refuse a name that is not this archive's. Raises `ArchiveUnknown`."""
    if name != board.uuid:
        raise ArchiveUnknown


def answer(pool: Pool, board: Board) -> Response:
    """Answer with the archive, or with the range that is asked for. Raises `NothingYet` and 416."""
    if board.chain is None:
        raise NothingYet
    part = asked(board.size)
    body = stream(pool, board.chain, board.box.timestamp, part)
    response = Response(body, status=206 if part.partial else 200, mimetype="application/octet-stream")
    response.content_length = part.stop - part.start
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = f'attachment; filename="{board.uuid}.bel"'
    if part.partial:
        response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{part.size}"
    return response


def asked(size: int) -> Part:
    """Read which bytes are asked for; what is no single range of bytes asks for all. Raises 416 beyond the end."""
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return Part(0, size, size, partial=False)
    found = wanted.range_for_length(size)
    if found is None:
        raise RequestedRangeNotSatisfiable(size)
    return Part(found[0], found[1], size, partial=True)


def stream(pool: Pool, chain: Chain, timestamp: int, part: Part) -> Iterator[bytes]:
    """Yield the bytes of a part; no connection is held while the reader takes his time."""
    if part.start < OPENING_SIZE:
        number, begins = 0, 0
        head: Iterable[bytes] = [opening(timestamp)]
    else:
        with pool.connection() as conn:
            number, begins = ledger.first_at(conn, chain, part.start)
        head = []
    chunks = _chunks(pool, chain, timestamp, number, head)
    yield from writer.cut(chunks, part.start - begins, part.stop - part.start)


def _chunks(pool: Pool, chain: Chain, timestamp: int, number: int, head: Iterable[bytes]) -> Iterator[bytes]:
    yield from head
    while number < chain.records:
        with pool.connection() as conn:
            some = list(ledger.some(conn, chain, number, min(ROWS, chain.records - number)))
        yield from writer.continuation(some, timestamp)
        number += len(some)
