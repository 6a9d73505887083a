"""Builders for meetings, attendees and schemes, with defaults that make sense."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from services.evaluation.meeting.domain import Attendee, Capacity, Meeting, MeetingState, Presence
from services.evaluation.register.domain import Deed, DeedState
from shared import scheme
from shared.directory.domain import Identity, Kind, Organization, Person, Standing
from shared.scheme import Scheme

TENANT = UUID(int=1)
BRANCH = UUID(int=2)
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def make_scheme(**settings: Any) -> Scheme:
    """Make a scheme; settings by key with a double underscore for the dot."""
    return scheme.of(
        UUID(int=9), 1, "方案", "示例党〔2013〕1号", {k.replace("__", "."): v for k, v in settings.items()}
    )


def organization(kind: Kind = Kind.BRANCH) -> Organization:
    return Organization(TENANT, BRANCH, 1, None, kind, "教工党支部", "jg", "a/jg/", None, "", "", active=True)


def meeting(**changes: Any) -> Meeting:
    given: dict[str, Any] = {
        "tenant_id": TENANT,
        "id": UUID(int=3),
        "organization_id": BRANCH,
        "superior_id": None,
        "period": "2026Q4",
        "title": "专题组织生活会",
        "starts_at": datetime(2026, 12, 1, 6, 0, tzinfo=UTC),
        "place": "会议室",
        "agenda": "",
        "state": MeetingState.ANNOUNCED,
        "announced_by": UUID(int=4),
        "announced_at": NOW,
        "late_reason": "",
        "scheme_id": UUID(int=9),
        "scheme_version": 1,
    }
    return Meeting(**{**given, **changes})


def attendee(**changes: Any) -> Attendee:
    given: dict[str, Any] = {
        "tenant_id": TENANT,
        "meeting_id": UUID(int=3),
        "person_id": uuid4(),
        "capacity": Capacity.MEMBER,
        "name": "尤文静",
        "number": "T003",
        "stroke_key": "",
        "standing": Standing.FORMAL,
        "identity": Identity.STAFF,
        "leader": False,
        "exempt": False,
        "counted": True,
        "floating": False,
        "presence": Presence.NOT_MARKED,
    }
    return Attendee(**{**given, **changes})


def person(**changes: Any) -> Person:
    given: dict[str, Any] = {
        "tenant_id": TENANT,
        "id": UUID(int=5),
        "version": 1,
        "organization_id": BRANCH,
        "number": "T003",
        "name": "尤文静",
        "stroke_key": "",
        "standing": Standing.FORMAL,
        "identity": Identity.STAFF,
        "leader": False,
        "division_rank": False,
        "floating": False,
        "last_contact_on": None,
        "exempt": False,
        "counted": True,
        "email": "",
        "active": True,
        "session_epoch": 1,
    }
    return Person(**{**given, **changes})


def deed(**changes: Any) -> Deed:
    given: dict[str, Any] = {
        "tenant_id": TENANT,
        "id": UUID(int=6),
        "person_id": UUID(int=5),
        "organization_id": BRANCH,
        "period": "2026Q4",
        "aspects": ["带头服务群众"],
        "type": "做过的事",
        "field": None,
        "text": "义务辅导",
        "happened_on": None,
        "place": "",
        "witness": "",
        "pledge_id": None,
        "declared": True,
        "state": DeedState.ENTERED,
        "addition_of": None,
        "addition_reason": "",
        "entered_by": UUID(int=5),
        "entered_at": NOW,
        "entry_reason": "",
    }
    return Deed(**{**given, **changes})
