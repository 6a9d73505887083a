"""Throw-away PostgreSQL and RabbitMQ for tests, under `var/test`, on free ports."""

import fcntl
from pathlib import Path

from infra.local import layout as layouts
from infra.local import nodes, orphans, ports, postgres, rabbitmq, supervisor
from infra.local.layout import ROOT, Layout

FOLDER = ROOT / "var" / "test"


def start(folder: Path = FOLDER, *, durable: bool = False) -> dict[str, str]:
    """Start them, or find them running, and give `TEST_DATABASE_URL` (a superuser) and `TEST_AMQP_URL`.

    `durable=True` writes to the disk as a real server does, for measurements. Safe to call from several processes at
    once. Raises `Trouble`.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        layout = _layout(folder)
        if not supervisor.alive(layout):
            layout = _launch(folder, durable)
        supervisor.start_group(layout, nodes.GROUP)
        postgres.await_ready(layout)
        rabbitmq.await_ready(layout)
    return {"TEST_DATABASE_URL": postgres.owner_url(layout), "TEST_AMQP_URL": rabbitmq.url(layout)}


def stop(folder: Path = FOLDER) -> None:
    """Stop them; their data stay for the next start."""
    supervisor.stop(_layout(folder))


def _launch(folder: Path, durable: bool) -> Layout:
    orphans.end(folder.resolve())
    layout = layouts.at(folder, ports.free_block(20000))
    nodes.prepare(layout, durable=durable, connections=300)
    layouts.keep_port(layout)
    supervisor.launch(layout, {nodes.GROUP: nodes.programs(layout)})
    return layout


def _layout(folder: Path) -> Layout:
    return layouts.at(folder, layouts.last_port(folder.resolve()))
