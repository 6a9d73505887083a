"""A connection of pika's that puts many frames into one write.

pika hands every frame to the system by itself: three calls a message, each of which lets another thread take the
interpreter and gives the broker a morsel to read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pika.adapters.select_connection import SelectConnection


class Wire(SelectConnection):
    """A connection of which a caller can say: what I publish now goes out together."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take what `SelectConnection` takes."""
        self._together: list[bytes] | None = None
        super().__init__(*given, **named)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Hold back every frame until the end of the block and write them as one; it must not run the loop."""
        held: list[bytes] = []
        self._together = held
        try:
            yield
        finally:
            self._together = None
            if held:
                self._adapter_emit_data(b"".join(held))

    def _adapter_emit_data(self, data: bytes) -> None:
        # The one method that pika's connections are made to override in order to say how bytes leave.
        if self._together is None:
            super()._adapter_emit_data(data)
        else:
            self._together.append(data)
