"""What every service can be started as: migrate, web, work."""

import argparse
import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from shared import config

if TYPE_CHECKING:
    from shared.messaging import Handlers


def main(service: str, folder: Path, *, package: str = "", doors: bool = True) -> None:
    """Run `python -m <package> migrate|web|work [--only PART | --except PART]`.

    The parts are consume, relay, deadlines, and each further queue that the package's `events.EXTRA_HANDLERS` names:
    `verify` for `ballot.verify`. A package without `doors` serves nothing; without a name it is `services.<service>`.
    """
    package = package or f"services.{service}"
    parser = argparse.ArgumentParser(prog=f"python -m {package}")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="bring the database and the broker's queues up to this code")
    if doors:
        commands.add_parser("web", help="serve pages and the JSON API with gunicorn")
    work = commands.add_parser("work", help="hear events, tell events, do what time makes due")
    choice = work.add_mutually_exclusive_group()
    choice.add_argument("--only", metavar="PART", help="run one part, to scale it apart")
    choice.add_argument("--except", metavar="PART", dest="without", help="run all parts but one")
    arguments = parser.parse_args()
    with config.read():
        settings = config.load(service)
    if arguments.command == "web":
        _web(service, settings)
    elif arguments.command == "migrate":
        _migrate(settings, folder, package)
    else:
        _work(settings, package, arguments.only, arguments.without)


# Each command imports what it needs: a web process becomes gunicorn, and would pay for the rest twice.


def _migrate(settings: config.Config, folder: Path, package: str) -> None:
    from shared import log, migrate
    from shared.messaging import topology

    log.configure(settings.service, "migrate")
    events = importlib.import_module(f"{package}.events")
    done = migrate.migrate(settings.database_url, folder / "migrations")
    topology.declare(settings.amqp_url, settings.service, events.HANDLERS, _extra(events), release=True)
    log.get().info("migrated", files=done)


def _work(settings: config.Config, package: str, only: str | None, without: str | None) -> None:
    from shared import log
    from shared.messaging import worker

    log.configure(settings.service, "work")
    events = importlib.import_module(f"{package}.events")
    worker.run(settings, events.HANDLERS, events.DEADLINES, only=only, without=without, extra=_extra(events))


def _extra(events: ModuleType) -> "Mapping[str, Handlers]":
    """Give the further queues of a service with their handlers; most have none."""
    found: Mapping[str, Handlers] = getattr(events, "EXTRA_HANDLERS", {})
    return found


def _web(service: str, settings: config.Config) -> None:
    """Become gunicorn: its master then gets the signals itself."""
    here = Path(__file__).parent.parent
    os.execv(  # noqa: S606 — our own interpreter, a fixed command
        sys.executable,
        [
            *[sys.executable, "-m", "gunicorn", "--config", str(here / "infra/gunicorn.conf.py")],
            *["--bind", settings.bind, "--workers", str(settings.web_workers)],
            *["--threads", str(settings.web_threads), f"services.{service}.app:create_app()"],
        ],
    )
