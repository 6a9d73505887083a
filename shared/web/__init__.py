"""The web side that all services share: the application, the doors, forms, pages and their words."""

from shared.web import faults

__all__ = ["faults"]
