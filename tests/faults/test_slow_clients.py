"""Two hundred clients dribble their requests at the door of the box byte by byte; honest ballots are taken meanwhile.

The real gateway and one real web process with four threads, which a handful of such clients would otherwise hold.
"""

import http.client
import os
import selectors
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from infra.local import keys, layout, nginx
from infra.local.layout import Layout
from tests import loopback, services
from tests.integration.ballot.boxes import Voted, electronic
from tests.services import Service
from tests.system import ROOT
from tests.trial import until

SLOW = 200
HONEST = 12


@pytest.fixture
def voted(service: Callable[[str], Service]) -> Voted:
    return electronic(service("ballot"), HONEST, entitled=20, present=HONEST).begin(present=HONEST)


@pytest.fixture
def gateway(voted: Voted, tmp_path: Path) -> Iterator[Layout]:
    """Run the gateway as the local runner does, and behind it only the web process of ballot."""
    made = layout.at(tmp_path, loopback.block(27000))
    keys.make(made.folder("secrets"))
    nginx.prepare(made)
    key = tmp_path / "session.pem"
    key.write_text(services.PUBLIC)
    given = {
        **{"BALLOT_DATABASE_URL": voted.service.url, "AMQP_URL": "amqp://nobody", "SECRET_KEY": "tests only"},
        **{"SESSION_PUBLIC_KEY_FILE": str(key), "DATA_KEYS": services.DATA_KEY, "WEB_WORKERS": "1"},
        **{"BIND": f"127.0.0.1:{made.web_port('ballot')}", "WEB_THREADS": "4"},
    }
    commands = [list(nginx.program(made).command), [sys.executable, "-m", "services.ballot", "web"]]
    with ExitStack() as running:
        for command in commands:
            process = running.enter_context(subprocess.Popen(command, cwd=ROOT, env=os.environ | given))
            running.callback(process.terminate)
        answers(made.base_url + voted.box)
        yield made


def answers(address: str, tries: int = 1200) -> None:
    """Wait until the door answers through the gateway."""
    again = threading.Event()
    for _ in range(tries):
        try:
            if requests.get(address, timeout=5).ok:
                return
        except OSError:
            pass
        again.wait(0.1)
    pytest.fail("the gateway does not open")


class Dribblers:
    """Clients that each say a byte now and then: half of them of a header that never ends, half of a body."""

    def __init__(self, port: int, path: str, number: int) -> None:
        begun = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        starts = [begun + "X-Long: ", begun + "Content-Length: 20000\r\n\r\n{"]
        self.lines = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(number)]
        for at, line in enumerate(self.lines):
            line.sendall(starts[at % 2].encode())
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._dribble)

    def __enter__(self) -> "Dribblers":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        for line in self.lines:
            line.close()

    def _dribble(self) -> None:
        while not self._stop.wait(0.5):
            for line in self.lines:
                try:
                    line.send(b"1")
                except OSError:  # hung up
                    continue

    def let_go(self, seconds: float) -> int:
        """Wait until the gateway has hung up on some, or so long; give how many it has by then."""
        with selectors.DefaultSelector() as ready:
            for line in self.lines:
                ready.register(line, selectors.EVENT_READ)
            return len(ready.select(seconds))


def post(port: int, path: str, body: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("POST", path, body, {"Content-Type": "application/json"})
    status = line.getresponse().status
    line.close()
    return status


def test_honest_ballots_are_taken_while_two_hundred_clients_dribble(voted: Voted, gateway: Layout) -> None:
    """R-130: and the log names nobody on the way to the box, not even those whose header never ended."""
    honest = [voted.make(elector, elector % 3) for elector in range(HONEST)]
    with Dribblers(gateway.port, voted.box, SLOW) as slow:
        taken = [post(gateway.port, voted.box, body) for body in honest]
        assert taken == [202] * HONEST
        assert slow.let_go(60) > 0, "who does not come to the end of a header is let go"
    assert voted.verify() == HONEST
    requests.get(f"{gateway.base_url}/nothing", timeout=30)
    # The gateway writes a line once a request has ended, which may be after the answer is read here.
    until(lambda: gateway.log("access").read_text(encoding="utf-8"))
    assert [line.split()[3] for line in gateway.log("access").read_text(encoding="utf-8").splitlines()] == ["/nothing"]
