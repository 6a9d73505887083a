"""The operator's command for dead letters: `python -m shared.messaging.deadletters list|show|replay|discard|discarded`.

Reads `AMQP_URL`, and for what was discarded `<SERVICE>_DATABASE_URL` of every service that is to be looked after from
here. It shows why and when a message was laid aside and which fields it has, never what stands in them.
"""

import itertools
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import psycopg
import typer
from rich.console import Console
from rich.markup import escape

from shared import config
from shared.messaging import discarded, drawers, letterhead
from shared.messaging.consumer import dead, depth
from shared.messaging.consumer.dead import Box, DeadLetter
from shared.messaging.discarded import Discarded
from shared.messaging.pauses import BrokerTrouble
from shared.messaging.topology import UNROUTED, UNROUTED_LIMIT

SERVICES = Path(__file__).parent.parent.parent / "services"

app = typer.Typer(add_completion=False, no_args_is_help=True, help="死信：查看、说明、重新投递、放弃")
console = Console(soft_wrap=True, highlight=False)

Service = Annotated[str, typer.Option(help="只看这一项服务")]


Id = Annotated[str, typer.Argument(metavar="ID")]


@app.command("list")
def list_letters(service: Service = "") -> None:
    """列出全部死信。"""
    count = 0
    with _reached():
        for _, letters in _boxes(service):
            for letter in letters:
                count += 1
                console.print(escape(letterhead.line(letter)))
        console.print(f"共 {count} 封死信。" if count else "没有死信。")
        if not service:
            _print_unrouted()


def _print_unrouted() -> None:
    """Say how much was told while no queue was there to hear it; the oldest of it goes once the queue is full."""
    with depth.opened(config.amqp_url()) as messages:
        found = messages(UNROUTED) or 0
    if found:
        full = "已满，更早的不再保留" if found >= UNROUTED_LIMIT else f"最多保留 {UNROUTED_LIMIT} 条"
        console.print(
            f"另有 {found} 条消息发出时没有队列接收（{UNROUTED}，{full}）；曾有队列被删的，见运行维护“队列被删”。"
        )


@app.command()
def show(letter_id: Id, service: Service = "") -> None:
    """说明一封死信，包括放弃的：何时、为何、信封内容；不显示事件内容。"""
    with _reached():
        found = [letter for _, letters in _boxes(service) for letter in _matching(letters, letter_id)]
    lying = {letter.digest for letter in found}
    pages = [letterhead.about(letter) for letter in found]
    rows = [row for _, row in _written_down(service, letter_id) if row.digest not in lying]
    pages += [letterhead.about_discarded(row) for row in rows]
    if not pages:
        _missing(letter_id)
    for number, page in enumerate(pages):
        if number:
            console.print()
        for label, value in page:
            console.print(f"{label}：{escape(dead.legible(value))}")


@app.command()
def replay(
    letter_id: Id = "",
    every: Annotated[bool, typer.Option("--all", help="全部死信；放弃的不在内")] = False,
    service: Service = "",
) -> None:
    """把死信重新投递到原来的队列；消息服务器确认收下之后才从死信中取走。放弃的一封，写明编号也可以投递。"""
    if bool(letter_id) == every:
        console.print("请给出一个编号，或者用 --all 投递全部。")
        raise typer.Exit(2)
    sent = []
    with _reached():
        for box, letters in _boxes(service):
            for letter in _matching(letters, letter_id):
                box.replay(letter)
                sent.append(letter.digest)
        count = len(sent) + _send_back(letter_id, service, set(sent))
    if letter_id and not count:
        _missing(letter_id)
    console.print(f"已重新投递 {count} 封。")


def _send_back(letter_id: str, service: str, sent: set[str]) -> int:
    """Send back what was discarded and give how many; what has just been sent from the queue is only noted."""
    count = 0
    for conn, row in _written_down(service, letter_id):
        if row.digest not in sent:
            if row.returned_at or not letter_id:
                continue
            with dead.opened(config.amqp_url(), row.service) as box:
                if box is None:
                    raise BrokerTrouble(f"没有 {row.service} 的队列")
                box.send(row.letter)
            count += 1
        discarded.note_return(conn, row)
    return count


@app.command()
def discard(
    letter_id: Id,
    reason: Annotated[str, typer.Option(help="为何放弃，必须写明")] = "",
    service: Service = "",
) -> None:
    """放弃一封再也不能办的死信：先整封记入收信的服务自己的数据库，再从死信中取走。放弃的仍可以查看、投递。"""
    if not letter_id or not reason.strip():
        console.print("请写明编号，并用 --reason 写明为何放弃。")
        raise typer.Exit(2)
    with _reached(), ExitStack() as stack:
        boxes = list(_boxes(service, together=stack))
        found = [(box, letter) for box, letters in boxes for letter in _matching(letters, letter_id)]
        if not found:
            _discarded_before(letter_id, service)
            return
        _demand_one([letter for _, letter in found])
        _write_down([letter for _, letter in found], reason.strip())
        for box, letter in found:
            box.drop(letter)
    console.print(f"已放弃 {len(found)} 封，整封记在 {found[0][1].service} 的数据库里。")


@app.command("discarded")
def list_discarded(service: Service = "") -> None:
    """列出放弃的死信：何时、何人、为何放弃，是否又重新投递；只看这里有数据库地址的服务。"""
    count = 0
    away: list[str] = []
    for _, row in _written_down(service, "", away):
        count += 1
        console.print(escape(letterhead.discarded_line(row)))
    looked = [name for name in _drawers(service) if name not in away]
    console.print(f"共放弃 {count} 封（查了 {'、'.join(looked)}）。" if looked else "一项服务也没有查到。")
    if away or not looked:
        raise typer.Exit(1)


def _discarded_before(letter_id: str, service: str) -> None:
    if not any(row.returned_at is None for _, row in _written_down(service, letter_id)):
        _missing(letter_id)
    console.print("这一封已经放弃了，没有再做什么。")


def _demand_one(found: list[DeadLetter]) -> None:
    """Discard only what was meant: messages of one id in one service."""
    if len({(letter.service, letter.id) for letter in found}) == 1:
        return
    for letter in found:
        console.print(escape(letterhead.line(letter)))
    console.print("不止一封死信的编号这样开头，一封也没有放弃。请写全编号；几项服务都有的，用 --service 写明是哪一项。")
    raise typer.Exit(2)


def _write_down(letters: list[DeadLetter], reason: str) -> None:
    """Have the letters' own service keep them; returns once they are on its disk."""
    service = letters[0].service
    url = _drawers(service).get(service)
    if url is None:
        console.print(f"这里没有 {service} 的数据库地址（{service.upper()}_DATABASE_URL），没有放弃。")
        console.print(f"容器中请在 {service} 自己的容器里做。")
        raise typer.Exit(2)
    with psycopg.connect(url, connect_timeout=drawers.PATIENCE) as conn:
        for letter in letters:
            discarded.keep(conn, letter, reason=reason, by=drawers.operator())


def _written_down(
    service: str, prefix: str, away: list[str] | None = None
) -> Iterator[tuple[psycopg.Connection, Discarded]]:
    """Give what was discarded, and the transaction in which it is locked; names a database that is away."""
    away = [] if away is None else away
    for name, url in _drawers(service).items():
        try:
            with psycopg.connect(url, connect_timeout=drawers.PATIENCE) as conn:
                for row in discarded.find(conn, name, prefix):
                    yield conn, row
        except psycopg.Error as error:
            console.print(f"{name} 的数据库现在不可用（{type(error).__name__}），没有查其中放弃的死信。")
            away.append(name)


def _drawers(service: str) -> dict[str, str]:
    return drawers.known([service] if service else [*services(), *drawers.seats()])


def services() -> list[str]:
    """Give the names of all services of this code."""
    return sorted(path.parent.name for path in SERVICES.glob("*/events.py"))


def seats() -> Iterator[str]:
    """Give the names of the queues of the trustees' seats, without end: the first that is not there is one too many."""
    return (f"trustee{number}" for number in itertools.count(1))


def _boxes(service: str, together: ExitStack | None = None) -> Iterator[tuple[Box, list[DeadLetter]]]:
    """Give the letters of one box after another; each is closed before the next, or all with `together`."""
    known = [service] if service else services()
    for name in known if service else itertools.chain(known, seats()):
        with ExitStack() as alone:
            box = (together or alone).enter_context(dead.opened(config.amqp_url(), name))
            if box:
                yield box, box.letters()
            elif name not in known:
                return


def _matching(letters: list[DeadLetter], prefix: str) -> list[DeadLetter]:
    return [letter for letter in letters if letter.id.startswith(prefix)]


@contextmanager
def _reached() -> Iterator[None]:
    """End with a sentence where the broker or a database is away, or nobody said where the broker is."""
    try:
        with config.read():
            yield
    except psycopg.Error as error:
        console.print(f"数据库现在不可用（{type(error).__name__}）。请稍后再做一次，不会重复。")
        raise typer.Exit(1) from error
    except BrokerTrouble as trouble:
        console.print(f"消息服务器现在不可用（{trouble}），死信都还在，请稍后再试。")
        raise typer.Exit(1) from trouble


def _missing(letter_id: str) -> NoReturn:
    console.print(f"没有编号以 {escape(letter_id)} 开头的死信。")
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
