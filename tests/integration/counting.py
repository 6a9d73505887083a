"""Counts the statements that a piece of work sends: a number that no busy machine changes."""

from types import TracebackType
from typing import Any

import psycopg
import pytest


class Statements:
    """What was executed while a `with` lasted, in order."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._sent: list[str] = []
        self._patch = pytest.MonkeyPatch()

    def __len__(self) -> int:
        return len(self._sent)

    def __enter__(self) -> "Statements":
        execute = psycopg.Cursor.execute

        def counted(cursor: Any, query: Any, *rest: Any, **options: Any) -> Any:
            self._sent.append(str(query))
            return execute(cursor, query, *rest, **options)

        self._patch.setattr(psycopg.Cursor, "execute", counted)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._patch.undo()
