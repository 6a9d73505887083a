"""What a work process counts can be read at an address of its own."""

import urllib.request
from typing import Any

import pytest
from prometheus_client import start_http_server

from shared import telemetry


def read(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        text: str = answer.read().decode()
        return text


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Give the servers that were started; port 0 lets the system choose one that nobody has."""
    found: list[Any] = []

    def start(*given: Any, **named: Any) -> Any:
        made = start_http_server(*given, **named)
        found.append(made[0])
        return made

    monkeypatch.setattr(telemetry, "start_http_server", start)
    return found


def test_the_counters_of_a_work_process_are_served_while_it_works_and_no_longer(listening: list[Any]) -> None:
    telemetry.HANDLED.labels(queue="counted here", outcome="done").inc(3)
    with telemetry.served("127.0.0.1:0"):
        (server,) = listening
        assert 'shanguang_events_handled_total{outcome="done",queue="counted here"} 3.0' in read(server.server_port)
    assert server.fileno() == -1, "its socket is closed, whoever has the port now"


def test_without_an_address_nothing_is_served() -> None:
    with telemetry.served(""):
        pass


@pytest.mark.parametrize("bind", ["9000", "127.0.0.1:", "127.0.0.1:x"])
def test_an_address_that_is_none_ends_the_process_at_its_start(bind: str) -> None:
    with pytest.raises(ValueError, match="METRICS_BIND"), telemetry.served(bind):
        pass
