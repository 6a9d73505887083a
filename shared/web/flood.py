"""How often one address may come within a span of seconds; only this process remembers, and it keeps no address.

What is remembered is a hash under a key that each process draws for itself: nobody can look up in it who came.
"""

import ipaddress
import os
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock

from flask import current_app, request

from shared.errors import Refusal

MOST = 10_000
"""Addresses that a window remembers; beyond them the oldest is forgotten."""
HOME = 64
"""Bits of an IPv6 address that one connection has to itself; what follows them its owner chooses."""


class Window:
    """Counts what comes from each address within a span of seconds."""

    def __init__(
        self, size: int, seconds: float, refusal: type[Refusal], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take how many fit into a span, what is raised beyond, and what counts seconds."""
        self._size, self._seconds, self._refusal, self._clock = size, seconds, refusal, clock
        self._seen: OrderedDict[bytes, tuple[float, int]] = OrderedDict()
        self._key, self._lock = secrets.token_bytes(32), Lock()

    def enter(self, address: str, subject: str = "") -> None:
        """Count one from an address, on each subject apart. Raises the refusal."""
        mark = blake2b(f"{address} {subject}".encode(), key=self._key, digest_size=16).digest()
        with self._lock:
            now = self._clock()
            began, count = self._seen.pop(mark, (now, 0))
            if now - began >= self._seconds:
                began, count = now, 0
            self._seen[mark] = (began, count + 1)
            while len(self._seen) > MOST:
                self._seen.popitem(last=False)
            if count >= self._size:
                raise self._refusal


def enter(name: str, size: int, seconds: float, refusal: type[Refusal], subject: str = "") -> None:
    """Count the present request in the application's window of a name. Raises the refusal."""
    window: Window = current_app.extensions.setdefault(f"flood.{name}", Window(size, seconds, refusal))
    window.enter(address(), subject)


def address() -> str:
    """Give the address of the caller; the gateway's word counts only when the gateway is the one who speaks."""
    trusted = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1").split(",")
    given = request.remote_addr or ""
    if given in trusted or "*" in trusted:
        given = request.headers.get("X-Forwarded-For", given).split(",")[-1].strip()
    return _home(given)


def _home(given: str) -> str:
    try:
        found = ipaddress.ip_address(given)
    except ValueError:
        return given
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(found), HOME), strict=False))
        found = found.ipv4_mapped
    return str(found)
