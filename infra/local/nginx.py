"""The gateway: one nginx process that sends each path to the service it belongs to."""

import os
import shutil
from ipaddress import ip_network
from pathlib import Path

from infra.local.layout import ROOT, SERVICES, Layout
from infra.local.program import Program
from infra.local.trouble import Trouble

RULES = ROOT / "infra" / "nginx"
MOST = 10 * 2**20
"""Bytes of the access log after which the next start begins a new one, as the supervisor does with all others."""


def binary() -> str | None:
    """Find nginx, also where `sbin` is not on the path."""
    return shutil.which("nginx") or next((str(p) for p in [Path("/usr/sbin/nginx")] if p.exists()), None)


def prepare(layout: Layout) -> None:
    """Write the configuration; set an access log that has grown large aside, and forget the one before it."""
    log = layout.log("access")
    if log.exists() and log.stat().st_size > MOST:
        log.replace(log.with_suffix(".log.1"))
    path = layout.folder("nginx") / "nginx.conf"
    path.write_text(settings(layout), encoding="utf-8")


def settings(layout: Layout) -> str:
    """Write the configuration: everything under the state folder, one process, loopback only.

    One process, because a master that is killed would leave its workers holding the port.
    """
    folder = layout.folder("nginx")
    lines = [
        "daemon off;",
        "master_process off;",
        f'pid "{folder / "nginx.pid"}";',
        "error_log stderr warn;",
        "events { worker_connections 8192; }",
        "http {",
        *_common(layout),
        "    map $room $upstream {",
        *(f"        {service} 127.0.0.1:{layout.web_port(service)};" for service in SERVICES),
        "    }",
        "    server {",
        *_server(layout),
        "    }",
        "}",
        "",
    ]
    return "\n".join(lines)


def _common(layout: Layout) -> list[str]:
    folder = layout.folder("nginx")
    return [
        *(f'    {kind}_temp_path "{folder / kind}";' for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")),
        "    types { text/html html; application/json json; }",
        "    default_type application/octet-stream;",
        "    server_tokens off;",
        f'    include "{RULES / "maps.conf"}";',
        f'    access_log "{layout.log("access")}" asked if=$told;',
    ]


def _trusted() -> list[str]:
    """Give whose word for an address counts: `SHANGUANG_TRUSTED_PROXIES`. Raises `Trouble` for what is no address."""
    given = os.environ.get("SHANGUANG_TRUSTED_PROXIES", "").replace(",", " ").split()
    try:
        return [f"set_real_ip_from {ip_network(proxy, strict=False)};" for proxy in given]
    except ValueError as error:
        raise Trouble("SHANGUANG_TRUSTED_PROXIES 须是地址或网段，几个之间用逗号隔开。") from error


def _server(layout: Layout) -> list[str]:
    return [
        *(f"        {line}" for line in _trusted()),
        f"        listen 127.0.0.1:{layout.port};",
        "        server_name _;",
        "        charset utf-8;",
        f'        root "{RULES}";',
        f'        include "{RULES / "server.conf"}";',
    ]


def program(layout: Layout) -> Program:
    """Give nginx as the supervisor runs it; raises `Trouble` if it is not installed."""
    found = binary()
    if found is None:
        raise Trouble("没有找到 nginx，请先安装软件包 nginx。")
    folder = layout.folder("nginx")
    command = [found, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    return Program("nginx", command, folder=folder, stop_signal="QUIT", patience=10)
