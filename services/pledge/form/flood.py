"""How many open forms one address may fetch or answer; it is remembered only in the memory of this process."""

import os
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from flask import current_app, request

from services.pledge.form.rules import TooManyForms

MOST = 10_000


class Window:
    """Counts by address within a span of seconds; beyond `MOST` addresses the oldest is forgotten."""

    def __init__(self, size: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Take how many fit into a span, and what counts seconds."""
        self._size, self._seconds, self._clock = size, seconds, clock
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def enter(self, address: str) -> None:
        """Count one. Raises `TooManyForms`."""
        with self._lock:
            now = self._clock()
            began, count = self._seen.pop(address, (now, 0))
            if now - began >= self._seconds:
                began, count = now, 0
            self._seen[address] = (began, count + 1)
            while len(self._seen) > MOST:
                self._seen.popitem(last=False)
            if count >= self._size:
                raise TooManyForms


SIZE, SECONDS = 200, 600.0
"""A class or a meeting fills its forms behind one address: a hundred people, who open and answer one each."""
_KEY = "pledge.forms"


def enter() -> None:
    """Count the present request. Raises `TooManyForms`."""
    window: Window = current_app.extensions.setdefault(_KEY, Window(SIZE, SECONDS))
    window.enter(address())


def address() -> str:
    """Give the address of the caller; the gateway's word counts only when the gateway is the one who speaks."""
    trusted = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1").split(",")
    direct = request.remote_addr or ""
    if direct in trusted or "*" in trusted:
        return request.headers.get("X-Forwarded-For", direct).split(",")[-1].strip()
    return direct
