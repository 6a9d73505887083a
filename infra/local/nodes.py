"""The two servers that a system stands on, PostgreSQL and RabbitMQ, as one group under the supervisor."""

from infra.local import keys, postgres, rabbitmq
from infra.local.layout import Layout
from infra.local.program import Program

GROUP = "nodes"


def prepare(layout: Layout, *, durable: bool = True, connections: int = 200) -> None:
    """Make keys, data folder and configurations; what exists of keys and data stays. Raises `Trouble`."""
    keys.make(layout.folder("secrets"))
    postgres.prepare(layout, durable=durable, connections=connections)
    rabbitmq.prepare(layout)


def programs(layout: Layout) -> list[Program]:
    """Give their programs."""
    return [postgres.program(layout), *rabbitmq.programs(layout)]
