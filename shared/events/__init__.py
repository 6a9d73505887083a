"""The published language: one marshmallow class per event, and the catalogue of all of them."""

from shared.events.event import CATALOGUE, EVENTS, PUBLIC, Event, Message, event_class

__all__ = ["CATALOGUE", "EVENTS", "PUBLIC", "Event", "Message", "event_class"]
