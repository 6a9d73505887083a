"""Servers for tests when no URL is given: containers where Docker answers, else private nodes of our own."""

import gc
import os
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager


@contextmanager
def containers() -> Iterator[dict[str, str]]:
    """Start PostgreSQL and RabbitMQ in containers; give nothing where no Docker engine answers."""
    if not _engine_answers():
        yield {}
        return
    from testcontainers.community.postgres import PostgresContainer
    from testcontainers.community.rabbitmq import RabbitMqContainer

    with PostgresContainer("postgres:17") as postgres, RabbitMqContainer("rabbitmq:4-management") as rabbit:
        user, secret = rabbit.username, rabbit.password
        host, port = rabbit.get_container_host_ip(), rabbit.get_exposed_port(5672)
        yield {
            "TEST_DATABASE_URL": postgres.get_connection_url(driver=None),
            "TEST_AMQP_URL": f"amqp://{user}:{secret}@{host}:{port}/%2F",
        }


@contextmanager
def private_nodes() -> Iterator[dict[str, str]]:
    """Start private nodes with the local runner's own code; give nothing where the servers are not installed."""
    from infra.local import testnodes

    if not testnodes.available():
        yield {}
        return
    urls = testnodes.start(f"pytest-{os.getpid()}")
    try:
        yield urls
    finally:
        testnodes.stop(f"pytest-{os.getpid()}")


def _engine_answers() -> bool:
    """Say whether a Docker engine answers, and leave no connection behind either way."""
    import docker
    from docker.errors import DockerException

    with warnings.catch_warnings():
        # The library itself leaves open the socket that found nobody; it is let go here, before a test is blamed.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            with closing(docker.from_env()) as client:
                return bool(client.ping())
        except DockerException:
            return False
        finally:
            gc.collect()
