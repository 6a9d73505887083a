"""What operators run beside a started system: dead letters, facts told again, the keys of the count."""

import subprocess
import sys
from pathlib import Path

import typer

from infra.local import layout as layouts
from infra.local import services, supervisor
from infra.local.layout import Layout
from infra.local.trouble import Trouble

HELP = ["--help", "-h"]
FREE = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": HELP}
"""What follows belongs to the module that does the work; `--help`, wherever it stands, only prints the usage."""
TOOL = {**FREE, "allow_interspersed_args": False}
"""The same, but after the first word `--help` asks for that word's own usage."""


def deadletters(context: typer.Context) -> None:
    """死信：list 列出，show 查看，replay 重新投递，discard 编号 --reason 理由 放弃一封，discarded 列出放弃的。"""
    replace(made(layouts.here()), "roster", services.command("shared.messaging.deadletters", *context.args))


def retell(context: typer.Context) -> None:
    """把一项服务发布过的事实按原来的顺序再讲一遍：服务的名称，可加 --since 序号；处理过的不会重复处理。"""
    replace(made(layouts.here()), "roster", services.command("shared.messaging.retell", *context.args))


def keys(context: typer.Context) -> None:
    """计票密钥：list 列出，again 编号 放弃没有完成的一次并重新生成；ask 投票编号 请各席再次答复。"""
    replace(made(layouts.here()), "ballot", services.command("services.ballot.key", *context.args))


def running(layout: Layout) -> Layout:
    """Give the system with the port on which it was last started, whatever the variable says now."""
    known = (layout.var / "port").exists() and supervisor.alive(layout)
    return layouts.at(layout.var, layouts.last_port(layout.var)) if known else layout


def made(layout: Layout) -> Layout:
    """Give the same of a system that was started at least once; raises `Trouble`."""
    if not Path(layout.var / "secrets").is_dir():
        raise Trouble("系统还没有启动过，请先运行 ./run up。")
    return running(layout)


def replace(layout: Layout, service: str, command: list[str]) -> None:
    """End this process with the exit code of another that works beside a service."""
    sys.exit(beside(layout, service, command))


def beside(layout: Layout, service: str, command: list[str]) -> int:
    """Run another process that works beside a service; give its exit code."""
    environment = services.tool_environment(layout, service)
    sys.stdout.flush()
    return subprocess.run(command, cwd=layouts.ROOT, env=environment, check=False).returncode
