"""How many messages lie in a queue, asked without touching them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from shared.messaging.consumer import broker

Count = Callable[[str], int | None]
"""Gives how many messages a queue holds; `None` where there is no such queue."""


@contextmanager
def opened(amqp_url: str) -> Iterator[Count]:
    """Ask a broker over one connection. Raises `BrokerTrouble`."""
    conn = broker.connection(amqp_url)

    def count(queue: str) -> int | None:
        # the broker closes the channel on which somebody asked for a queue that is not there
        channel = conn.channel()
        try:
            declared = channel.queue_declare(queue, passive=True)
        except conn.channel_errors:
            return None
        channel.close()
        return int(declared.message_count)

    with broker.trouble(conn), conn:
        conn.ensure_connection(max_retries=1, interval_start=0)
        yield count
