"""Reading a ballot's archive from the public board, from a place on, as anybody can."""

from collections.abc import Iterator
from uuid import UUID

import requests

TIMEOUT = (3.05, 20)
"""Seconds to connect, and between two pieces."""
PIECE = 65536


class Unreachable(Exception):  # noqa: N818
    """The board did not answer, or not now; the reason is a word, never an address."""


class Shorter(Exception):  # noqa: N818
    """The board shows less of the archive than was read before: it does not grow, it was replaced."""


class Board:
    """The archive of one ballot on the board at an address."""

    def __init__(self, url: str, ballot_id: UUID, session: requests.Session) -> None:
        self._url = f"{url}/ballot/boards/{ballot_id}/archive"
        self._session = session

    def after(self, offset: int, most: int) -> bytes:
        """Give the bytes from `offset` on, at most `most`; none when there is nothing new.

        Raises `Unreachable`, `Shorter`.
        """
        # One byte that is known already is asked for too: an archive without news then still has something to send,
        # and only one that has become shorter does not.
        start = max(offset - 1, 0)
        try:
            with self._ask(f"bytes={start}-") as answer:
                return self._take(answer, start, offset, most)
        except requests.RequestException as error:
            raise Unreachable(type(error).__name__) from error

    def earlier(self, offset: int, length: int) -> bytes:
        """Give bytes that were read before; raises `Unreachable`, `Shorter`."""
        found = self.after(offset, length)
        if len(found) < length:
            raise Shorter
        return found

    def _ask(self, span: str) -> requests.Response:
        return self._session.get(
            self._url,
            headers={"Range": span, "Accept-Encoding": "identity"},
            stream=True,
            timeout=TIMEOUT,
            allow_redirects=False,
        )

    def _take(self, answer: requests.Response, start: int, offset: int, most: int) -> bytes:
        if answer.status_code == 416 and offset:
            raise Shorter
        if answer.status_code in (404, 416) and not offset:
            return b""
        if answer.status_code not in (200, 206):
            raise Unreachable(str(answer.status_code))
        # A server that does not know ranges sends everything: what is known already is passed over.
        skip = offset - start if answer.status_code == 206 else offset
        found = b"".join(_pieces(answer, skip + most))
        if len(found) < skip:
            raise Shorter
        return found[skip:]


def _pieces(answer: requests.Response, most: int) -> Iterator[bytes]:
    left = most
    for piece in answer.iter_content(PIECE):
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return
