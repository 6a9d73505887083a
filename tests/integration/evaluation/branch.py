"""A branch at work, as tests of evaluation drive it: announce, open, mark, present, comment, through the JSON API."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shared import clock, period
from tests.services import Service
from tests.university import TENANT, uid

BRANCH = "zjy/jin/jg"
SECRETARY = "T001"
MEMBERS = ["T001", "T002", "T003", "T004", "T005", "T006", "T007", "T008"]
EXEMPT = "T041"
ABOVE = "T042"
"""the clerk of the general branch"""


def deed(**changes: Any) -> dict[str, Any]:
    """Give the request for an entry of this quarter."""
    return {
        "aspects": ["带头服务群众"],
        "type": "做过的事",
        "text": "利用周末为学生义务辅导功课。",
        "declared": True,
        **changes,
    }


@dataclass
class Branch:
    """One branch of one service, its people's clients, its meeting."""

    service: Service
    path: str = BRANCH
    secretary: str = SECRETARY
    members: list[str] = field(default_factory=lambda: list(MEMBERS))
    quarter: str = field(default_factory=lambda: period.of(clock.today()))
    meeting_id: str = ""

    def post(self, who: str, url: str, body: Any = None, *, status: int | None = None, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.service.client(uid(who)).post(f"/evaluation/api/{url}", json=body or {}, headers=headers)
        if status is not None:
            assert answer.status_code == status, answer.get_data(as_text=True)
        return answer

    def get(self, who: str, url: str) -> Any:
        return self.service.client(uid(who)).get(f"/evaluation/api/{url}")

    def act(self, what: str, body: Any = None, *, who: str = "", status: int | None = None) -> Any:
        return self.post(who or self.secretary, f"meetings/{self.meeting_id}/{what}", body, status=status)

    def announcement(self, **changes: Any) -> dict[str, Any]:
        starts_at: datetime = clock.now() + timedelta(days=5)
        return {
            "organization_id": str(uid(self.path)),
            "period": self.quarter,
            "starts_at": starts_at.isoformat(),
            "place": "行政楼三楼会议室",
            **changes,
        }

    def announce(self, **changes: Any) -> str:
        answer = self.post(self.secretary, "meetings", self.announcement(**changes), status=201)
        self.meeting_id = answer.json["id"]
        return self.meeting_id

    def enter(self, who: str, **changes: Any) -> str:
        answer = self.post(who, "deeds", deed(period=self.quarter, **changes), status=201)
        found: str = answer.json["id"]
        return found

    def open(self) -> None:
        self.act("open", status=200)

    def mark(self, who: str, presence: str = "present", **changes: Any) -> Any:
        return self.act("attendance", {"marks": [{"person_id": str(uid(who)), "presence": presence, **changes}]})

    def mark_all(self) -> None:
        marks = [{"person_id": str(uid(who)), "presence": "present"} for who in self.members]
        self.act("attendance", {"marks": marks}, status=204)

    def present(self, who: str, manner: str = "spoken", **changes: Any) -> Any:
        return self.act("presentations", {"person_id": str(uid(who)), "manner": manner, **changes})

    def comment(self, who: str, text: str = "工作扎实，服务热情。", **changes: Any) -> Any:
        return self.act("comments", {"person_id": str(uid(who)), "text": text, **changes})

    def hold(self) -> None:
        """Take a meeting from nothing to the point at which the branch can vote."""
        for who in self.members:
            self.enter(who)
        self.announce()
        self.open()
        self.mark_all()
        for who in self.members:
            assert self.present(who).status_code == 201
            assert self.comment(who).status_code == 201

    def resolve_not_to_elect(self) -> None:
        """Enter that the branch resolved to elect nobody, so that the meeting can end."""
        with self.service.connect() as conn:
            conn.execute(
                """
                INSERT INTO no_election
                    (tenant_id, meeting_id, organization_id, period, reason, resolved_by, resolved_at)
                VALUES (%s, %s, %s, %s, '本季度无人符合条件', %s, now())
                """,
                [TENANT, self.meeting_id, uid(self.path), self.quarter, uid(self.secretary)],
            )

    def show(self, who: str = "") -> Any:
        answer = self.get(who or self.secretary, f"meetings/{self.meeting_id}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.json

    def row(self, who: str) -> Any:
        return next(row for row in self.show()["attendees"] if row["person_id"] == str(uid(who)))
