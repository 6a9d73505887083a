"""What an event is: a name, a version, an exchange and fields; and the envelope in which it travels."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from marshmallow import EXCLUDE, Schema

EVENTS = "shanguang.events"
PUBLIC = "shanguang.public"

CATALOGUE: dict[tuple[str, str, int], type["Event"]] = {}
"""Exchange, name and version → class; filled as the modules of this package are imported."""


class Event(Schema):
    """An event's facts. A subclass names itself, says in its docstring when it is told, and declares its fields.

    The teller is strict (what is told must load); a hearer ignores fields that it does not know. A new optional field
    keeps the version; anything else is a new class with the next version and an `upcast` from the one before.
    """

    class Meta:
        """Hearers ignore unknown fields."""

        unknown = EXCLUDE

    event_name: ClassVar[str] = ""
    event_version: ClassVar[int] = 1
    exchange: ClassVar[str] = EVENTS
    traced: ClassVar[bool] = True
    """Whether a trace may say when it was heard."""
    teller: ClassVar[str] = ""
    """The one service that tells it; `trustee` for all its seats, whose services are called trustee1, trustee2 …"""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Enter the class in the catalogue; two classes of one name, version and exchange are a defect."""
        super().__init_subclass__(**kwargs)
        if cls.event_name:
            key = (cls.exchange, cls.event_name, cls.event_version)
            if key in CATALOGUE:
                raise TypeError(f"{key} is declared twice")
            CATALOGUE[key] = cls

    @classmethod
    def upcast(cls, facts: dict[str, Any]) -> dict[str, Any]:
        """Turn the facts of the version before into this version's; only classes from version 2 on are asked."""
        raise TypeError(f"{cls.__name__} has no version before it")


@dataclass(frozen=True)
class Message:
    """An event in its envelope, as a handler receives it; `data` is loaded (UUIDs and times are objects)."""

    id: UUID
    name: str
    version: int
    source: str
    """The service that told it."""
    tenant_id: UUID
    subject: str
    """The aggregate's id."""
    time: datetime
    correlation_id: UUID
    causation_id: UUID | None
    data: dict[str, Any]


def event_class(name: str, version: int, exchange: str = EVENTS) -> type[Event] | None:
    """Find the class of an event; `None` when this code does not know it."""
    return CATALOGUE.get((exchange, name, version))
