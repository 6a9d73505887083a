"""Throw-away PostgreSQL and RabbitMQ for tests, under `var/test/<name>`, on free ports."""

import fcntl
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
    shutil.rmtree(PARENT / name, ignore_errors=True)


def _launch(folder: Path, durable: bool) -> Layout:
    orphans.end(folder.resolve())
    layout = layouts.at(folder, ports.free_block(20000))
    nodes.prepare(layout, durable=durable, connections=300)
    layouts.keep_port(layout)
    supervisor.launch(layout, {nodes.GROUP: nodes.programs(layout)})
    return layout


def _layout(folder: Path) -> Layout:
    return layouts.at(folder, layouts.last_port(folder.resolve()))


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process of this user at a time look for free ports and take them."""
    path = Path(tempfile.gettempdir()) / f"shanguang-ports-{os.getuid()}.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
