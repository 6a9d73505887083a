"""Starting, asking and stopping the supervisor of one state folder."""

import os
import socket
import subprocess
import time
import xmlrpc.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any, cast

from infra.local import orphans, program
from infra.local.layout import Layout
from infra.local.program import Program
from infra.local.trouble import Trouble

FOREIGN = (
    "PG", "RABBITMQ_", "ERL_", "GUNICORN_", "DATABASE_URL", "AMQP_URL", "PUBLIC_AMQP_URL", "SECRET_KEY", "DATA_KEYS",
    "SESSION_", "TRUSTEE_", "BOARD_URL",
)  # fmt: skip
"""Variables of the caller that would bend a private server or a service; they are not passed on."""


@dataclass(frozen=True)
class Running:
    """What the supervisor knows of one program."""

    name: str
    state: str
    pid: int
    seconds: int

    @property
    def up(self) -> bool:
        """Say whether the process runs."""
        return self.state == "RUNNING"


def alive(layout: Layout) -> bool:
    """Say whether the supervisor of this state folder answers."""
    try:
        _ask(layout, "getState")
    except (OSError, xmlrpc.client.Error):
        return False
    return True


def launch(layout: Layout, groups: Mapping[str, Sequence[Program]]) -> None:
    """Start a supervisor in a session of its own, with no program running yet; raises `Trouble`."""
    orphans.end(layout.var)
    layout.socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    layout.socket.unlink(missing_ok=True)
    file = layout.folder() / "supervisor.conf"
    user = str(os.getuid()) if os.geteuid() == 0 else None
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(program.configuration(layout, groups, user=user))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    with layout.log("supervisor-start").open("wb") as log:
        done = subprocess.run(
            program.supervisor_command(file),
            cwd=layout.var,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            check=False,
        )
    until = time.monotonic() + 20
    while not alive(layout):
        if done.returncode or time.monotonic() > until:
            raise Trouble(f"进程监管程序没有启动，请看 {layout.log('supervisor-start')}。")
        time.sleep(0.05)


def start_group(layout: Layout, group: str) -> None:
    """Start all programs of a group and do not wait for them; those that run already stay."""
    _ask(layout, "startProcessGroup", group, False)


def hold(layout: Layout, group: str, name: str) -> None:
    """Stop one program and do not start it again by itself."""
    _ask(layout, "stopProcess", f"{group}:{name}")


def release(layout: Layout, group: str, name: str) -> None:
    """Start a program that was held, and do not wait for it."""
    _ask(layout, "startProcess", f"{group}:{name}", False)


def programs(layout: Layout) -> list[Running]:
    """List the programs in their order of starting; none if the supervisor does not run."""
    try:
        answer = cast(list[dict[str, Any]], _ask(layout, "getAllProcessInfo"))
    except (OSError, xmlrpc.client.Error):
        return []
    order = [line.removeprefix("[program:") for line in _configured(layout)]
    answer.sort(key=lambda row: order.index(row["name"] + "]"))
    return [
        Running(row["name"], row["statename"], row["pid"], row["now"] - row["start"] if row["pid"] else 0)
        for row in answer
    ]


def _configured(layout: Layout) -> list[str]:
    text = (layout.var / "supervisor.conf").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.startswith("[program:")]


def stop(layout: Layout) -> None:
    """Stop every program in the opposite order, then the supervisor; what an earlier crash left behind too."""
    if alive(layout):
        pid = cast(int, _ask(layout, "getPID"))
        _ask(layout, "shutdown")
        _await_end(pid)
    orphans.end(layout.var)


def _await_end(pid: int) -> None:
    until = time.monotonic() + 90
    while orphans.exists(pid):
        if time.monotonic() > until:
            raise Trouble("进程监管程序没有按时停止。")
        time.sleep(0.05)


class _Connection(HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=60)
        self._path = path

    def connect(self) -> None:
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        client.settimeout(60)
        try:
            client.connect(self._path)
        except OSError:
            client.close()
            raise
        self.sock = client


class _Transport(xmlrpc.client.Transport):
    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: tuple[str, dict[str, str]] | str) -> HTTPConnection:
        connection = _Connection(self._path)
        # the transport closes what it finds here
        self._connection = host, connection
        return connection


def _ask(layout: Layout, method: str, *arguments: str | bool) -> object:
    transport = _Transport(str(layout.socket))
    with xmlrpc.client.ServerProxy("http://localhost", transport=transport) as proxy:
        answer: object = getattr(proxy.supervisor, method)(*arguments)
        return answer
