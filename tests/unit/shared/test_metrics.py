"""What a work process counts can be read at an address of its own."""

import socket
import urllib.error
import urllib.request

import pytest

from shared import telemetry


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def read(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def test_the_counters_of_a_work_process_are_served_while_it_works_and_no_longer() -> None:
    port = free()
    telemetry.HANDLED.labels(queue="roster", outcome="done").inc(3)
    with telemetry.served(f"127.0.0.1:{port}"):
        assert 'shanguang_events_handled_total{outcome="done",queue="roster"} 3.0' in read(port)
    with pytest.raises(urllib.error.URLError):
        read(port)


def test_without_an_address_nothing_is_served() -> None:
    with telemetry.served(""):
        pass


@pytest.mark.parametrize("bind", ["9000", "127.0.0.1:", "127.0.0.1:x"])
def test_an_address_that_is_none_ends_the_process_at_its_start(bind: str) -> None:
    with pytest.raises(ValueError, match="METRICS_BIND"), telemetry.served(bind):
        pass
