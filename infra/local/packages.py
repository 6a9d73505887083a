"""What the system needs from the operating system, and its installation where that is allowed."""

import ctypes.util
import os
import shutil
import subprocess
import zoneinfo
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.local import nginx, postgres, rabbitmq
from infra.local.progress import Note, step
from infra.local.trouble import Trouble

POLICY = Path("/usr/sbin/policy-rc.d")
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/shanguang.conf")


@dataclass(frozen=True)
class Need:
    """A thing that must be there, how to know that it is, and the Debian packages that bring it."""

    name: str
    present: Callable[[], bool]
    packages: tuple[str, ...]
    unit: str = ""
    """The systemd unit that the package would switch on; the private servers do not need it."""


def chromium() -> str | None:
    """Find a browser for the tests."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


def _chinese_fonts() -> bool:
    lister = shutil.which("fc-list")
    return bool(lister) and bool(subprocess.run([str(lister), ":lang=zh-cn"], capture_output=True, check=False).stdout)


SERVING = (
    Need("PostgreSQL", lambda: postgres.programs_folder() is not None, ("postgresql",), "postgresql"),
    Need("RabbitMQ", lambda: rabbitmq.server_script() is not None, ("rabbitmq-server",), "rabbitmq-server"),
    Need("nginx", lambda: nginx.binary() is not None, ("nginx",), "nginx"),
    Need("中文字体", _chinese_fonts, ("fontconfig", "fonts-noto-cjk")),
    Need(
        "Pango 排版库",
        lambda: ctypes.util.find_library("pangoft2-1.0") is not None,
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    ),
    Need("时区数据", lambda: "Asia/Shanghai" in zoneinfo.available_timezones(), ("tzdata",)),
)
TESTING = (
    *SERVING,
    Need("Chromium 浏览器", lambda: chromium() is not None, ("chromium",)),
    Need("belenios-tool", lambda: shutil.which("belenios-tool") is not None, ("belenios-tool",)),
)


def ensure(needs: Sequence[Need]) -> None:
    """Install what is missing, with its progress; where that is not allowed, raise `Trouble` that says what to do."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    packages = [package for need in missing for package in need.packages]
    names = "、".join(need.name for need in missing)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Trouble(
            f"缺少：{names}。请管理员安装后再运行，在 Debian 或 Ubuntu 上是：\n"
            f"    sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"
        )
    with step(f"安装 {names}") as note, _nothing_started():
        _apt(["update"], note)
        _apt(["install", "-y", "--no-install-recommends", *packages], note)
    _switch_off([need.unit for need in missing if need.unit])
    still = [need.name for need in missing if not need.present()]
    if still:
        raise Trouble(f"已安装软件包，但仍找不到：{'、'.join(still)}。")


@contextmanager
def _nothing_started() -> Iterator[None]:
    """Keep the packages from starting servers on the default ports or making a database cluster there."""
    made = [path for path in (POLICY, NO_CLUSTER) if not path.exists()]
    if POLICY in made:
        POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
        POLICY.chmod(0o755)
    if NO_CLUSTER in made:
        NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        NO_CLUSTER.write_text("create_main_cluster = false\n", encoding="ascii")
    try:
        yield
    finally:
        for path in made:
            path.unlink(missing_ok=True)


def _apt(words: list[str], note: Note) -> None:
    command = ["apt-get", "-q", "-o", "Dpkg::Use-Pty=0", *words]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    lines = []
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True
    ) as process:
        for line in process.stdout or ():
            lines.append(line.rstrip())
            note(lines[-1])
    if process.returncode:
        raise Trouble("软件包没有装上：\n" + "\n".join(lines[-15:]))


def _switch_off(units: list[str]) -> None:
    if units and Path("/run/systemd/system").exists():
        subprocess.run(["systemctl", "disable", "--quiet", *units], capture_output=True, check=False)
