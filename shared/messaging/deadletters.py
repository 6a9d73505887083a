"""The operator's command for dead letters: `python -m shared.messaging.deadletters list|show ID|replay [ID|--all]`.

Reads `AMQP_URL`. It shows why and when a message was laid aside and which fields it has, never what stands in them.
"""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from shared.messaging.consumer import dead, depth
from shared.messaging.consumer.dead import Box, DeadLetter
from shared.messaging.pauses import BrokerTrouble
from shared.messaging.topology import UNROUTED, UNROUTED_LIMIT

SERVICES = Path(__file__).parent.parent.parent / "services"

app = typer.Typer(add_completion=False, no_args_is_help=True, help="死信：查看、说明、重新投递")
console = Console(soft_wrap=True, highlight=False)

Service = Annotated[str, typer.Option(help="只看这一项服务")]


@app.command("list")
def list_letters(service: Service = "") -> None:
    """列出全部死信。"""
    count = 0
    for _, letters in _boxes(service):
        for letter in letters:
            count += 1
            about = (letter.id, letter.queue, letter.name or "（无法读取）", letter.text, f"重试 {letter.attempts} 次")
            console.print(escape("  ".join((*about, letter.failed_at))))
    console.print(f"共 {count} 封死信。" if count else "没有死信。")
    if not service:
        _print_unrouted()


def _print_unrouted() -> None:
    """Say how much was told while no queue was there to hear it; the oldest of it goes once the queue is full."""
    try:
        with depth.opened(os.environ["AMQP_URL"]) as messages:
            found = messages(UNROUTED) or 0
    except BrokerTrouble as trouble:
        raise _away(trouble) from trouble
    if found:
        full = "已满，更早的不再保留" if found >= UNROUTED_LIMIT else f"最多保留 {UNROUTED_LIMIT} 条"
        console.print(
            f"另有 {found} 条消息发出时没有队列接收（{UNROUTED}，{full}）；曾有队列被删的，见运行维护“队列被删”。"
        )


@app.command()
def show(letter_id: Annotated[str, typer.Argument(metavar="ID")], service: Service = "") -> None:
    """说明一封死信：何时、为何、信封内容；不显示事件内容。"""
    found = [letter for _, letters in _boxes(service) for letter in letters if letter.id.startswith(letter_id)]
    if not found:
        _missing(letter_id)
    for letter in found:
        for label, value in _about(letter):
            console.print(f"{label}：{escape(value)}")


@app.command()
def replay(
    letter_id: Annotated[str, typer.Argument(metavar="ID")] = "",
    every: Annotated[bool, typer.Option("--all", help="全部死信")] = False,
    service: Service = "",
) -> None:
    """把死信重新投递到原来的队列；代理确认收下之后才从死信中取走。"""
    if bool(letter_id) == every:
        console.print("请给出一个编号，或者用 --all 投递全部。")
        raise typer.Exit(2)
    count = 0
    for box, letters in _boxes(service):
        for letter in letters:
            if every or letter.id.startswith(letter_id):
                box.replay(letter)
                count += 1
    if letter_id and not count:
        _missing(letter_id)
    console.print(f"已重新投递 {count} 封。")


def services() -> list[str]:
    """Give the names of all services of this code."""
    return sorted(path.parent.name for path in SERVICES.glob("*/events.py"))


def seats() -> Iterator[str]:
    """Give the names of the queues of the trustees' seats, without end: the first that is not there is one too many."""
    return (f"trustee{number}" for number in itertools.count(1))


def _boxes(service: str) -> Iterator[tuple[Box, list[DeadLetter]]]:
    try:
        for name in [service] if service else services():
            with dead.opened(os.environ["AMQP_URL"], name) as box:
                if box:
                    yield box, box.letters()
        for name in () if service else seats():
            with dead.opened(os.environ["AMQP_URL"], name) as box:
                if box is None:
                    return
                yield box, box.letters()
    except BrokerTrouble as trouble:
        raise _away(trouble) from trouble


def _away(trouble: BrokerTrouble) -> typer.Exit:
    console.print(f"消息代理现在不可用（{trouble}），死信都还在，请稍后再试。")
    return typer.Exit(1)


def _about(letter: DeadLetter) -> Iterator[tuple[str, str]]:
    yield "编号", letter.id
    yield "服务", letter.service
    yield "队列", letter.queue
    yield "原因", f"{letter.text}（{letter.reason}）"
    yield "重试次数", str(letter.attempts)
    yield "进入死信的时间", letter.failed_at
    yield "大小", f"{letter.size} 字节"
    if letter.envelope is None:
        return
    yield "事件", f"{letter.envelope.name} 第 {letter.envelope.version} 版"
    yield "来自", letter.envelope.source
    yield "发生时间", letter.envelope.time.isoformat()
    yield "对象", letter.envelope.subject
    yield "关联编号", str(letter.envelope.correlation_id)
    yield "内容字段", "、".join(sorted(letter.envelope.facts)) or "无"


def _missing(letter_id: str) -> None:
    console.print(f"没有编号以 {escape(letter_id)} 开头的死信。")
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
