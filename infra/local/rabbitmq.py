"""A private RabbitMQ node with its own name, ports, files and port mapper."""

import os
import shutil
import socket
import time
from pathlib import Path

from infra import broker
from infra.local import keys
from infra.local.layout import Layout
from infra.local.program import Program
from infra.local.trouble import Trouble

NODE = "shanguang@localhost"
"""Every system has its own port mapper, so the name may be the same; a state folder that is moved keeps its queues."""
DEFINITIONS = "definitions.json"
PASSWORDS = {broker.USER: "rabbitmq", broker.INTEGRATOR: broker.INTEGRATOR}
"""Under which name the password of each account lies among the secrets."""
STARTED = "started"
"""A file that says that the first start came to its end, and so that user and virtual host were made."""
GREETING = b"AMQP\x00\x00\x09\x01"
"""What a client says first; a broker that is ready answers with a method frame."""


def server_script() -> Path | None:
    """Find the server's own start script; Debian's wrapper in sbin would change the user and the folder."""
    for pattern in ("bin/rabbitmq-server", "lib/*/sbin/rabbitmq-server"):
        found = sorted(Path("/usr/lib/rabbitmq").glob(pattern))
        if found:
            return found[-1]
    on_path = shutil.which("rabbitmq-server")
    return Path(on_path) if on_path else None


def prepare(layout: Layout) -> None:
    """Write the node's configuration; its users and virtual host are made as it starts."""
    folder = layout.folder("rabbitmq")
    if not (folder / STARTED).exists():
        shutil.rmtree(folder / "data", ignore_errors=True)
    _write(folder / "rabbitmq.conf", settings(layout))
    _write(folder / DEFINITIONS, broker.definitions(*(_password(layout, user) for user in PASSWORDS)))
    (folder / "enabled_plugins").write_text("[].\n", encoding="ascii")
    (folder / "rabbitmq-env.conf").write_text("", encoding="ascii")


def _write(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def settings(layout: Layout) -> str:
    """Write the broker's configuration."""
    lines = [
        f"listeners.tcp.1 = 127.0.0.1:{layout.amqp_port}",
        f"load_definitions = {layout.folder('rabbitmq') / DEFINITIONS}",
        f"log.dir = {layout.folder('log')}",
        "log.file = rabbitmq-node.log",
        "log.file.level = warning",
        "log.file.rotation.size = 10485760",
        "log.file.rotation.count = 2",
        "disk_free_limit.absolute = 200MB",
        "",
    ]
    return "\n".join(lines)


def environment(layout: Layout) -> dict[str, str]:
    """Give the variables with which the node, and every tool that asks it, must run."""
    folder = layout.folder("rabbitmq")
    return {
        "HOME": str(folder),
        "RABBITMQ_NODENAME": NODE,
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "rabbitmq-env.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(layout.folder("log")),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
        "RABBITMQ_DIST_PORT": str(layout.dist_port),
        "ERL_EPMD_PORT": str(layout.epmd_port),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_CRASH_DUMP_SECONDS": "0",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        # the script then becomes the node instead of watching it, so that the supervisor sees it die
        "RUNNING_UNDER_SYSTEMD": "true",
    }


def programs(layout: Layout) -> list[Program]:
    """Give the port mapper and the node as the supervisor runs them; raises `Trouble` if they are not installed."""
    script, mapper = server_script(), _mapper()
    if script is None or mapper is None:
        raise Trouble("没有找到 RabbitMQ，请先安装软件包 rabbitmq-server。")
    folder = layout.folder("rabbitmq")
    epmd = [mapper, "-port", str(layout.epmd_port), "-address", "127.0.0.1"]
    return [
        Program("epmd", epmd, {"HOME": str(folder)}, folder=folder),
        Program("rabbitmq", [str(script)], environment(layout), folder=folder, whole_group=False, patience=40),
    ]


def url(layout: Layout, user: str = broker.USER) -> str:
    """Give the URL of the broker with the system's virtual host, for an account."""
    return broker.url(user, _password(layout, user), f"127.0.0.1:{layout.amqp_port}")


def _password(layout: Layout, user: str) -> str:
    return keys.password(layout.folder("secrets"), PASSWORDS[user])


def await_ready(layout: Layout, seconds: float = 240) -> None:
    """Wait until the broker greets; raises `Trouble`."""
    until = time.monotonic() + seconds
    while not _greets(layout.amqp_port):
        if time.monotonic() > until:
            raise Trouble(f"RabbitMQ 没有按时启动，请看 {layout.log('rabbitmq')}。")
        time.sleep(0.1)
    (layout.folder("rabbitmq") / STARTED).touch()


def _greets(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            client.sendall(GREETING)
            return client.recv(1) == b"\x01"
    except OSError:
        return False


def _mapper() -> str | None:
    on_path = shutil.which("epmd")
    if on_path:
        return on_path
    found = sorted(str(path) for path in Path("/usr/lib/erlang").glob("erts-*/bin/epmd"))
    return found[-1] if found else None
