"""python -m infra.containers.setup: make every secret once, and lay each one only where its reader looks.

Each folder under `/keys` is a volume of its own: `all` belongs to this command, the others to one service or server.
"""

import os
from pathlib import Path

from infra import broker
from infra.local import keys
from infra.local.layout import SERVICES, TRUSTEES

KEYS = Path("/keys")
READER = 10001
"""The account of the services in their image (`infra/Dockerfile`)."""


def files(service: str, source: Path) -> dict[str, str]:
    """Give the files that one service may read, by name."""
    if service in TRUSTEES:
        return _seat_files(service, source)
    found = {
        "environment": "".join(f"{name}={value}\n" for name, value in environment(service, source).items()),
        "secret_key": (source / f"{service}.secret_key").read_text(encoding="ascii"),
        "data_keys": (source / f"{service}.data_keys").read_text(encoding="ascii"),
        "session_public.pem": (source / keys.PUBLIC).read_text(encoding="ascii"),
    }
    if service == "roster":
        found["session_private.pem"] = (source / keys.PRIVATE).read_text(encoding="ascii")
    if service == "ballot":
        found[keys.IDENTITIES] = (source / keys.IDENTITIES).read_text(encoding="ascii")
        found["identity.pem"] = (source / keys.BALLOT).read_text(encoding="ascii")
    return found


def _seat_files(trustee: str, source: Path) -> dict[str, str]:
    """Give the files that the process of one trustee's seat may read."""
    values = {
        **_servers(trustee, source),
        "TRUSTEE_SEAT": str(TRUSTEES.index(trustee) + 1),
        "TRUSTEE_IDENTITY_FILE": "/keys/identity.pem",
        "TRUSTEE_IDENTITIES_FILE": f"/keys/{keys.IDENTITIES}",
        "BALLOT_IDENTITY_PUBLIC_FILE": f"/keys/{keys.BALLOT_PUBLIC}",
        "DATA_KEYS_FILE": "/keys/data_keys",
    }
    return {
        "environment": "".join(f"{name}={value}\n" for name, value in values.items()),
        "data_keys": (source / f"{trustee}.data_keys").read_text(encoding="ascii"),
        "identity.pem": (source / keys.identity_file(trustee)).read_text(encoding="ascii"),
        keys.IDENTITIES: (source / keys.IDENTITIES).read_text(encoding="ascii"),
        keys.BALLOT_PUBLIC: (source / keys.BALLOT_PUBLIC).read_text(encoding="ascii"),
    }


def environment(service: str, source: Path) -> dict[str, str]:
    """Give the variables of one service that hold a secret or say where one lies."""
    values = {
        **_servers(service, source),
        "SECRET_KEY_FILE": "/keys/secret_key",
        "DATA_KEYS_FILE": "/keys/data_keys",
        "SESSION_PUBLIC_KEY_FILE": "/keys/session_public.pem",
    }
    if service == "roster":
        values["SESSION_PRIVATE_KEY_FILE"] = "/keys/session_private.pem"
    if service == "ballot":
        values["TRUSTEE_IDENTITIES_FILE"] = f"/keys/{keys.IDENTITIES}"
        values["BALLOT_IDENTITY_FILE"] = "/keys/identity.pem"
    return values


def _servers(service: str, source: Path) -> dict[str, str]:
    """Give the addresses of a service's database and of the broker, with their passwords."""
    secret = keys.password(source, service)
    return {
        f"{service.upper()}_DATABASE_URL": f"postgresql://{service}:{secret}@postgres/{service}",
        "AMQP_URL": broker.url(broker.USER, keys.password(source, "rabbitmq"), "rabbitmq:5672"),
    }


def broker_files(source: Path) -> dict[str, str]:
    """Give the files of the broker: configuration, accounts, and what other systems are given to reach it."""
    own, public = keys.password(source, "rabbitmq"), keys.password(source, broker.INTEGRATOR)
    return {
        "rabbitmq.conf": broker_settings(),
        "definitions.json": broker.definitions(own, public),
        "public_amqp_url": broker.url(broker.INTEGRATOR, public, "rabbitmq:5672") + "\n",
    }


def broker_settings() -> str:
    """Write the broker's configuration: its users and virtual host are made as it starts."""
    return "\n".join(
        [
            "listeners.tcp.default = 5672",
            "load_definitions = /keys/definitions.json",
            "log.console = true",
            "log.console.level = warning",
            "disk_free_limit.absolute = 200MB",
            "",
        ]
    )


def lay(folder: Path, contents: dict[str, str], *, owner: int | None) -> None:
    """Write files into a volume: for their owner only, or, where the reader's number is its image's affair, for all.

    Each takes the place of the former at once: this also runs while services start and read.
    """
    for name, text in contents.items():
        draft = folder / f"{name}.new"
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(text, encoding="ascii")
        if owner is not None:
            os.chown(draft, owner, owner)
        draft.chmod(0o444 if owner is None else 0o400)
        draft.replace(folder / name)


def main() -> None:
    """Make what is missing, and lay everything out again."""
    source = KEYS / "all"
    keys.make(source)
    for service in (*SERVICES, *TRUSTEES):
        lay(KEYS / service, files(service, source), owner=READER)
    lay(KEYS / "postgres", {"password": keys.password(source, "postgres")}, owner=None)
    lay(KEYS / "rabbitmq", broker_files(source), owner=None)


if __name__ == "__main__":
    main()
