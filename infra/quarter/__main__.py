"""Play the quarter: `python -m infra.quarter [--paper | --mixed]`; exit 0 only if the award is published."""

import time
from typing import Annotated

import typer

from infra.quarter import after, meeting, pledge, stage, vote
from infra.quarter.client import Refused
from infra.quarter.diary import console


def main(
    paper: Annotated[bool, typer.Option("--paper", help="用纸质选票投票")] = False,
    mixed: Annotated[bool, typer.Option("--mixed", help="电子与纸质并用")] = False,
) -> None:
    """演一个支部的一个季度，从通知开会到公布；不写选项时，党员各用手机加密投票。"""
    if paper and mixed:
        raise typer.BadParameter("--paper 和 --mixed 只能选一个。")
    raise typer.Exit(play("paper" if paper else "mixed" if mixed else "electronic"))


def play(channel: str) -> int:
    """Play the three acts in their order, with the thread of one pledge through them; give the exit code."""
    began = time.monotonic()
    here = stage.begin(channel)
    try:
        meeting.play(here, pledge.begin)
        for act in (pledge.remark, vote.play, after.play, pledge.starred):
            act(here)
    except (Refused, stage.Stuck) as trouble:
        console.print(f"[red]没有走完：[/red]{trouble}")
        return 1
    awards = here.diary.content["award_ids"]
    console.print(f"[bold green]已公布{len(awards)}名闪光言行之星[/bold green]，用时 {time.monotonic() - began:.1f} 秒")
    console.print(f"每一步都可以打开看：{here.base}/evaluation/awards/{awards[0]}/path")
    return 0


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.command()(main)
    app(prog_name="./run quarter")
