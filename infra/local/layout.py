"""Where one running system keeps its files, and which ports it takes."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from infra.local.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

SERVICES = ("roster", "pledge", "evaluation", "ballot", "notify")
TRUSTEES = ("trustee1", "trustee2", "trustee3")
"""The seats of those who hold the key of electronic ballots: a process, a database and a queue each, no door."""
DEFAULT_PORT = 8080
SPAN = 14
"""How many ports, counted from the first, one system may use."""
LONGEST_SOCKET = 100
"""Bytes; the kernel allows 107."""


@dataclass(frozen=True)
class Layout:
    """The state folder and the first port of one system; everything else follows from the two."""

    var: Path
    port: int

    @property
    def name(self) -> str:
        """Give a name that no other state folder on this machine has."""
        return "shanguang-" + hashlib.sha256(str(self.var).encode()).hexdigest()[:10]

    @property
    def base_url(self) -> str:
        """Give the address that users open."""
        return f"http://127.0.0.1:{self.port}"

    def web_port(self, service: str) -> int:
        """Give the port of a service's web process."""
        return self.port + 1 + SERVICES.index(service)

    @property
    def postgres_port(self) -> int:
        """Give the database server's port."""
        return self.port + 10

    @property
    def amqp_port(self) -> int:
        """Give the broker's port."""
        return self.port + 11

    @property
    def epmd_port(self) -> int:
        """Give the port on which the broker's node is looked up."""
        return self.port + 12

    @property
    def dist_port(self) -> int:
        """Give the port on which the broker's command line reaches it."""
        return self.port + 13

    @property
    def ports(self) -> dict[int, str]:
        """Give every port with the name of what listens there."""
        webs = {self.web_port(service): f"{service}-web" for service in SERVICES}
        nodes = {self.postgres_port: "postgres", self.amqp_port: "rabbitmq"}
        return {self.port: "nginx"} | webs | nodes | {self.epmd_port: "epmd", self.dist_port: "rabbitmq"}

    @property
    def clock(self) -> Path:
        """Give the file that holds how many seconds the system's clock is ahead."""
        return self.var / "clock"

    @property
    def accounts(self) -> Path:
        """Give the file in which the sample university leaves its accounts."""
        return self.var / "accounts.json"

    def folder(self, *names: str) -> Path:
        """Give a folder of the state, made if need be, for its owner only."""
        path = self.var.joinpath(*names)
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    def log(self, program: str) -> Path:
        """Give the log file of a program."""
        return self.folder("log") / f"{program}.log"

    @property
    def socket(self) -> Path:
        """Give the supervisor's socket; elsewhere than in the state folder where that path is too long."""
        near = self.var / "supervisor.sock"
        if len(str(near).encode()) < LONGEST_SOCKET:
            return near
        runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        return runtime / f"{self.name}-{os.getuid()}" / "supervisor.sock"


def here() -> Layout:
    """Read `SHANGUANG_VAR` and `SHANGUANG_PORT`; without the latter, the port of the last start, else 8080."""
    var = Path(os.environ.get("SHANGUANG_VAR") or ROOT / "var").resolve()
    return at(var, os.environ.get("SHANGUANG_PORT") or last_port(var))


def at(var: Path, port: int | str) -> Layout:
    """Check a state folder and a port and join them; raises `Trouble`."""
    if any(sign in str(var) for sign in "\"\n'"):
        raise Trouble(f"状态目录的路径不能含有引号或换行：{var}")
    try:
        number = int(port)
    except ValueError:
        raise Trouble(f"SHANGUANG_PORT 应为数字，现为“{port}”。") from None
    if not 1024 <= number <= 65535 - SPAN:
        raise Trouble(f"SHANGUANG_PORT 应在 1024 至 {65535 - SPAN} 之间，现为 {number}。")
    return Layout(var.resolve(), number)


def last_port(var: Path) -> int:
    """Give the port with which the system of this state folder was last started, else the default."""
    try:
        return int((var / "port").read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return DEFAULT_PORT


def keep_port(layout: Layout) -> None:
    """Remember the port, so that the other commands find the system without being told."""
    (layout.folder() / "port").write_text(str(layout.port), encoding="ascii")
