"""The gateway behind a front that ends https: whose word for an address counts, and what goes no further."""

import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from infra.local import layout as layouts
from infra.local import nginx, supervisor
from infra.local.layout import Layout
from infra.local.trouble import Trouble
from tests import loopback

FRONT = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Real-IP": "198.51.100.7", "Forwarded": "for=198.51.100.7"}
SPEAKS = ("X-Forwarded-For", "X-Real-IP", "Forwarded")


class Service(BaseHTTPRequestHandler):
    """Answers with what it was told of where a request came from."""

    def do_GET(self) -> None:
        body = "|".join(self.headers.get(name, "") for name in SPEAKS).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def run(folder: Path) -> Iterator[Layout]:
    layout = layouts.at(folder, loopback.block(24000))
    nginx.prepare(layout)
    servers = [
        ThreadingHTTPServer(("127.0.0.1", layout.web_port(name)), Service)
        for name in ("roster", "ballot", "evaluation")
    ]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    supervisor.launch(layout, {"gateway": [nginx.program(layout)]})
    supervisor.start_group(layout, "gateway")
    with requests.Session() as session:
        retry = requests.adapters.Retry(20, backoff_factor=0.05)
        session.mount("http://", requests.adapters.HTTPAdapter(max_retries=retry))
        assert session.get(f"{layout.base_url}/healthz").text == "ok\n"
    yield layout
    supervisor.stop(layout)
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def trusting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Layout]:
    monkeypatch.setenv("SHANGUANG_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8")
    yield from run(tmp_path)


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Layout]:
    monkeypatch.delenv("SHANGUANG_TRUSTED_PROXIES", raising=False)
    yield from run(tmp_path)


def heard(layout: Layout, path: str) -> list[str]:
    return requests.get(f"{layout.base_url}{path}", headers=FRONT, timeout=10).text.split("|")


def test_the_address_is_the_one_that_a_trusted_front_names_and_no_invention_of_the_client(trusting: Layout) -> None:
    assert heard(trusting, "/roster/sign-in")[0] == "198.51.100.7"


@pytest.mark.parametrize("path", ["/ballot/api/box/7f", "/ballot/box/7f", "/evaluation/api/ballots/5d0c/credential"])
def test_no_word_of_a_front_about_the_address_reaches_the_box_or_who_gives_credentials(
    trusting: Layout, path: str
) -> None:
    """R-130: neither log nor service learns where a ballot came from."""
    assert heard(trusting, path) == ["", "", ""]


def test_without_a_trusted_front_nobody_s_word_counts(alone: Layout) -> None:
    assert heard(alone, "/roster/sign-in")[0] == "127.0.0.1"


def test_what_is_no_address_is_refused_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANGUANG_TRUSTED_PROXIES", "10.0.0.5; proxy_pass http://evil")
    with pytest.raises(Trouble):
        nginx.prepare(layouts.at(tmp_path, 24990))


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("", ""),
        ("10.0.0.5,10.0.1.0/24", "set_real_ip_from 10.0.0.5;\nset_real_ip_from 10.0.1.0/24;\n"),
        ("fd00::/8", "set_real_ip_from fd00::/8;\n"),
    ],
)
def test_the_containers_gateway_is_told_the_same(tmp_path: Path, given: str, written: str) -> None:
    done = subprocess.run(
        ["sh", str(nginx.RULES / "trusted.sh"), str(tmp_path / "trusted.conf")],
        env={"PATH": "/usr/bin:/bin", "SHANGUANG_TRUSTED_PROXIES": given},
        check=False,
    )
    assert done.returncode == 0
    assert (tmp_path / "trusted.conf").read_text(encoding="utf-8") == written


def test_the_containers_gateway_does_not_start_with_what_is_no_address(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", str(nginx.RULES / "trusted.sh"), str(tmp_path / "trusted.conf")],
        env={"PATH": "/usr/bin:/bin", "SHANGUANG_TRUSTED_PROXIES": "10.0.0.5;evil"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
