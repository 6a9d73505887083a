"""Public papers that were written already, so that the same one is not written anew for each who asks."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

Paper = tuple[str, bytes]
"""File name and content."""


class Shelf:
    """Keeps the papers asked for last, in this process only, up to so many bytes.

    Anybody may ask for them without signing in, and writing one takes a fifth of a second of the processor: without
    this a few hundred requests a minute would hold up everybody. Only what is public belongs here.
    """

    def __init__(self, *, room: int) -> None:
        """Take how many bytes there is room for."""
        self._room = room
        self._papers: OrderedDict[str, Paper] = OrderedDict()
        self._lock = Lock()
        self._press = Lock()

    def give(self, key: str, write: Callable[[], Paper]) -> Paper:
        """Give the paper under a key; if it is not here, write it, one at a time, and keep it."""
        if found := self._find(key):
            return found
        with self._press:
            if found := self._find(key):
                return found
            paper = write()
            self._keep(key, paper)
            return paper

    def _find(self, key: str) -> Paper | None:
        with self._lock:
            if key in self._papers:
                self._papers.move_to_end(key)
            return self._papers.get(key)

    def _keep(self, key: str, paper: Paper) -> None:
        with self._lock:
            self._papers[key] = paper
            while sum(len(content) for _, content in self._papers.values()) > self._room:
                self._papers.popitem(last=False)
