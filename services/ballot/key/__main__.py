"""The operator's command for keys: `python -m services.ballot.key list | again CEREMONY | ask BALLOT`.

Reads ballot's database address, `TRUSTEE_IDENTITIES_FILE` and `BALLOT_IDENTITY_FILE`. It shows no secret.
"""

from typing import Annotated
from uuid import UUID

import psycopg
import typer
from rich.console import Console

from services.ballot.box import sealing
from services.ballot.box.store import BoxNotFound
from services.ballot.key import commands, store
from services.ballot.key.domain import Ceremony
from shared.config import database_url, read
from shared.db import reached

NEWEST = 50
STATES = {"running": "正在生成", "made": "已生成", "failed": "未成", "retired": "已停用"}

app = typer.Typer(add_completion=False, no_args_is_help=True, help="计票密钥：查看、重新生成")
console = Console(soft_wrap=True, highlight=False)


@app.command("list")
def list_keys() -> None:
    """列出最近的密钥和生成过程。"""
    with read(), reached("ballot"), psycopg.connect(database_url("ballot")) as conn:
        found = store.list_newest(conn, NEWEST)
        missing = {each.id: commands.missing(conn, each) for each in found}
    for ceremony in found:
        console.print(_line(ceremony, missing[ceremony.id]))
    if not found:
        console.print("还没有密钥。首次发起电子投票时自动生成。")


@app.command()
def again(ceremony: Annotated[UUID, typer.Argument(metavar="编号")]) -> None:
    """放弃一次没有完成的生成过程，并请各席重新生成；已生成的密钥不受影响。"""
    with read(), reached("ballot"), psycopg.connect(database_url("ballot")) as conn:
        if not commands.begin_again(conn, ceremony):
            console.print("没有这次生成过程，或者密钥已经生成。")
            raise typer.Exit(1)
    console.print("已请各席重新生成。")


@app.command()
def ask(ballot: Annotated[UUID, typer.Argument(metavar="投票编号")]) -> None:
    """请各席再次核对并解密一次正在计票的投票；已经答复的席位只重复原来的答复。"""
    try:
        with read(), reached("ballot"), psycopg.connect(database_url("ballot")) as conn:
            asked = sealing.ask_again(conn, ballot)
    except BoxNotFound:
        asked = False
    if not asked:
        console.print("没有这次电子投票，或者它没有在等待解密。")
        raise typer.Exit(1)
    console.print("已请各席再次答复。")


def _line(ceremony: Ceremony, missing: list[int]) -> str:
    seats = "、".join(map(str, missing))
    waits = f"等待第{seats}席" if missing and ceremony.state == "running" else ceremony.fault
    return f"{ceremony.id}  {ceremony.period}  {STATES[ceremony.state]}  {waits}".rstrip()


if __name__ == "__main__":
    app()
