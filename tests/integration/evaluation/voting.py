"""A branch that votes, as tests drive it: decide, call, count, and what notify tells afterwards."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from shared.events import Message
from shared.events.ballot import BallotAnnulled, BallotClosed, BallotCounted, BallotOpened
from shared.events.notify import AwardPublished, FilingAcknowledged, FilingSubmitted, NoticePosted
from tests.integration.evaluation.branch import BRANCH, Branch
from tests.university import uid

TELLERS = ["T007", "T008"]
FILING = uuid.uuid5(uuid.NAMESPACE_URL, "tests/filing")
NOTICE = uuid.uuid5(uuid.NAMESPACE_URL, "tests/notice")
COUNT = {"issued": 8, "returned": 8, "valid": 8, "invalid": 0, "abstained": 0}


class Voting(Branch):
    """A branch at the point of its vote; two members declare that they do not stand and count."""

    ballot_id: str = ""

    def call(self, **changes: Any) -> Any:
        tellers = [str(uid(number)) for number in TELLERS]
        answer = self.act("ballot", {"tellers": tellers, "channel": "paper", "declined": tellers, **changes})
        if answer.status_code == 201:
            self.ballot_id = answer.json["ballot_id"]
        return answer

    def called(self) -> "Voting":
        self.hold()
        assert self.call().status_code == 201
        return self

    def opened(self) -> Message:
        facts = {"ballot_id": UUID(self.ballot_id), "organization_id": uid(BRANCH)}
        return self.service.hear(BallotOpened, **facts, present=8)

    def closed(self) -> Message:
        facts = {"ballot_id": UUID(self.ballot_id), "organization_id": uid(BRANCH)}
        return self.service.hear(BallotClosed, **facts, issued=8, returned=8)

    def counted(self, votes: dict[str, int], *, ballot_id: str = "", **changes: Any) -> Message:
        totals = [{"person_id": uid(number), "votes": count} for number, count in votes.items()]
        facts = {"ballot_id": UUID(ballot_id or self.ballot_id), "organization_id": uid(BRANCH)}
        return self.service.hear(BallotCounted, **facts, **{**COUNT, **changes}, totals=totals)

    def annulled(self, reason: str = "decision") -> Message:
        facts = {"ballot_id": UUID(self.ballot_id), "organization_id": uid(BRANCH)}
        return self.service.hear(BallotAnnulled, **facts, reason=reason, statement="收回选票多于发出选票")

    def awards(self, who: str = "T001") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(who, f"awards?period={self.quarter}").json
        return found

    def filed(self, award_ids: list[UUID], *, revision: int = 1, lines: Sequence[dict[str, Any]] = ()) -> None:
        facts: dict[str, Any] = {
            "filing_id": FILING,
            "organization_id": uid("zjy/jin"),
            "period": self.quarter,
            "revision": revision,
        }
        self.service.hear(FilingSubmitted, **facts, award_ids=award_ids, lines=list(lines))

    def acknowledged(self, award_ids: list[UUID], by_id: UUID | None = None) -> None:
        facts: dict[str, Any] = {"filing_id": FILING, "organization_id": uid("zjy/jin"), "period": self.quarter}
        facts["revision"] = 1
        number, day = "示例组备〔2013〕1号", date(2013, 4, 8)
        facts |= {"number": number, "acknowledged_on": day, "by_id": by_id}
        self.service.hear(FilingAcknowledged, **facts, award_ids=award_ids)

    def posted(self, award_ids: list[UUID]) -> None:
        days: dict[str, Any] = {"starts_on": date(2013, 4, 8), "ends_on": date(2013, 4, 12)}
        facts: dict[str, Any] = {"notice_id": NOTICE, "organization_id": uid("zjy/jin"), "period": self.quarter}
        self.service.hear(NoticePosted, **facts, **days, award_ids=award_ids)

    def published(self, award_id: UUID, person: str) -> None:
        facts = {"ballot_id": UUID(self.ballot_id), "organization_id": uid(BRANCH), "person_id": uid(person)}
        day = date(2013, 4, 13)
        self.service.hear(AwardPublished, award_id=award_id, **facts, period=self.quarter, published_on=day)
