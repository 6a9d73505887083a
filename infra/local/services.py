"""The processes of the services and the trustees: their environment, their migration, their readiness."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from infra import broker
from infra.local import keys, postgres, rabbitmq
from infra.local.layout import ROOT, SERVICES, TRUSTEES, Layout
from infra.local.program import Program
from infra.local.trouble import Trouble

KINDS = ("web", "work")
MIGRATED = "migrated"
SPARE = TRUSTEES[-1]
"""The seat whose answer is needed only where another is missing: on one machine it leaves the cores to the others."""


def environment(layout: Layout, service: str) -> dict[str, str]:
    """Give what one process of a service reads (`shared/config.py`), with the clock that only this runner grants."""
    if service in TRUSTEES:
        return seat_environment(layout, service)
    secrets = layout.folder("secrets")
    values = {
        f"{service.upper()}_DATABASE_URL": postgres.url(layout, service),
        "AMQP_URL": rabbitmq.url(layout),
        "BASE_URL": layout.base_url,
        "BIND": f"127.0.0.1:{layout.web_port(service)}",
        "WEB_WORKERS": os.environ.get("WEB_WORKERS", "1"),
        "WEB_THREADS": os.environ.get("WEB_THREADS", "8"),
        "SECRET_KEY_FILE": str(secrets / f"{service}.secret_key"),
        "DATA_KEYS_FILE": str(secrets / f"{service}.data_keys"),
        "SESSION_PUBLIC_KEY_FILE": str(secrets / keys.PUBLIC),
        "MAIL_URL": os.environ.get("MAIL_URL") or f"file://{layout.folder('mail')}",
        "METRICS_DIR": str(layout.folder("metrics", service)),
        "CLOCK_FILE": str(layout.clock),
        "PYTHONUNBUFFERED": "1",
    }
    if service == "roster":
        values["SESSION_PRIVATE_KEY_FILE"] = str(secrets / keys.PRIVATE)
    if service == "ballot":
        values["TRUSTEE_IDENTITIES_FILE"] = str(secrets / keys.IDENTITIES)
        values["BALLOT_IDENTITY_FILE"] = str(secrets / keys.BALLOT)
    return values


def seat_environment(layout: Layout, trustee: str) -> dict[str, str]:
    """Give what the process of a trustee's seat reads: no door, no sign-in, only its own secrets."""
    secrets = layout.folder("secrets")
    return {
        f"{trustee.upper()}_DATABASE_URL": postgres.url(layout, trustee),
        "AMQP_URL": rabbitmq.url(layout),
        "BASE_URL": layout.base_url,
        "TRUSTEE_SEAT": str(TRUSTEES.index(trustee) + 1),
        "TRUSTEE_IDENTITY_FILE": str(secrets / keys.identity_file(trustee)),
        "TRUSTEE_IDENTITIES_FILE": str(secrets / keys.IDENTITIES),
        "BALLOT_IDENTITY_PUBLIC_FILE": str(secrets / keys.BALLOT_PUBLIC),
        "DATA_KEYS_FILE": str(secrets / f"{trustee}.data_keys"),
        "CLOCK_FILE": str(layout.clock),
        "PYTHONUNBUFFERED": "1",
    }


def outside(layout: Layout) -> dict[str, str]:
    """Give what a client, a test or an operator's tool needs to reach the running system."""
    owners = (*SERVICES, *TRUSTEES)
    databases = {f"{service.upper()}_DATABASE_URL": postgres.url(layout, service) for service in owners}
    return {
        "SHANGUANG_VAR": str(layout.var),
        "SHANGUANG_PORT": str(layout.port),
        "BASE_URL": layout.base_url,
        "AMQP_URL": rabbitmq.url(layout),
        **_public(layout),
        **databases,
        "CLOCK_FILE": str(layout.clock),
        "MAIL_URL": f"file://{layout.folder('mail')}",
    }


def _public(layout: Layout) -> dict[str, str]:
    """Give what other systems hear with; a system that runs since before has the account after its next start."""
    known = (layout.folder("secrets") / f"{broker.INTEGRATOR}.password").exists()
    return {"PUBLIC_AMQP_URL": rabbitmq.url(layout, broker.INTEGRATOR)} if known else {}


def programs(layout: Layout) -> list[Program]:
    """Give all processes of every service, and of each trustee's seat, as the supervisor runs them."""
    return [
        Program(
            f"{service}-{kind}",
            command(module(service), *words),
            environment(layout, service),
            niceness=10 if service == SPARE else 0,
        )
        for service in (*SERVICES, *TRUSTEES)
        for kind, words in kinds(service).items()
    ]


def kinds(service: str) -> dict[str, tuple[str, ...]]:
    """Give the processes of a service, each with the words that start it."""
    if service in TRUSTEES:
        return {"work": ("work",)}
    if service == "ballot":
        # The proofs of ballots are verified beside everything else that its work does.
        return {"web": ("web",), "work": ("work", "--except", "verify"), "verify": ("work", "--only", "verify")}
    return {kind: (kind,) for kind in KINDS}


def module(service: str) -> str:
    """Give the module of a service; the seats of the trustees share one."""
    return "services.ballot.trustee" if service in TRUSTEES else f"services.{service}"


def forget_counters(layout: Layout) -> None:
    """Remove the counters of processes that no longer run."""
    shutil.rmtree(layout.var / "metrics", ignore_errors=True)


def command(module: str, *words: str) -> list[str]:
    """Give the command that runs a module of this checkout."""
    return [sys.executable, "-m", module, *words]


def tool_environment(layout: Layout, service: str) -> dict[str, str]:
    """Give the environment of a command that works beside the processes of a service."""
    return {**os.environ, **outside(layout), **environment(layout, service)}


def migrate(layout: Layout, done: Callable[[str], None]) -> None:
    """Bring all databases up to the code, at the same time; `done` is told each service. Raises `Trouble`."""

    def one(service: str) -> None:
        answer = subprocess.run(
            command(module(service), "migrate"),
            cwd=ROOT,
            env=tool_environment(layout, service),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if answer.returncode:
            raise Trouble(f"{service} 的数据库没有升级成功：\n{answer.stdout.strip()[-3000:]}")
        done(service)

    owners = (*SERVICES, *TRUSTEES)
    with ThreadPoolExecutor(len(owners)) as pool:
        list(pool.map(one, owners))


def is_migrated(layout: Layout) -> bool:
    """Say whether this state was migrated by exactly the code that stands here."""
    try:
        return (layout.var / MIGRATED).read_text(encoding="ascii") == _fingerprint()
    except FileNotFoundError:
        return False


def note_migrated(layout: Layout) -> None:
    """Note the code by which this state was migrated."""
    (layout.var / MIGRATED).write_text(_fingerprint(), encoding="ascii")


def _fingerprint() -> str:
    """Give a digest of all that decides about tables and queues: the services' and the shared code."""
    digest = hashlib.sha256()
    for folder in ("services", "shared"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".sql"}:
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def await_ready(layout: Layout, done: Callable[[str], None], seconds: float = 240) -> None:
    """Wait until every web process says that it is ready; `done` is told each. Raises `Trouble`."""
    until = time.monotonic() + seconds
    for service in SERVICES:
        while not ready(layout, service):
            if time.monotonic() > until:
                raise Trouble(f"{service} 没有按时就绪，请看：\n{_last_lines(layout.log(f'{service}-web'))}")
            time.sleep(0.1)
        done(service)


def ready(layout: Layout, service: str) -> bool:
    """Say whether a service's web process can do its work now."""
    try:
        answer = requests.get(f"http://127.0.0.1:{layout.web_port(service)}/readyz", timeout=5)
    except requests.RequestException:
        return False
    return answer.status_code == 200


def _last_lines(log: Path, count: int = 25) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    return "\n".join([str(log), *lines[-count:]])
