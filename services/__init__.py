"""The five services. None imports another: they meet only in `shared.events`."""

from shared.web import faults

__all__ = ["faults"]
