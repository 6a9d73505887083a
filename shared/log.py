"""One JSON line per record on standard output: a constant message name, and fields. Never data, never people.

An exception is told by its kind and its place only: the text of a database error quotes the row it refused.
"""

import logging
import sys
import traceback
from contextlib import AbstractContextManager
from typing import Any

# structlog would load rich, where it is installed, to draw tracebacks that we never draw: a third of a second of every
# process's start.
_HIDDEN = "rich" not in sys.modules
if _HIDDEN:
    sys.modules["rich"] = None  # type: ignore[assignment]
import structlog  # noqa: E402
from structlog.typing import EventDict, Processor, WrappedLogger  # noqa: E402

from shared import clock  # noqa: E402

if _HIDDEN:
    del sys.modules["rich"]

NOISY = {
    "pika": logging.ERROR,
    "amqp": logging.WARNING,
    "kombu": logging.ERROR,
    "psycopg.pool": logging.ERROR,
    "weasyprint": logging.ERROR,
    "fontTools": logging.ERROR,
}
"""Each reconnection is logged once by us; these libraries add a page of text to it, with addresses in it."""


def configure(service: str, process: str, *, level: int = logging.INFO) -> None:
    """Send our own records and those of libraries to standard output as JSON lines of this service and process."""
    common = _processors(service, process)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=common,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in NOISY.items():
        logging.getLogger(name).setLevel(least)


def _processors(service: str, process: str) -> list[Processor]:
    """Give what every record passes through; our own logger is bound to it."""
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _time,
        _owner(service, process),
        _exception,
    ]
    structlog.configure(
        processors=[*common, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    return common


def get() -> structlog.stdlib.BoundLogger:
    """Give a logger: `get().info("event_handled", event_id=…)`."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("shanguang")
    return logger


def about(**fields: str) -> AbstractContextManager[None]:
    """Add these fields to every record within, ours and those of libraries."""
    return structlog.contextvars.bound_contextvars(**fields)


def _time(_: WrappedLogger, __: str, record: EventDict) -> EventDict:
    record["time"] = clock.now().isoformat()
    return record


def _owner(service: str, process: str) -> Processor:
    def add(_: WrappedLogger, __: str, record: EventDict) -> EventDict:
        record.setdefault("service", service)
        record.setdefault("process", process)
        return record

    return add


def _exception(_: WrappedLogger, __: str, record: EventDict) -> EventDict:
    given = record.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        record.update(place_of(error))
    return record


def place_of(error: BaseException) -> dict[str, Any]:
    """Describe an exception without its text: its kind, where it came from, and for a database error its SQLSTATE."""
    frames = traceback.extract_tb(error.__traceback__)
    told: dict[str, Any] = {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }
    if sqlstate := getattr(error, "sqlstate", None):
        told["sqlstate"] = sqlstate
    if error.__cause__ is not None:
        told["cause"] = f"{type(error.__cause__).__module__}.{type(error.__cause__).__qualname__}"
    return told


# Until a process says who it is, and where one forgets to: the library's own way would print the values of variables.
_processors("", "")
