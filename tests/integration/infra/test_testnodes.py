"""Private nodes start, serve, come back when killed, and leave nothing."""

import os
import signal
import socket
from pathlib import Path

import psycopg
import pytest

from infra.local import layout as layouts
from infra.local import nodes, orphans, ports, postgres, rabbitmq, supervisor, testnodes
from infra.local.trouble import Trouble
from tests import loopback

pytestmark = pytest.mark.skipif(
    not testnodes.available() and not os.environ.get("CI"), reason="PostgreSQL and RabbitMQ are not installed"
)


@pytest.fixture
def parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(testnodes, "PARENT", tmp_path)
    return tmp_path


def test_nodes_start_serve_survive_a_kill_and_stop_without_a_trace(parent: Path) -> None:
    urls = testnodes.start("here")
    try:
        assert testnodes.start("here") == urls, "a second start finds them"
        with psycopg.connect(urls["TEST_DATABASE_URL"], autocommit=True) as conn:
            conn.execute("CREATE DATABASE kept")
        layout = layouts.at(parent / "here", layouts.last_port(parent / "here"))
        before = {each.name: each.pid for each in supervisor.programs(layout)}
        assert list(before) == ["postgres", "epmd", "rabbitmq"]

        os.kill(before["postgres"], signal.SIGKILL)
        os.kill(before["rabbitmq"], signal.SIGKILL)
        testnodes.start("here")

        with psycopg.connect(urls["TEST_DATABASE_URL"]) as conn:
            assert conn.execute("SELECT 1 FROM pg_database WHERE datname = 'kept'").fetchone()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(urls["TEST_DATABASE_URL"], password="guessed", connect_timeout=5)
        files = (parent / "here" / "postgres").resolve()
        assert (files / "data" / "PG_VERSION").exists(), "on the disk, or in memory where there is room"
    finally:
        testnodes.stop("here")
    assert not orphans.find(parent / "here")
    assert not (parent / "here").exists()
    assert not files.exists()


def test_what_a_killed_supervisor_left_behind_is_ended_and_its_data_are_kept(tmp_path: Path) -> None:
    layout = layouts.at(tmp_path, loopback.block(23000))
    try:
        start(layout)
        postgres.make_databases(layout, ["ballot"])
        os.kill(int((tmp_path / "supervisor.pid").read_text()), signal.SIGKILL)

        start(layout)

        with psycopg.connect(postgres.url(layout, "ballot")) as conn:
            assert conn.execute("SELECT current_user").fetchone() == ("ballot",)
    finally:
        supervisor.stop(layout)


def start(layout: layouts.Layout) -> None:
    orphans.end(layout.var)
    nodes.prepare(layout, durable=False)
    supervisor.launch(layout, {nodes.GROUP: nodes.programs(layout)})
    supervisor.start_group(layout, nodes.GROUP)
    postgres.await_ready(layout)
    rabbitmq.await_ready(layout)


def test_a_taken_port_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        layout = layouts.at(tmp_path, other.getsockname()[1])

        with pytest.raises(Trouble, match=rf"{layout.port}（nginx）.*SHANGUANG_PORT=\d+ \./run"):
            ports.require_free(layout, layout.ports)


def test_services_cannot_enter_one_anothers_database(parent: Path) -> None:
    """Each service owns its database."""
    testnodes.start("apart")
    try:
        layout = layouts.at(parent / "apart", layouts.last_port(parent / "apart"))
        postgres.make_databases(layout, ["roster", "ballot"])
        postgres.make_databases(layout, ["roster", "ballot"])

        with psycopg.connect(postgres.url(layout, "ballot")) as conn:
            conn.execute("CREATE TABLE own ()")
        stranger = postgres.url(layout, "roster").removesuffix("/roster") + "/ballot"
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(stranger)
    finally:
        testnodes.stop("apart")
