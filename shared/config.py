"""Every environment variable that a process reads, with its default and meaning."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shared.voting.secrecy import fewest


class VariableMissing(KeyError):  # noqa: N818
    """A variable that a process cannot do without is not set; its argument is the name."""


@dataclass(frozen=True)
class Campus:
    """The campus's own sign-in by OpenID Connect; roster only."""

    issuer: str
    """`OIDC_ISSUER`: its address; without it there is no such sign-in."""
    client_id: str
    """`OIDC_CLIENT_ID`."""
    client_secret: str
    """`OIDC_CLIENT_SECRET` or `…_FILE`."""
    number_claim: str
    """`OIDC_NUMBER_CLAIM`: the claim that holds the 学工号."""
    university: str
    """`OIDC_UNIVERSITY`: code of the 党委 whose people it knows; may be empty where there is only one."""


@dataclass(frozen=True)
class Trustee:
    """One seat of the trustees; only their processes have it."""

    seat: int
    """`TRUSTEE_SEAT`: its number, from 1."""
    identity: str
    """`TRUSTEE_IDENTITY` or `…_FILE`: PEM, the long-term key that seals what this seat says."""
    board_url: str
    """`BOARD_URL`: where the public board of ballots is read, else `BASE_URL`."""
    ballot: str
    """`BALLOT_IDENTITY_PUBLIC` or `…_FILE`: PEM, verifies what ballot says to the seats; without it no seat starts."""
    fewest: int
    """`TRUSTEE_FEWEST`: of how few ballots it decrypts the sum at all; a seat may ask for more than 3, not for less."""


@dataclass(frozen=True)
class Config:
    """What one process of one service needs to know; read once at its start and passed down."""

    service: str
    database_url: str
    """`<SERVICE>_DATABASE_URL`, else `DATABASE_URL`: the service's own database, with its own role."""
    amqp_url: str
    """`AMQP_URL`: the broker, for example amqp://user:password@127.0.0.1:5672/shanguang."""
    base_url: str
    """`BASE_URL`: the address that users see."""
    bind: str
    """`BIND`: where the web process listens."""
    web_workers: int
    """`WEB_WORKERS`: gunicorn processes."""
    web_threads: int
    """`WEB_THREADS`: threads of each; the database pool has as many connections."""
    secret_key: str
    """`SECRET_KEY` or `SECRET_KEY_FILE`: signs the form tokens."""
    session_public_key: str
    """`SESSION_PUBLIC_KEY` or `…_FILE`: PEM, verifies sign-ins; every service."""
    session_private_key: str
    """`SESSION_PRIVATE_KEY` or `…_FILE`: PEM, signs sign-ins; roster only, empty elsewhere."""
    data_keys: tuple[str, ...]
    """`DATA_KEYS` or `DATA_KEYS_FILE`: Fernet keys, the newest first, one a line; encrypt what is sensitive."""
    secure: bool
    """Whether cookies travel by https only: where `BASE_URL` is https, and by `SECURE` 1 in any case."""
    mail_url: str
    """`MAIL_URL`: smtp://user:password@host:port, or file:///folder for a local sink."""
    metrics: Path | None
    """`METRICS_DIR`: folder in which the worker processes share their counters; none switches sharing off."""
    metrics_bind: str = ""
    """`METRICS_BIND`: host:port at which a work process shows its counters; none shows them nowhere."""
    heartbeat: Path | None = None
    """`HEARTBEAT`: file that a work process touches every second while all its parts run; none switches it off."""
    campus: Campus | None = None
    """The campus's own sign-in, where it is set."""
    ballot_identity: str = ""
    """`BALLOT_IDENTITY` or `…_FILE`: PEM, seals what ballot says to the trustees' seats; ballot only."""
    trustee: Trustee | None = None
    """The seat, in a trustee's process: it serves no pages and checks no sign-in."""


def load(service: str) -> Config:
    """Read the environment for one service; a missing required variable raises `VariableMissing`."""
    trustee = _trustee() if os.environ.get("TRUSTEE_SEAT") else None
    doors = trustee is None
    return Config(
        service=service,
        database_url=database_url(service),
        amqp_url=amqp_url(),
        base_url=base_url(),
        bind=os.environ.get("BIND", "127.0.0.1:8000"),
        web_workers=int(os.environ.get("WEB_WORKERS", "2")),
        web_threads=int(os.environ.get("WEB_THREADS", "4")),
        secret_key=_secret("SECRET_KEY", required=doors),
        session_public_key=_secret("SESSION_PUBLIC_KEY", required=doors),
        session_private_key=_secret("SESSION_PRIVATE_KEY", required=False),
        data_keys=data_keys(),
        secure=os.environ.get("SECURE", "0") == "1" or base_url().lower().startswith("https://"),
        mail_url=os.environ.get("MAIL_URL", ""),
        metrics=Path(value) if (value := os.environ.get("METRICS_DIR")) else None,
        metrics_bind=os.environ.get("METRICS_BIND", ""),
        heartbeat=Path(value) if (value := os.environ.get("HEARTBEAT")) else None,
        campus=_campus() if service == "roster" and os.environ.get("OIDC_ISSUER") else None,
        ballot_identity=ballot_identity() if service == "ballot" else "",
        trustee=trustee,
    )


def _campus() -> Campus:
    return Campus(
        issuer=_demanded("OIDC_ISSUER").rstrip("/"),
        client_id=_demanded("OIDC_CLIENT_ID"),
        client_secret=_secret("OIDC_CLIENT_SECRET"),
        number_claim=os.environ.get("OIDC_NUMBER_CLAIM", "sub"),
        university=os.environ.get("OIDC_UNIVERSITY", ""),
    )


def _trustee() -> Trustee:
    return Trustee(
        seat=int(_demanded("TRUSTEE_SEAT")),
        identity=_secret("TRUSTEE_IDENTITY"),
        ballot=_secret("BALLOT_IDENTITY_PUBLIC"),
        board_url=(os.environ.get("BOARD_URL") or base_url()).rstrip("/"),
        fewest=fewest(int(os.environ.get("TRUSTEE_FEWEST", "0"))),
    )


def seat_service() -> str:
    """Give the name under which the seat of this process has its database and its queue: trustee1, trustee2 …"""
    return f"trustee{int(_demanded('TRUSTEE_SEAT'))}"


def identities() -> str:
    """Give `TRUSTEE_IDENTITIES` or `…_FILE`, the public identity keys of all seats; trustees and ballot read it."""
    return _secret("TRUSTEE_IDENTITIES")


def ballot_identity() -> str:
    """Give `BALLOT_IDENTITY` or `…_FILE`, the key by which ballot seals; also for work that no request starts."""
    return _secret("BALLOT_IDENTITY")


def database_url(service: str) -> str:
    """Give the address of a service's database, for tools that need no more; `VariableMissing` where it is not set."""
    own = f"{service.upper()}_DATABASE_URL"
    if url := os.environ.get(own) or os.environ.get("DATABASE_URL"):
        return url
    raise VariableMissing(own)


def base_url() -> str:
    """Give the address that users see, without a slash at its end; also for work that no request starts."""
    return os.environ.get("BASE_URL", "http://127.0.0.1:8080").rstrip("/")


def mail_url() -> str:
    """Give where mail leaves, for work that no request starts; empty sends none."""
    return os.environ.get("MAIL_URL", "")


def data_keys() -> tuple[str, ...]:
    """Give the keys that encrypt at rest, the newest first; also for work that no request starts."""
    return tuple(_secret("DATA_KEYS").split())


def amqp_url() -> str:
    """Give the broker's address, for tools that need no more; `VariableMissing` where it is not set."""
    return _demanded("AMQP_URL")


@contextmanager
def read() -> Iterator[None]:
    """End a command with a sentence where a variable that it cannot do without is not set."""
    try:
        yield
    except VariableMissing as missing:
        raise SystemExit(f"缺少环境变量 {missing.args[0]}，见运行维护“环境变量”。") from missing


def _demanded(name: str) -> str:
    if name not in os.environ:
        raise VariableMissing(name)
    return os.environ[name]


def _secret(name: str, *, required: bool = True) -> str:
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8")
    return _demanded(name) if required else os.environ.get(name, "")
