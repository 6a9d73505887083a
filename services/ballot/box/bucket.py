"""How often one credential may put a ballot into a box: a small bucket of tokens, in the memory of one process."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock


@dataclass
class _Level:
    tokens: float
    at: float


class Buckets:
    """Buckets by key, each of `size` tokens that refill in `seconds`; beyond `most` the least used are forgotten."""

    def __init__(
        self, size: int, seconds: float, most: int = 100_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the measures; `clock` counts seconds from anywhere."""
        self._size, self._rate, self._most, self._clock = size, size / seconds, most, clock
        self._levels: OrderedDict[Hashable, _Level] = OrderedDict()
        self._lock = Lock()

    def has(self, key: Hashable) -> bool:
        """Say whether there is a token, and leave it there."""
        with self._lock:
            level = self._levels.get(key)
            return level is None or level.tokens + (self._clock() - level.at) * self._rate >= 1

    def take(self, key: Hashable) -> bool:
        """Take a token; say whether there was one."""
        with self._lock:
            now = self._clock()
            level = self._levels.setdefault(key, _Level(self._size, now))
            level.tokens = min(self._size, level.tokens + (now - level.at) * self._rate)
            level.at = now
            self._levels.move_to_end(key)
            while len(self._levels) > self._most:
                self._levels.popitem(last=False)
            if level.tokens < 1:
                return False
            level.tokens -= 1
            return True
