"""The thread that ties facts together: which conversation this work belongs to, and which message caused it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

_current: ContextVar[tuple[UUID, UUID | None] | None] = ContextVar("shanguang_thread", default=None)


@contextmanager
def correlation(correlation_id: UUID, causation_id: UUID | None = None) -> Iterator[None]:
    """Work under this correlation id; `causation_id` is the message that caused the work, if one did.

    The web door opens it for each request, the consumer for each message.
    """
    token = _current.set((correlation_id, causation_id))
    try:
        yield
    finally:
        _current.reset(token)


def current() -> tuple[UUID, UUID | None]:
    """Give the correlation and causation ids of the work at hand; a fresh correlation where none was opened."""
    return _current.get() or (uuid4(), None)
