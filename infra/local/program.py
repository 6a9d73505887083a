"""One supervised program, and the supervisor's configuration for many."""

import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from infra.local.layout import ROOT, Layout

MARK = "SHANGUANG_SUPERVISED"
"""Every process under the supervisor carries this variable with its state folder, so that orphans can be known."""


@dataclass(frozen=True)
class Program:
    """A command that the supervisor keeps running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = ROOT
    stop_signal: str = "TERM"
    whole_group: bool = True
    """Whether the stop signal goes to the children too."""
    patience: int = 20
    """Seconds to stop in, before it is killed."""
    niceness: int = 0
    """How far it stands back where cores are short, 0 to 19."""


def configuration(layout: Layout, groups: Mapping[str, Sequence[Program]], *, user: str | None) -> str:
    """Write the supervisor's configuration: the groups start in their order and stop in the opposite one."""
    parts = [_daemon(layout, user)]
    for rank, (group, programs) in enumerate(groups.items(), start=1):
        names = ",".join(program.name for program in programs)
        parts.append(f"[group:{group}]\nprograms={names}\npriority={rank}\n")
        parts.extend(_program(layout, program) for program in programs)
    return "\n".join(parts)


def supervisor_command(configuration_file: Path) -> list[str]:
    """Give the command that starts the supervisor; it detaches itself once its configuration is read."""
    return [sys.executable, "-m", "supervisor.supervisord", "--configuration", str(configuration_file)]


def _daemon(layout: Layout, user: str | None) -> str:
    lines = [
        "[unix_http_server]",
        f"file={_literal(layout.socket)}",
        "chmod=0600",
        "",
        "[supervisord]",
        f"logfile={_literal(layout.log('supervisor'))}",
        "logfile_maxbytes=5MB",
        "logfile_backups=1",
        f"pidfile={_literal(layout.var / 'supervisor.pid')}",
        f"childlogdir={_literal(layout.folder('log'))}",
        f"identifier={layout.name}",
        *([f"user={user}"] if user else []),
        "",
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface",
        "",
    ]
    return "\n".join(lines)


def _program(layout: Layout, program: Program) -> str:
    environment = {MARK: str(layout.var), **program.environment}
    pairs = ",".join(f'{name}="{_literal(value)}"' for name, value in environment.items())
    command = ["nice", "-n", str(program.niceness), *program.command] if program.niceness else program.command
    lines = [
        f"[program:{program.name}]",
        f"command={_literal(shlex.join(command))}",
        f"directory={_literal(program.folder)}",
        f"environment={pairs}",
        "autostart=false",
        "autorestart=true",
        "startsecs=1",
        "startretries=1000",
        f"stopsignal={program.stop_signal}",
        f"stopasgroup={str(program.whole_group).lower()}",
        "killasgroup=true",
        f"stopwaitsecs={program.patience}",
        "redirect_stderr=true",
        f"stdout_logfile={_literal(layout.log(program.name))}",
        "stdout_logfile_maxbytes=10MB",
        "stdout_logfile_backups=1",
        "",
    ]
    return "\n".join(lines)


def _literal(value: object) -> str:
    return str(value).replace("%", "%%")
