"""Ports of this machine for the servers of one test process, out of the way of those that look beside it."""

import os

from infra.local import ports
from infra.local.layout import SPAN

PLACES = 40
"""So many processes look in places of their own; two that share one still find a free block, unless both at once."""


def block(start: int) -> int:
    """Give the first of a block of free ports, looked for from a place after `start` that is this process's own."""
    return ports.free_block(start + os.getpid() % PLACES * SPAN)
