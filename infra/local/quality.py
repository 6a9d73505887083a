"""The checks and the tests, run as one command each."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

from infra.local import layout as layouts
from infra.local import system, testnodes
from infra.local.layout import ROOT
from infra.local.progress import say, step

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "--strict", "services", "shared", "infra"),
    ("lint-imports", "--no-cache"),
)
APART = ("tests/unit", "tests/integration", "tests/contract", "tests/flow")
"""Tests that may run beside one another."""
WHOLE = ("tests/e2e", "tests/browser", "tests/faults")
"""Tests that need the running system for themselves."""
BENCH = ROOT / "tests" / "bench"
NOTHING_COLLECTED = 5
SYSTEM = ROOT / "var" / "test-system"
"""The state folder of the system that those tests start (`tests/conftest.py`)."""


def check() -> int:
    """Run every check, also after one failed; give 0 if all passed."""
    failed = []
    for words in CHECKS:
        say(f"[bold]{' '.join(words)}[/bold]")
        if subprocess.run([_tool(words[0]), *words[1:]], cwd=ROOT, check=False).returncode:
            failed.append(words[0])
    say(f"[red]没有通过：{'、'.join(failed)}[/red]" if failed else "[green]全部检查通过[/green]")
    return 1 if failed else 0


def test(arguments: list[str]) -> int:
    """Run the given tests, or all of them in two phases, on private servers; give 0 if all passed."""
    with step("启动测试用的服务器"):
        servers = testnodes.start()
    try:
        if arguments:
            return _pytest(arguments, servers)
        return _all(servers)
    finally:
        testnodes.stop()


def bench(arguments: list[str]) -> int:
    """Run the named measurement of `tests/bench` with its own arguments, or all of them; give 0 if all came to an end.

    The servers write to the disk as real ones do.
    """
    known = sorted(path.stem for path in BENCH.glob("*.py") if not path.stem.startswith(("_", "test_")))
    if arguments and arguments[0] not in known:
        say(f"没有“{arguments[0]}”这项测量。现有：{'、'.join(known) or '无'}")
        return 2
    with step("启动测量用的服务器"):
        servers = testnodes.start("bench", durable=True)
    try:
        codes = []
        for name in arguments[:1] or known:
            say(f"[bold]{name}[/bold]")
            command = [sys.executable, "-m", f"tests.bench.{name}", *arguments[1:]]
            codes.append(subprocess.run(command, cwd=ROOT, env={**os.environ, **servers}, check=False).returncode)
        if not arguments and any(BENCH.glob("test_*.py")):
            codes.append(_pytest(["tests/bench"], servers))
        return max(codes, default=0)
    finally:
        testnodes.stop("bench")


def _all(servers: dict[str, str]) -> int:
    reports = testnodes.PARENT / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    if SYSTEM.exists():
        system.down(layouts.at(SYSTEM, layouts.last_port(SYSTEM)))
        shutil.rmtree(SYSTEM)
    begun, codes, written = time.monotonic(), [], []
    for phase, (folders, options) in enumerate(((APART, ["-n", "2"]), (WHOLE, []))):
        present = [folder for folder in folders if any((ROOT / folder).rglob("test_*.py"))]
        if not present:
            continue
        report = reports / f"{phase}.xml"
        report.unlink(missing_ok=True)
        codes.append(_pytest([*options, f"--junit-xml={report}", *present], servers))
        written.append(report)
    print(closing_line(written, time.monotonic() - begun))
    return max((code for code in codes if code != NOTHING_COLLECTED), default=1)


def closing_line(reports: list[Path], seconds: float) -> str:
    """Add up the phases as pytest itself would have closed one run."""
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


def _pytest(arguments: list[str], servers: dict[str, str]) -> int:
    environment = {**os.environ, **servers}
    return subprocess.run([_tool("pytest"), *arguments], cwd=ROOT, env=environment, check=False).returncode


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)
