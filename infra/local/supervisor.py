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

FOREIGN = ("PG", "RABBITMQ_", "ERL_", "GUNICORN_", "DATABASE_URL", "AMQP_URL", "SECRET_KEY", "DATA_KEYS", "SESSION_")
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
        _rpc(layout).getState()
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
        daemon = subprocess.Popen(
            program.supervisor_command(file),
            cwd=layout.var,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    until = time.monotonic() + 20
    while not alive(layout):
        if daemon.poll() is not None or time.monotonic() > until:
            raise Trouble(f"进程监管程序没有启动，请看 {layout.log('supervisor-start')}。")
        time.sleep(0.05)


def start_group(layout: Layout, group: str) -> None:
    """Start all programs of a group and do not wait for them; those that run already stay."""
    _rpc(layout).startProcessGroup(group, False)


def programs(layout: Layout) -> list[Running]:
    """List the programs in their order of starting; none if the supervisor does not run."""
    try:
        answer = cast(list[dict[str, Any]], _rpc(layout).getAllProcessInfo())
    except (OSError, xmlrpc.client.Error):
        return []
    return [
        Running(row["name"], row["statename"], row["pid"], row["now"] - row["start"] if row["pid"] else 0)
        for row in answer
    ]


def stop(layout: Layout) -> None:
    """Stop every program in the opposite order, then the supervisor; what an earlier crash left behind too."""
    if alive(layout):
        pid = cast(int, _rpc(layout).getPID())
        _rpc(layout).shutdown()
        _await_end(pid)
    orphans.end(layout.var)


def _await_end(pid: int) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        try:
            if os.waitpid(pid, os.WNOHANG)[0] == pid:
                return
        except ChildProcessError:
            if not orphans.exists(pid):
                return
        time.sleep(0.05)
    raise Trouble("进程监管程序没有按时停止。")


class _Connection(HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=60)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(60)
        self.sock.connect(self._path)


class _Transport(xmlrpc.client.Transport):
    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: object) -> HTTPConnection:
        return _Connection(self._path)


def _rpc(layout: Layout) -> Any:
    transport = _Transport(str(layout.socket))
    return xmlrpc.client.ServerProxy("http://localhost", transport=transport).supervisor
