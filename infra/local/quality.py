"""The checks and the tests, run as one command each."""

import os
import subprocess
import sys
from pathlib import Path

from infra.local import sizes, suites, testnodes
from infra.local.layout import ROOT
from infra.local.progress import say, step

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "--strict", "services", "shared", "infra", "tests"),
    ("lint-imports", "--no-cache"),
)
BENCH = ROOT / "tests" / "bench"


def check() -> int:
    """Run every check, also after one failed; give 0 if all passed."""
    failed = []
    for words in CHECKS:
        say(f"[bold]{' '.join(words)}[/bold]")
        if subprocess.run([_tool(words[0]), *words[1:]], cwd=ROOT, check=False).returncode:
            failed.append(words[0])
    say("[bold]sizes[/bold]")
    if sizes.check():
        failed.append("sizes")
    say(f"[red]没有通过：{'、'.join(failed)}[/red]" if failed else "[green]全部检查通过[/green]")
    return 1 if failed else 0


def test(arguments: list[str]) -> int:
    """Run the given tests, or all of them, on private servers; give 0 if all passed."""
    with step("启动测试用的服务器"):
        servers = testnodes.start()
    try:
        if arguments:
            return _pytest(arguments, servers)
        return suites.run_all(servers)
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


def _pytest(arguments: list[str], servers: dict[str, str]) -> int:
    environment = {**os.environ, **servers}
    return subprocess.run([_tool("pytest"), *arguments], cwd=ROOT, env=environment, check=False).returncode


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)
