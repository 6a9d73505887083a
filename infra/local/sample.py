"""The sample university: loaded once into a running system, and its accounts shown."""

import json
import subprocess
from pathlib import Path

from rich.table import Table

from infra.local import services
from infra.local.layout import ROOT, Layout
from infra.local.progress import Note, console
from infra.local.trouble import Trouble
from shared.directory.domain import ROLE_NAMES, Role

NOTE = "sample.done"
MEMBERS_SHOWN = 9
"""Ordinary members are alike: more of them would only fill the screen."""


def loaded(layout: Layout) -> bool:
    """Say whether this system has its sample university."""
    return (layout.var / NOTE).exists()


def load(layout: Layout, note: Note) -> None:
    """Load it as a client of the running system, showing its lines; raises `Trouble`."""
    with subprocess.Popen(
        services.command("infra.sample"),
        cwd=ROOT,
        env=services.tool_environment(layout, "roster"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        lines = []
        for line in process.stdout or ():
            lines.append(line.rstrip())
            note(lines[-1])
    if process.returncode:
        raise Trouble("示例数据没有载入：\n" + "\n".join(lines[-25:]))
    (layout.var / NOTE).touch()


def show_accounts(file: Path) -> None:
    """Print the sample accounts; raises `Trouble` where there are none."""
    try:
        accounts = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Trouble("还没有示例账号，请先运行 ./run up。") from None
    table = Table(title="示例账号（人物均为虚构）", title_justify="left")
    for heading in ("身份", "学工号", "姓名", "密码", "所在组织"):
        table.add_column(heading, overflow="fold")
    for account in shown(accounts):
        role = ROLE_NAMES[Role(account["role"])]
        table.add_row(role, *(str(account[key]) for key in ("number", "name", "password", "organization")))
    console.print(table)
    if left := len(accounts) - len(shown(accounts)):
        console.print(f"另有 {left} 名普通党员的账号，见 {file}")


def shown(accounts: list[dict[str, str]]) -> list[dict[str, str]]:
    """Give the accounts worth a line: everybody with an office, and the first ordinary members."""
    members = [account for account in accounts if account["role"] == Role.MEMBER][MEMBERS_SHOWN:]
    return [account for account in accounts if account not in members]
