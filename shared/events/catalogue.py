"""Imports every event module, so that `CATALOGUE` is whole."""

from shared.events import ballot, evaluation, notify, pledge, roster, trustee
from shared.events.event import CATALOGUE

__all__ = ["CATALOGUE", "ballot", "evaluation", "notify", "pledge", "roster", "trustee"]
