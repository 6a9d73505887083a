"""Which ports are free."""

import socket

from infra.local.layout import SPAN, Layout
from infra.local.trouble import Trouble

LOWEST = 20000
CLIENTS = 32000


def is_free(port: int) -> bool:
    """Say whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def require_free(layout: Layout, wanted: dict[int, str]) -> None:
    """Raise `Trouble` that names every taken port and says how to move."""
    taken = [f"{port}（{name}）" for port, name in wanted.items() if not is_free(port)]
    if taken:
        other = free_block(layout.port + 100)
        raise Trouble(
            f"端口已被别的程序占用：{'、'.join(taken)}。请换一组端口再启动，例如：SHANGUANG_PORT={other} ./run"
        )


def free_block(start: int) -> int:
    """Give the first of a block of ports that are all free, below those that the kernel hands out to clients."""
    steps: list[int] = [*range(start, CLIENTS, 20), *range(LOWEST, min(start, CLIENTS), 20)]
    for first in steps:
        if all(is_free(first + offset) for offset in range(SPAN)):
            return first
    raise Trouble("没有找到一组空闲的端口。")
