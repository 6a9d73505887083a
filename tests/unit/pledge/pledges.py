"""Builders of pledges, texts and schemes for tests, with defaults."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from services.pledge.pledge import rules
from services.pledge.pledge.domain import Form, Item, Kind, Pledge, PledgeState, Version, VersionState
from shared.directory.domain import Identity, Person, Standing
from shared.scheme import Scheme, of
from tests.university import TENANT, uid

NOW = datetime(2013, 1, 20, 2, 0, tzinfo=UTC)
TODAY = date(2013, 1, 20)


def scheme(**settings: Any) -> Scheme:
    """Make a scheme; a setting's dot is written as two underscores: `pledge__forms`."""
    return of(uid("scheme"), 1, "测试方案", "", {key.replace("__", "."): value for key, value in settings.items()})


def person(**changes: Any) -> Person:
    """Make a member."""
    facts: dict[str, Any] = {
        "tenant_id": TENANT, "id": uid("T003"), "version": 1, "organization_id": uid("zjy/jin/jg"), "number": "T003",
        "name": "尤文静", "stroke_key": "0003", "standing": Standing.FORMAL, "identity": Identity.STAFF,
        "leader": False, "division_rank": False, "floating": False, "last_contact_on": None, "exempt": False,
        "counted": True, "email": "", "active": True, "session_epoch": 1,
    }  # fmt: skip
    return Person(**{**facts, **changes})


def pledge(**changes: Any) -> Pledge:
    """Make a member's annual pledge."""
    facts: dict[str, Any] = {
        "tenant_id": TENANT, "id": uid("pledge"), "organization_id": uid("zjy/jin/jg"), "form": Form.INDIVIDUAL,
        "kind": Kind.ANNUAL, "year": 2013, "trigger": None, "trigger_text": "", "person_id": uid("T003"),
        "community": "", "oral": False, "recorded_by": "", "recorded_on": None, "recorded_place": "", "witness": "",
        "state": PledgeState.OPEN, "scheme_id": uid("scheme"), "scheme_version": 1, "version": 1,
        "published_version": None, "entered_by": uid("T003"), "entry_reason": "", "made_at": NOW,
    }  # fmt: skip
    return Pledge(**{**facts, **changes})


def item(content: str = "每周为考研学生答疑1次", **changes: Any) -> Item:
    """Make an item."""
    return Item(**{"item_id": uuid5(TENANT, content), "content": content, **changes})


def version(headline: str = "每月走访学生寝室2次，全年帮助3名困难学生", **changes: Any) -> Version:
    """Make a draft."""
    facts: dict[str, Any] = {
        "number": 1, "state": VersionState.DRAFT, "headline": headline, "made_by": uid("T003"), "made_at": NOW,
    }  # fmt: skip
    return Version(**{**facts, **changes})


def who(name: str) -> UUID:
    """Give somebody's fixed id."""
    return uid(name)


def found(
    the_pledge: Pledge | None = None,
    the_version: Version | None = None,
    the_scheme: Scheme | None = None,
    the_person: Person | None = None,
) -> list[str]:
    """Give all that keeps a pledge from being handed in."""
    return rules.obstacles(
        the_pledge or pledge(),
        the_version or version(),
        the_scheme or scheme(),
        person=the_person or person(),
        today=TODAY,
    )
