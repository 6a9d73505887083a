"""The account that other systems are given: it hears what is public, and neither reads nor tells anything else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pika
import pytest
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import ChannelClosedByBroker

from tests.system import System

FORBIDDEN: dict[str, Callable[[BlockingChannel], object]] = {
    "read a service's queue": lambda line: line.basic_get("evaluation"),
    "read dead letters": lambda line: line.basic_get("ballot.dead"),
    "empty a service's queue": lambda line: line.queue_purge("notify"),
    "delete a service's queue": lambda line: line.queue_delete("pledge"),
    "hear what is told inside": lambda line: line.queue_bind("public.library", "shanguang.events", "#"),
    "tell something inside": lambda line: line.basic_publish("shanguang.events", "award.verified", b"{}"),
    "tell something to all": lambda line: line.basic_publish("shanguang.public", "award.published", b"{}"),
    "put something into a queue": lambda line: line.basic_publish("", "evaluation", b"{}"),
    "lay dead letters into the system": lambda line: line.queue_declare(
        "public.through", arguments={"x-dead-letter-exchange": "shanguang.events"}, auto_delete=True
    ),
    "make a queue of any name": lambda line: line.queue_declare("library"),
    "delete the public exchange": lambda line: line.exchange_delete("shanguang.public"),
}


@contextmanager
def line(url: str) -> Iterator[BlockingChannel]:
    """Open a channel on which what is refused is said at once."""
    connection = pika.BlockingConnection(pika.URLParameters(url))
    channel = connection.channel()
    channel.confirm_delivery()
    try:
        yield channel
    finally:
        connection.close()


@pytest.fixture
def url(system: System) -> Iterator[str]:
    """Give the address; behind it stands the queue of another system, bound to what is public."""
    given = system.environment["PUBLIC_AMQP_URL"]
    with line(given) as own:
        own.queue_declare("public.library", durable=True)
        own.queue_bind("public.library", "shanguang.public", "award.*")
        own.basic_get("public.library")
        yield given
        own.queue_delete("public.library")


@pytest.mark.parametrize("deed", FORBIDDEN)
def test_other_systems_cannot(url: str, deed: str) -> None:
    with line(url) as theirs, pytest.raises(ChannelClosedByBroker) as refusal:
        FORBIDDEN[deed](theirs)
    assert refusal.value.reply_code == 403


def test_what_waits_inside_can_be_counted_but_not_read(url: str) -> None:
    """No broker asks a right of who inquires after a queue; operators are told so, and may keep the account back."""
    for queue in ("ballot.verify", "evaluation.dead"):
        with line(url) as theirs:
            assert theirs.queue_declare(queue, passive=True).method.queue == queue
            with pytest.raises(ChannelClosedByBroker) as refusal:
                theirs.basic_get(queue)
            assert refusal.value.reply_code == 403


def test_the_account_changes_no_queue_by_asking_after_it(url: str) -> None:
    """Whoever declares in earnest what is there already is refused, and so cannot take its place either."""
    with line(url) as theirs, pytest.raises(ChannelClosedByBroker) as refusal:
        theirs.queue_declare("ballot.verify", durable=True, arguments={"x-queue-type": "quorum"})
    assert refusal.value.reply_code == 403
