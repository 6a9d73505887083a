"""Throw-away PostgreSQL and RabbitMQ for tests, under `var/test/<name>`, on free ports."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local import layout as layouts
from infra.local import nodes, orphans, ports, postgres, rabbitmq, supervisor
from infra.local.layout import ROOT, Layout

PARENT = ROOT / "var" / "test"
MEMORY = Path("/dev/shm")  # noqa: S108 — a file system in memory, in which the folder below is made for its owner only
ROOM = 4 * 2**30
"""Bytes that must be free there: the write-ahead log alone may take one gigabyte."""


def available() -> bool:
    """Say whether both servers are installed."""
    return postgres.programs_folder() is not None and rabbitmq.server_script() is not None


def start(name: str = "servers", *, durable: bool = False) -> dict[str, str]:
    """Start them, or find them running, and give `TEST_DATABASE_URL` (a superuser) and `TEST_AMQP_URL`.

    `durable=True` writes to the disk as a real server does, for measurements. Several processes may call it at once.
    Raises `Trouble`.
    """
    folder = PARENT / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone():
        layout = _layout(folder) if supervisor.alive(_layout(folder)) else _launch(folder, durable)
        supervisor.start_group(layout, nodes.GROUP)
        postgres.await_ready(layout)
        rabbitmq.await_ready(layout)
    return {"TEST_DATABASE_URL": postgres.owner_url(layout), "TEST_AMQP_URL": rabbitmq.url(layout)}


def stop(name: str = "servers") -> None:
    """Stop them and remove what they wrote."""
    supervisor.stop(_layout(PARENT / name))
    for folder in (PARENT / name, _in_memory(PARENT / name)):
        shutil.rmtree(folder, ignore_errors=True)


def _launch(folder: Path, durable: bool) -> Layout:
    orphans.end(folder.resolve())
    layout = layouts.at(folder, ports.free_block(20000))
    if not durable:
        _keep_in_memory(folder)
    nodes.prepare(layout, durable=durable, connections=300)
    layouts.keep_port(layout)
    supervisor.launch(layout, {nodes.GROUP: nodes.programs(layout)})
    return layout


def _keep_in_memory(folder: Path) -> None:
    """Put PostgreSQL's files into memory, if there is room: tests make and drop databases of some hundred files each.

    On ext4 more than half of all the tests' time went by looking for numbers of files that were not deleted just now.
    """
    files, place = folder / "postgres", _in_memory(folder)
    if files.exists() or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    files.unlink(missing_ok=True)
    files.symlink_to(place)


def _in_memory(folder: Path) -> Path:
    """Give the place in memory that belongs to a state folder."""
    return MEMORY / f"shanguang-{os.getuid()}-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"


def _layout(folder: Path) -> Layout:
    return layouts.at(folder, layouts.last_port(folder.resolve()))


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process of this user at a time look for free ports and take them."""
    path = Path(tempfile.gettempdir()) / f"shanguang-ports-{os.getuid()}.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
