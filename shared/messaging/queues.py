"""The operator's command for queues: `python -m shared.messaging.queues` says how many messages wait in each.

Reads `AMQP_URL`. A queue that its service has not yet declared is left out.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from shared import config
from shared.messaging import deadletters
from shared.messaging.consumer import depth
from shared.messaging.pauses import BrokerTrouble
from shared.messaging.topology import PAUSES, UNROUTED, dead_name, retry_name

HEAVY = ("ballot.verify",)
"""Further queues of services, for work that would hold up the rest."""

console = Console(soft_wrap=True, highlight=False)


@dataclass(frozen=True)
class Line:
    """What lies in the queues of one hearer."""

    name: str
    waiting: int
    retried: int
    dead: int


def lines(amqp_url: str) -> Iterator[Line]:
    """Give every hearer of this code and every seat; raises `BrokerTrouble`."""
    with depth.opened(amqp_url) as count:
        for name in [*deadletters.services(), *HEAVY]:
            if (found := _line(name, count)) is not None:
                yield found
        for name in deadletters.seats():
            if (found := _line(name, count)) is None:
                break
            yield found
        if unheard := count(UNROUTED):
            yield Line("（没有接收者）", unheard, 0, 0)


def _line(name: str, count: depth.Count) -> Line | None:
    waiting = count(name)
    if waiting is None:
        return None
    retried = sum(count(retry_name(name, attempt)) or 0 for attempt in range(len(PAUSES)))
    return Line(name, waiting, retried, count(dead_name(name)) or 0)


def main() -> int:
    """Print the table; give the exit code: 1 where the broker is away."""
    try:
        with config.read():
            found = list(lines(config.amqp_url()))
    except BrokerTrouble as trouble:
        console.print(f"消息服务器现在不可用（{trouble}）。")
        return 1
    table = Table("队列", "等待处理", "等待重试", "死信")
    for line in found:
        table.add_row(line.name, str(line.waiting), str(line.retried), str(line.dead))
    console.print(table)
    if any(line.dead for line in found):
        console.print("死信请用 ./run deadletters list 查看。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
