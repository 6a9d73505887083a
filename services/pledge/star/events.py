"""What evaluation and notify tell of awards → the stars of pledges."""

from services.pledge.star import store
from shared.db import Connection
from shared.events import Event, Message
from shared.events.evaluation import AwardVerified
from shared.events.notify import AwardPublished, AwardRevoked
from shared.messaging import Handler


def note_verified(conn: Connection, message: Message) -> None:
    """Keep to which pledge, and to which item of it, the deed of an award refers."""
    data = message.data
    cited = {"pledge_id": data["pledge_id"], "item_id": data["pledge_item_id"]}
    facts = {**cited, "period": data["period"], "title": data["star_title"]}
    store.note(conn, message.tenant_id, data["award_id"], facts)


def note_published(conn: Connection, message: Message) -> None:
    """Keep that an award was published."""
    data = message.data
    facts = {"period": data["period"], "published_on": data["published_on"]}
    store.note(conn, message.tenant_id, data["award_id"], facts)


def note_revoked(conn: Connection, message: Message) -> None:
    """Keep that an award was revoked."""
    data = message.data
    store.note(conn, message.tenant_id, data["award_id"], {"period": data["period"], "revoked_on": data["revoked_on"]})


HANDLERS: dict[type[Event], Handler] = {
    AwardVerified: note_verified,
    AwardPublished: note_published,
    AwardRevoked: note_revoked,
}
