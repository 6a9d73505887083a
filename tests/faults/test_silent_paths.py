"""Who objects or gives an opinion is on no line of the gateway's logs, even where the service behind it is away.

The real gateway, and nothing behind it: every request ends in an error, which its error log quotes where it may.
"""

import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from opentelemetry.util.http import parse_excluded_urls

from infra.local import keys, layout, nginx
from shared.web.app import UNTRACED
from tests import loopback
from tests.system import ROOT
from tests.trial import until

ONE = str(uuid4())
SILENT = [
    f"/notify/notices/{ONE}",
    f"/notify/notices/{ONE}/objections",
    f"/notify/api/notices/{ONE}/objections",
    "/notify/objections/answer",
    "/notify/api/objections/answer",
    "/pledge/opinions/",
    "/pledge/api/opinions",
    "/pledge/opinions/answer",
    "/pledge/api/opinions/answer",
    f"/pledge/wall/{ONE}",
    f"/pledge/wall/pledges/{ONE}",
    f"/pledge/forms/{ONE}",
    f"/pledge/api/forms/{ONE}/answers",
    f"/ballot/box/{ONE}",
    f"/ballot/api/box/{ONE}",
]
"""Where a page says 系统不记录您的设备和地址, and where what is written there goes."""
TOLD = [
    f"/notify/notices/{ONE}/objections/paper",
    f"/notify/objections/{ONE}",
    "/pledge/opinions/paper",
    f"/pledge/opinions/{ONE}",
    f"/pledge/opinions/{ONE}/answer",
]
"""What officers do with it."""


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[layout.Layout]:
    made = layout.at(tmp_path, loopback.block(27000))
    keys.make(made.folder("secrets"))
    nginx.prepare(made)
    with (tmp_path / "error").open("wb") as errors:
        command = list(nginx.program(made).command)
        with subprocess.Popen(command, cwd=ROOT, stderr=errors) as process:
            try:
                listening(made.port)
                yield made
            finally:
                process.terminate()


def listening(port: int, tries: int = 1200) -> None:
    again = threading.Event()
    for _ in range(tries):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            again.wait(0.1)
        else:
            return
    pytest.fail("the gateway does not open")


def test_the_gateway_s_logs_name_nobody_who_objects_or_gives_an_opinion(gateway: layout.Layout, tmp_path: Path) -> None:
    """requirements 2.4: 系统不记录您的设备和地址."""
    for path in (*SILENT, *TOLD):
        for ask in (requests.get, requests.post):
            assert ask(f"{gateway.base_url}{path}", timeout=30).status_code == 502
    # The gateway writes a line once a request has ended, which may be after its answer was read here.
    until(lambda: len(gateway.log("access").read_text("utf-8").splitlines()) >= 2 * len(TOLD))
    access, errors = gateway.log("access").read_text("utf-8"), (tmp_path / "error").read_text("utf-8")
    assert sorted(line.split()[3] for line in access.splitlines()) == sorted(2 * list(TOLD))
    assert all(f"{path} HTTP" in errors for path in TOLD), "what may be told is told"
    assert [path for path in SILENT if f"{path} HTTP" in errors] == []


def test_no_trace_is_kept_of_them_in_the_services() -> None:
    untraced = parse_excluded_urls(UNTRACED)
    base = "https://sg.example.edu.cn"
    assert [path for path in SILENT if not untraced.url_disabled(path)] == []
    assert [path for path in SILENT if not untraced.url_disabled(f"{base}{path}?page=2")] == []
    assert [path for path in TOLD if untraced.url_disabled(base + path)] == []
