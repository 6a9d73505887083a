"""All tests in two phases: those of the code, three at a time, then those of whole systems, in two groups at once."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from infra.local import layout as layouts
from infra.local import system, testnodes
from infra.local.layout import ROOT
from infra.local.progress import say

REPORTS = testnodes.PARENT / "reports"
NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Group:
    """Tests that one pytest runs, and the system that they start if any: its state folder and its first port."""

    name: str
    folders: tuple[str, ...]
    options: tuple[str, ...] = ()
    var: str = ""
    port: int = 0

    @property
    def present(self) -> list[str]:
        """Give those of its folders in which there are tests, and its files."""
        return [each for each in self.folders if (ROOT / each).is_file() or any((ROOT / each).rglob("test_*.py"))]

    @property
    def report(self) -> Path:
        """Give where pytest counts them."""
        return REPORTS / f"{self.name}.xml"

    @property
    def environment(self) -> dict[str, str]:
        """Give what `tests/conftest.py` reads of the system."""
        return (
            {"TEST_SYSTEM_VAR": str(ROOT / "var" / self.var), "TEST_SYSTEM_PORTS": str(self.port)} if self.var else {}
        )

    def clear(self) -> None:
        """Take away what an earlier run left."""
        self.report.unlink(missing_ok=True)
        folder = ROOT / "var" / self.var
        if self.var and folder.exists():
            system.down(layouts.at(folder, layouts.last_port(folder)))
            shutil.rmtree(folder)


BY_FILE = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
"""What a module sets up is set up once, and the longest modules, which are collected first, begin first.

Three for two cores: a test often waits for a server, the deaths of servers most of all.
"""
DEATHS = "tests/faults/test_messaging.py"
"""Has servers of its own to kill, and so needs no whole system."""
PHONES = "tests/e2e/test_phones.py"
"""Goes with the pages: both need a browser, and so the groups take about the same time."""
PHASES = (
    (Group("code", (DEATHS, "tests/flow", "tests/contract", "tests/integration", "tests/unit"), BY_FILE),),
    (
        Group("pages", ("tests/browser", PHONES), var="test-system", port=21000),
        Group(
            "quarters",
            ("tests/e2e", "tests/faults"),
            ("--ignore", PHONES, "--ignore", DEATHS),
            var="test-quarters",
            port=26000,
        ),
    ),
)
"""Those of a phase run at once: whole systems mostly wait, each for itself. Each has ports of its own to look in."""


def run_all(servers: Mapping[str, str]) -> int:
    """Run every phase, also after one failed, and close with one line for all; give 0 if all passed."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    begun, codes, ran = time.monotonic(), [], []
    for phase in PHASES:
        groups = [group for group in phase if group.present]
        for group in groups:
            group.clear()
        codes += run_beside(groups, servers)
        ran += groups
    print(closing_line([group.report for group in ran], time.monotonic() - begun))
    return max((code for code in codes if code != NOTHING_COLLECTED), default=1)


def run_beside(groups: list[Group], servers: Mapping[str, str]) -> list[int]:
    """Run groups at once; the first is seen as it goes, of the others what they said is shown when they have ended."""
    hidden = []
    try:
        for group in groups[1:]:
            with (REPORTS / f"{group.name}.log").open("wb") as log:
                hidden.append(subprocess.Popen(_command(group), cwd=ROOT, env=_environment(group, servers), stdout=log))
        codes = [
            subprocess.run(_command(group), cwd=ROOT, env=_environment(group, servers), check=False).returncode
            for group in groups[:1]
        ]
        for group, process in zip(groups[1:], hidden, strict=True):
            codes.append(process.wait())
            say(f"[bold]{'、'.join(group.present)}[/bold]")
            print((REPORTS / f"{group.name}.log").read_text(encoding="utf-8", errors="replace"), flush=True)
        return codes
    finally:
        for process in hidden:
            process.terminate()
            process.wait()


def closing_line(reports: list[Path], seconds: float) -> str:
    """Add up the groups as pytest itself would have closed one run."""
    total = dict.fromkeys(("failed", "passed", "skipped", "errors"), 0)
    for report in reports:
        if not report.exists():
            total["errors"] += 1
            continue
        for suite in ElementTree.parse(report).iter("testsuite"):  # noqa: S314
            count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
            total["failed"] += count["failures"]
            total["errors"] += count["errors"]
            total["skipped"] += count["skipped"]
            total["passed"] += count["tests"] - count["failures"] - count["errors"] - count["skipped"]
    parts = [f"{number} {name}" for name, number in total.items() if number]
    return f" {', '.join(parts) or 'no tests ran'} in {seconds:.2f}s ".center(80, "=")


def _command(group: Group) -> list[str]:
    pytest = str(Path(sys.executable).parent / "pytest")
    return [pytest, *group.options, f"--junit-xml={group.report}", *group.present]


def _environment(group: Group, servers: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, **servers, **group.environment}
