"""A whole system: brought up step by step, taken down, and asked how it is."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from infra.local import layout as layouts
from infra.local import nginx, nodes, orphans, ports, postgres, rabbitmq, sample, services, supervisor
from infra.local.layout import SERVICES, TRUSTEES, Layout
from infra.local.progress import say, step
from infra.local.trouble import Trouble

SERVICE_GROUP = "services"
GATEWAY_GROUP = "gateway"


def up(layout: Layout, *, with_sample: bool = True) -> None:
    """Bring everything up and wait until it is ready; what runs already stays as it is. Raises `Trouble`."""
    with _alone(layout):
        if supervisor.alive(layout):
            layout = layouts.at(layout.var, layouts.last_port(layout.var))
        else:
            with step("准备目录、密钥和配置"):
                _launch(layout)
        _start_postgres(layout)
        if services.is_migrated(layout):
            # Nothing has changed since the last start: the services wait for the broker themselves.
            _start_services(layout)
            _await_broker(layout)
        else:
            _await_broker(layout)
            _migrate(layout)
            _start_services(layout)
        if with_sample and not sample.loaded(layout):
            with step("载入示例大学") as note:
                sample.load(layout, note)


def down(layout: Layout) -> bool:
    """Stop what was started from this state folder and nothing else; say whether there was anything."""
    running = supervisor.alive(layout) or bool(orphans.find(layout.var))
    if running:
        with step("停止全部进程"):
            supervisor.stop(layout)
    return running


def healthy(layout: Layout) -> bool:
    """Say whether every program runs, every service is ready and the gateway answers."""
    found = supervisor.programs(layout)
    return (
        bool(found)
        and all(program.up for program in found)
        and all(services.ready(layout, service) for service in SERVICES)
        and _gateway_answers(layout)
    )


def follow(layout: Layout) -> None:
    """Stay until a signal to stop, telling of every restart; raises `Trouble` if the supervisor dies."""
    known = {program.name: program.pid for program in supervisor.programs(layout) if program.up}
    while supervisor.alive(layout):
        time.sleep(1)
        for program in supervisor.programs(layout):
            if program.up and known.get(program.name) != program.pid:
                say(f"[yellow]↻[/yellow] {program.name} 已重新启动（进程 {program.pid}）")
                known[program.name] = program.pid
    raise Trouble("进程监管程序不在了。")


@contextmanager
def started(
    var: Path, port: int | None = None, *, with_sample: bool = True, ports_from: int = 21000
) -> Iterator[dict[str, str]]:
    """Bring up a whole system for tests, give what `./run env` prints, and take it down at the end.

    Without a port, the last one of this state folder or a free block from `ports_from` on is taken. Raises `Trouble`.
    """
    layout = layouts.at(var, port or layouts.last_port(var.resolve()))
    if not port and not supervisor.alive(layout):
        layout = layouts.at(var, ports.free_block(ports_from))
    try:
        up(layout, with_sample=with_sample)
        yield services.outside(layout)
    finally:
        down(layout)


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn the signals that ask a program to end into `KeyboardInterrupt`."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _launch(layout: Layout) -> None:
    orphans.end(layout.var)
    ports.require_free(layout, layout.ports)
    nodes.prepare(layout)
    nginx.prepare(layout)
    services.forget_counters(layout)
    groups = {
        nodes.GROUP: nodes.programs(layout),
        SERVICE_GROUP: services.programs(layout),
        GATEWAY_GROUP: [nginx.program(layout)],
    }
    layouts.keep_port(layout)
    supervisor.launch(layout, groups)


def _start_postgres(layout: Layout) -> None:
    with step("启动 PostgreSQL"):
        supervisor.start_group(layout, nodes.GROUP)
        postgres.await_ready(layout)
        postgres.make_databases(layout, (*SERVICES, *TRUSTEES))


def _await_broker(layout: Layout) -> None:
    with step("启动 RabbitMQ"):
        rabbitmq.await_ready(layout)


def _migrate(layout: Layout) -> None:
    with step("升级各服务和计票密钥持有者的数据库、队列") as note:
        services.migrate(layout, note)
        services.note_migrated(layout)


def _start_services(layout: Layout) -> None:
    with step("启动各服务、计票密钥持有者和网关") as note:
        supervisor.start_group(layout, SERVICE_GROUP)
        supervisor.start_group(layout, GATEWAY_GROUP)
        services.await_ready(layout, note)
        until = time.monotonic() + 90
        while not healthy(layout):
            if time.monotonic() > until:
                idle = [
                    f"{program.name}（{program.state}）" for program in supervisor.programs(layout) if not program.up
                ]
                raise Trouble(f"没有按时就绪：{'、'.join(idle) or '网关'}。请看 ./run logs。")
            time.sleep(0.2)


def _gateway_answers(layout: Layout) -> bool:
    try:
        return requests.get(f"{layout.base_url}/healthz", timeout=5).status_code == 200
    except requests.RequestException:
        return False


@contextmanager
def _alone(layout: Layout) -> Iterator[None]:
    """Let one start at a time work on a state folder."""
    with (layout.folder() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(str(os.getpid()))
        yield
