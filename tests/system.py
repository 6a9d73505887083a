"""A whole running system for e2e, browser and fault tests: started once, in a state folder and on ports of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from infra.local import layout as layouts
from infra.local import supervisor
from infra.local.system import SERVICE_GROUP
from infra.quarter import stage

ROOT = Path(__file__).parent.parent


@dataclass
class System:
    """What `./run env` prints, and hands on the processes that the tests themselves started."""

    var: Path
    environment: dict[str, str]

    @property
    def base(self) -> str:
        return self.environment["BASE_URL"]

    @property
    def layout(self) -> layouts.Layout:
        return layouts.at(self.var, layouts.last_port(self.var))

    def accounts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((self.var / "accounts.json").read_text(encoding="utf-8"))
        return found

    def account(self, role: str) -> dict[str, Any]:
        return next(account for account in self.accounts() if account["role"] == role)

    def programs(self) -> dict[str, int]:
        """Give the pids of the supervised programs that run, by name."""
        return {each.name: each.pid for each in supervisor.programs(self.layout) if each.up}

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Kill one of the services' programs and keep it from coming back until the end of the block."""
        os.kill(self.programs()[name], signal.SIGKILL)
        supervisor.hold(self.layout, SERVICE_GROUP, name)
        assert name not in self.programs()
        try:
            yield
        finally:
            supervisor.release(self.layout, SERVICE_GROUP, name)

    @contextmanager
    def acting(self, channel: str = "electronic") -> Iterator[stage.Stage]:
        """Give the stage of a quarter to be played in this process, which has the system's clock meanwhile."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BASE_URL", self.base)
            patch.setenv("CLOCK_FILE", str(self.layout.clock))
            yield stage.begin(channel)

    def quarter(self, *words: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
        """Play the quarter as `./run quarter` does with these words."""
        return self.play("infra.quarter", *words, timeout=timeout)

    def play(self, module: str, *words: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
        """Run a play beside the system as the local runner does."""
        environment = {
            **os.environ,
            **self.environment,
            "CLOCK_FILE": str(self.layout.clock),
            "PYTHONPATH": str(ROOT),
        }
        return subprocess.run(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    def played(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.var / "quarter.json").read_text(encoding="utf-8"))
        return found
