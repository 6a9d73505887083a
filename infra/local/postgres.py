"""A private PostgreSQL server: its files, its program, its roles and databases."""

import os
import pwd
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

from infra import databases
from infra.local import keys, orphans
from infra.local.layout import Layout
from infra.local.program import Program
from infra.local.trouble import Trouble

OWNER = "shanguang"
"""The server's superuser; no service knows its password."""
OLDEST = 14


def programs_folder(version: int | None = None) -> Path | None:
    """Give the folder of `initdb` and `postgres`: of one major version, else of the newest that is installed."""
    found = {}
    for path in Path("/usr/lib/postgresql").glob("*/bin/initdb"):
        if path.parent.parent.name.isdigit():
            found[int(path.parent.parent.name)] = path.parent
    on_path = shutil.which("initdb")
    if on_path and (number := _version(Path(on_path))):
        found.setdefault(number, Path(on_path).resolve().parent)
    if version is not None:
        return found.get(version)
    return found[max(found)] if found and max(found) >= OLDEST else None


def prepare(layout: Layout, *, durable: bool = True, connections: int = 200) -> None:
    """Make the data folder at the first start, write the configuration at each; raises `Trouble`."""
    data = _data(layout)
    if not (data / "PG_VERSION").exists():
        _initialize(layout, data)
    forget_dead_server(data)
    (layout.folder("postgres") / "postgresql.conf").write_text(settings(layout, durable, connections), encoding="utf-8")
    _hand_over(layout)


def settings(layout: Layout, durable: bool, connections: int) -> str:
    """Write the server's configuration; `durable=False` is for throw-away servers of tests."""
    switch = "on" if durable else "off"
    return "\n".join(
        [
            "listen_addresses = '127.0.0.1'",
            f"port = {layout.postgres_port}",
            "unix_socket_directories = ''",
            f"max_connections = {connections}",
            "shared_buffers = 128MB",
            f"fsync = {switch}",
            f"synchronous_commit = {switch}",
            f"full_page_writes = {switch}",
            "password_encryption = 'scram-sha-256'",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
            "logging_collector = off",
            "log_min_messages = warning",
            "log_statement = 'none'",
            "log_min_error_statement = panic",
            "log_parameter_max_length_on_error = 0",
            "",
        ]
    )


def program(layout: Layout) -> Program:
    """Give the server as the supervisor runs it; SIGINT ends it without waiting for its clients."""
    data = _data(layout)
    folder = _programs_of(data)
    configuration = layout.folder("postgres") / "postgresql.conf"
    command = [str(folder / "postgres"), "-D", str(data), "-c", f"config_file={configuration}"]
    command += ["-c", f"hba_file={data / 'pg_hba.conf'}", "-c", f"ident_file={data / 'pg_ident.conf'}"]
    return Program(
        "postgres", [*_other_user(), *command], folder=data, stop_signal="INT", whole_group=False, patience=40
    )


def owner_url(layout: Layout) -> str:
    """Give the superuser's URL."""
    secret = keys.password(layout.folder("secrets"), "postgres")
    return f"postgresql://{OWNER}:{secret}@127.0.0.1:{layout.postgres_port}/postgres"


def url(layout: Layout, service: str) -> str:
    """Give the URL of a service's own database, with its own role."""
    secret = keys.password(layout.folder("secrets"), service)
    return f"postgresql://{service}:{secret}@127.0.0.1:{layout.postgres_port}/{service}"


def await_ready(layout: Layout, seconds: float = 120) -> None:
    """Wait until the server answers; raises `Trouble`."""
    until = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(owner_url(layout), connect_timeout=5).close()
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > until:
                raise Trouble(f"PostgreSQL 没有按时启动（{error}），请看 {layout.log('postgres')}。") from error
            time.sleep(0.1)


def make_databases(layout: Layout, services: Sequence[str]) -> None:
    """Give each service a role and a database that only this role may enter; what exists stays."""
    folder = layout.folder("secrets")
    databases.make(owner_url(layout), {service: keys.password(folder, service) for service in services})


def _data(layout: Layout) -> Path:
    return layout.folder("postgres") / "data"


def _initialize(layout: Layout, data: Path) -> None:
    folder = programs_folder()
    if folder is None:
        raise Trouble(f"没有找到 PostgreSQL {OLDEST} 或更新的版本，请先安装软件包 postgresql。")
    draft = data.with_name("unfinished")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    secret = data.with_name("first-password")
    secret.touch(mode=0o600)
    secret.write_text(keys.password(layout.folder("secrets"), "postgres") + "\n", encoding="ascii")
    _hand_over(layout)
    command = [*_other_user(), str(folder / "initdb"), "-D", str(draft), "-U", OWNER, "-A", "scram-sha-256"]
    command += ["-E", "UTF8", "--locale=C.UTF-8", f"--pwfile={secret}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    secret.unlink()
    if done.returncode:
        raise Trouble(f"PostgreSQL 数据目录没有建成：\n{done.stderr.strip()}")
    draft.rename(data)


def _programs_of(data: Path) -> Path:
    version = int((data / "PG_VERSION").read_text(encoding="ascii"))
    folder = programs_folder(version)
    if folder is None:
        raise Trouble(
            f"{data} 是 PostgreSQL {version} 的数据，请安装软件包 postgresql-{version}，或以 ./run reset 清空重来。"
        )
    return folder


def forget_dead_server(data: Path) -> None:
    """Remove the note of a server that no longer runs, or its number, given to another process, would keep it out."""
    note = data / "postmaster.pid"
    if not note.exists():
        return
    first = note.read_text(encoding="ascii").partition("\n")[0]
    if not first.isdigit() or str(data) not in orphans.command_line(int(first)):
        note.unlink()


def _version(initdb: Path) -> int | None:
    answer = subprocess.run([str(initdb), "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)(\.|devel|beta|rc)", answer)
    return int(found[1]) if found else None


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _other_user() -> list[str]:
    """Give the words before a command that PostgreSQL refuses to run as root; none for anybody else.

    A user namespace in which root has another number needs no right on the folders above; where the kernel or a
    container forbids it, the account `postgres` must do.
    """
    if os.geteuid() != 0:
        return []
    account = _account()
    if _namespaces_allowed():
        return _namespace(account)
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


def _namespaces_allowed() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*_namespace(_account()), "true"], capture_output=True, check=False).returncode == 0


def _namespace(account: pwd.struct_passwd) -> list[str]:
    return ["unshare", "--user", f"--map-user={account.pw_uid}", f"--map-group={account.pw_gid}"]


def _hand_over(layout: Layout) -> None:
    """Where another account runs the server, give it the folder; raises `Trouble` if it cannot come that far."""
    if os.geteuid() != 0 or _namespaces_allowed():
        return
    account, folder = _account(), layout.folder("postgres")
    layout.var.chmod(0o711)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid)
    if subprocess.run([*_other_user(), "test", "-x", str(folder)], capture_output=True, check=False).returncode:
        raise Trouble(
            f"PostgreSQL 不能以 root 运行，此处又不许用户命名空间；账户 {account.pw_name} 也进不了 {folder}。"
            "请用普通用户运行 ./run，或把状态放到它进得去的地方，例如：SHANGUANG_VAR=/var/tmp/shanguang ./run"
        )
