"""The words of a pledge as they come in, and the version that they make once all whom they name are known."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from services.pledge.author import commands as people
from services.pledge.pledge import rules
from services.pledge.pledge.domain import (
    Author,
    Consultation,
    Form,
    Item,
    Kind,
    Oral,
    Pledge,
    Trigger,
    Version,
    VersionState,
)
from services.pledge.tie import commands as ties
from shared import clock
from shared.auth import Viewer
from shared.db import Connection
from shared.directory.domain import Organization


@dataclass(frozen=True)
class Text:
    """The words of a pledge as they come in. An item with a known id keeps it."""

    headline: str
    items: Sequence[Item] = ()
    ability: str = ""
    duty: str = ""
    goals: str = ""
    consultation: Consultation | None = None
    reason: str = ""


@dataclass(frozen=True)
class Proposal:
    """A pledge as it comes in: whose, for when, in which words."""

    text: Text
    form: Form = Form.INDIVIDUAL
    kind: Kind = Kind.ANNUAL
    year: int = 0
    person_id: UUID | None = None
    organization_id: UUID | None = None
    trigger: Trigger | None = None
    trigger_text: str = ""
    community: str = ""
    authors: Sequence[Author] = field(default=())
    oral: Oral | None = None
    entry_reason: str = ""


def checked(
    conn: Connection, pledge: Pledge, organization: Organization, text: Version, authors: Sequence[Author],
    before: Version | None = None,
) -> Version:  # fmt: skip
    """Give a text with who promises together, all of them and all ties known. Raises `BadPledge`."""
    known = {one.person_id for one in before.authors if one.person_id} if before else set()
    tied = {item.linked_item_id for item in before.items if item.linked_item_id} if before else set()
    found, wrong = people.checked(conn, pledge, authors, known)
    wrong += ties.obstacles(conn, pledge, organization, text.items, tied)
    if wrong:
        raise rules.BadPledge(details=wrong)
    return replace(text, authors=found)


def version(pledge: Pledge, text: Text, viewer: Viewer, *, known: set[UUID] | None = None) -> Version:
    """Make a draft of a text; an item keeps its id where `known` has it."""
    kept = set(known or ())
    items = []
    for item in text.items:
        # An id that is not known, or that came twice, is none of the items there: the matter gets its own.
        same = item.item_id in kept
        kept.discard(item.item_id)
        items.append(item if same else replace(item, item_id=uuid4()))
    return Version(
        pledge.version, VersionState.DRAFT, text.headline.strip(), viewer.id, clock.now(), items, text.ability.strip(),
        text.duty.strip(), text.goals.strip(), text.consultation, text.reason.strip(),
    )  # fmt: skip
