"""Growing pauses between attempts, and the trouble with the broker that calls for them."""

FIRST = 0.1
LONGEST = 10.0


class BrokerTrouble(Exception):  # noqa: N818
    """The broker cannot be reached, or did not take what it was given; the text names the reason, never an address."""


class Pauses:
    """Each pause is twice the one before, up to a longest; success starts again with the shortest."""

    def __init__(self, first: float = FIRST, longest: float = LONGEST) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    def take(self) -> float:
        """Give the seconds to wait now."""
        pause = self._next
        self._next = min(pause * 2, self._longest)
        return pause

    def reset(self) -> None:
        """Note that it went well."""
        self._next = self._first
