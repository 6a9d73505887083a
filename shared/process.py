"""What every service can be started as: migrate, web, work."""

import argparse
import importlib
import os
import sys
from pathlib import Path

from shared import config

PARTS = ("consume", "relay", "deadlines")


def main(service: str, folder: Path) -> None:
    """Run `python -m services.<service> migrate|web|work [--only consume|relay|deadlines]`."""
    parser = argparse.ArgumentParser(prog=f"python -m services.{service}")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="bring the database and the broker's queues up to this code")
    commands.add_parser("web", help="serve pages and the JSON API with gunicorn")
    work = commands.add_parser("work", help="hear events, tell events, do what time makes due")
    work.add_argument("--only", choices=PARTS, help="run one part, to scale it apart")
    arguments = parser.parse_args()
    settings = config.load(service)
    if arguments.command == "web":
        _web(service, settings)
    elif arguments.command == "migrate":
        _migrate(service, settings, folder)
    else:
        _work(service, settings, arguments.only)


# Each command imports what it needs: a web process becomes gunicorn, and would pay for the rest twice.


def _migrate(service: str, settings: config.Config, folder: Path) -> None:
    from shared import log, migrate
    from shared.messaging import topology

    log.configure(service, "migrate")
    events = importlib.import_module(f"services.{service}.events")
    done = migrate.migrate(settings.database_url, folder / "migrations")
    topology.declare(settings.amqp_url, service, events.HANDLERS)
    log.get().info("migrated", files=done)


def _work(service: str, settings: config.Config, only: str | None) -> None:
    from shared import log
    from shared.messaging import worker

    log.configure(service, "work")
    events = importlib.import_module(f"services.{service}.events")
    worker.run(settings, events.HANDLERS, events.DEADLINES, only=only)


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
