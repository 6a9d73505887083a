"""The operator's command that tells a service's facts again: `python -m shared.messaging.retell SERVICE [--since N]`.

Every queue hears them again under the same ids, so whoever has acted on them does nothing. A new service has acted on
none; one that repairs a projection empties it and deletes its names from its inbox in one migration, and then asks.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

import psycopg
import typer
from rich.console import Console

from shared.config import amqp_url, database_url, read
from shared.db import reached
from shared.messaging import outbox
from shared.messaging.pauses import BrokerTrouble
from shared.messaging.relay import Publisher, letter

BATCH = 1000

app = typer.Typer(add_completion=False, rich_markup_mode=None)
console = Console(highlight=False)


def retell(service: str, url: str, amqp_url: str, since: int = 0) -> Iterator[int]:
    """Publish the ledger after position `since` in order; give each position reached, once the broker has it.

    Raises `BrokerTrouble`; begin again at the last position given.
    """
    with psycopg.connect(url) as conn, Publisher(amqp_url) as publisher:
        facts = outbox.ledger(conn, since)
        while batch := list(islice(facts, BATCH)):
            outcome = publisher.send([letter(told, service) for told in batch])
            if outcome.trouble:
                raise BrokerTrouble(outcome.trouble)
            yield batch[-1].position


@app.command()
def main(
    service: Annotated[str, typer.Argument(help="服务名称")],
    since: Annotated[int, typer.Option(help="从这一序号之后开始")] = 0,
) -> None:
    """把一项服务已经发布的事件按原来的顺序重新发布一遍；已经处理过的接收方不会重复处理。"""
    try:
        url = database_url(service)
    except KeyError:
        console.print(f"没有“{service}”这项服务的数据库地址。")
        raise typer.Exit(2) from None
    position = since
    try:
        with reached(service), read():
            for position in retell(service, url, amqp_url(), since):
                console.print(f"已到序号 {position}")
    except BrokerTrouble as trouble:
        console.print(f"消息服务器现在不可用（{trouble}）。请用 --since {position} 继续。")
        raise typer.Exit(1) from trouble
    console.print("已全部重新发布。")


if __name__ == "__main__":
    app()
