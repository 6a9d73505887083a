"""What other services tell of a branch's matters, as notify hears it."""

from datetime import date
from typing import Any

from tests.integration.notify.desk import MONDAY
from tests.university import SCHEME, uid

BRANCH, ABOVE = uid("zjy/jin/jg"), uid("zjy/jin")
FILING: dict[str, Any] = {
    "filing_id": uid("filing"),
    "organization_id": ABOVE,
    "period": "2013Q1",
    "revision": 1,
    "award_ids": [],
}
AWARD = {"award_id": uid("award"), "organization_id": BRANCH, "period": "2013Q1"}
BALLOT = {"ballot_id": uid("ballot"), "organization_id": BRANCH}
MEETING = {"meeting_id": uid("meeting"), "organization_id": BRANCH}
PLAN = {"title": "会议", "period": "2013Q1", "starts_at": MONDAY, "place": "301室", "agenda": ""}
CALL = {
    **{"follows_id": None, "reason": "first", "meeting_id": uid("meeting"), "title": "评选", "period": "2013Q1"},
    **{"channel": "paper", "candidates": [], "places": 1, "calculation": "", "entitled": 7, "present": 7},
    **{"tellers": [uid("T006"), uid("T007")], "scheme_id": SCHEME, "scheme_version": 1},
}
HEARING = {"finding_id": uid("finding"), "organization_id": BRANCH, "reply_until_on": date(2013, 4, 11)}
FOUND = {"finding_id": uid("finding"), "organization_id": BRANCH, "person_id": uid("T005")}
PLEDGE = {"pledge_id": uid("pledge"), "item_id": uid("item"), "due_on": date(2013, 4, 11)}
PLEDGER = {"pledge_id": uid("pledge"), "organization_id": BRANCH, "person_id": uid("T003")}
