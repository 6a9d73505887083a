"""A notify service with awards on their way, and the people who move them on."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared import clock
from shared.events.evaluation import AwardVerified
from tests.client import Client
from tests.services import Service
from tests.university import University, uid

DEPARTMENT = "陈部长"
FILER = "冯文员"
HANDLER = "郑总"
API = "/notify/api"
MONDAY = datetime.combine(date(2013, 4, 8), time(1), clock.SHANGHAI) + timedelta(hours=9)


@dataclass
class Desk:
    """The service, its university and the moment that its clock shows."""

    service: Service
    university: University
    monkeypatch: pytest.MonkeyPatch

    def at(self, moment: datetime) -> None:
        """Set the clock."""
        self.monkeypatch.setattr(clock, "now", lambda: moment)

    def run_deadlines(self, moment: datetime) -> int:
        """Set the clock and do what is due."""
        self.at(moment)
        return self.service.due(moment)

    def verify(self, who: str = "毛建国", /, **changes: Any) -> UUID:
        """Hear that an award was verified; give its id."""
        award_id: UUID = self.service.hear(AwardVerified, **self.facts(who, **changes)).data["award_id"]
        return award_id

    def facts(self, who: str = "毛建国", /, **changes: Any) -> dict[str, Any]:
        """Give the facts of `award.verified` for a member of 金融学院教工党支部."""
        return {
            "award_id": uuid4(),
            "ballot_id": uuid4(),
            "meeting_id": uuid4(),
            "organization_id": uid("zjy/jin/jg"),
            "filing_organization_id": uid("zjy/jin"),
            "person_id": self.university.people[who],
            "name": who,
            "stroke_key": f"{list(self.university.people).index(who):04}",
            "identity": "教师",
            "ordinary": True,
            "deed": "连续三个周末为学生补课。",
            "period": "2013Q1",
            "star_title": "闪光言行之星",
            "scheme_id": self.university.scheme_id,
            "scheme_version": 1,
            **changes,
        }

    def client(self, name: str = "") -> Client:
        """Give a browser, signed in as somebody or not at all."""
        return self.service.client(self.university.people[name] if name else None)

    def get(self, path: str, by: str = "", /, *, status: int = 200) -> Any:
        """Read through the API."""
        answer = self.client(by).get(API + path)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.json

    def post(self, path: str, by: str = "", /, *, status: int = 200, **body: Any) -> Any:
        """Write through the API."""
        answer = self.client(by).post(API + path, json=body)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.json

    def filing(self, *, period: str = "2013Q1") -> Any:
        """Give the newest filing as the department reads it."""
        listed = self.get(f"/filings?period={period}", DEPARTMENT)
        return self.get(f"/filings/{listed[-1]['id']}", DEPARTMENT)

    def acknowledge(self, number: str = "组备〔2013〕1号") -> Any:
        """Acknowledge the newest filing."""
        filing = self.filing()
        path = f"/filings/{filing['id']}/acknowledge"
        return self.post(path, DEPARTMENT, number=number, revision=filing["revision"])

    def posted(self, *names: str) -> tuple[str, list[UUID]]:
        """Verify awards and bring them under a notice; give its id and theirs."""
        award_ids = [self.verify(name) for name in names or ("毛建国",)]
        return self.acknowledge()["notice_id"], award_ids

    def object(self, notice_id: str, award_id: UUID, *, status: int = 201, **said: Any) -> Any:
        """Object from outside."""
        body = {"award_id": str(award_id), "text": "事迹与事实不符。", **said}
        return self.post(f"/notices/{notice_id}/objections", status=status, **body)

    def states(self) -> dict[str, str]:
        """Give the state of every award by name."""
        with self.service.connect() as conn:
            return dict(conn.execute("SELECT name, state FROM award").fetchall())

    def told(self, name: str) -> list[dict[str, Any]]:
        """Give the data of what was told under a name, inside."""
        return [row["data"] for row in self.service.told(name) if row["exchange"] == "shanguang.events"]
