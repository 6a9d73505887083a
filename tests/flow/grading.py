"""Pledge and ballot with the three seats of the key: members grade one another's pledges in secret, step by step."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.ballot.protocol import ballot as protocol
from services.ballot.protocol import election as elections
from tests.flow.electronic import VotingWorld
from tests.integration.pledge import appraising
from tests.university import University, uid

SECRETARY = uid("T001")
PLEDGERS = ("尤文静", "毛建国")
TELLERS = [uid("T006"), uid("T007")]
ELECTORS = ("T001", "T002", "T003", "T004", "T005", "T006", "T007", "T008", "T041")


@dataclass
class Grading:
    """An occasion whose members' form is a secret electronic ballot."""

    world: VotingWorld
    assessment_id: str = ""
    ballot_id: str = ""
    chosen: dict[str, dict[int, str]] = field(default_factory=dict)
    """by elector: the grade at each place, where one was given"""
    trackers: list[str] = field(default_factory=list)

    @property
    def pledge(self) -> Any:
        return self.world.services["pledge"]

    @property
    def ballot(self) -> Any:
        return self.world.services["ballot"]

    def open(self, university: University) -> "Grading":
        """Bring pledges onto the wall and open the occasion."""
        for name in PLEDGERS:
            pledge_id = appraising.with_pledge(self.pledge, university, name)
            appraising.finish(self.pledge, university.people[name], pledge_id)
        self.assessment_id = appraising.open_(self.pledge, SECRETARY)
        return self

    def call(self) -> "Grading":
        """Call the grading; wait until the key of its period stands."""
        body = {"assessment_id": self.assessment_id, "tellers": [str(one) for one in TELLERS]}
        answer = self.pledge.client(SECRETARY).post("/pledge/api/gradings", json=body)
        assert answer.status_code == 201, answer.json
        self.ballot_id = answer.json["ballot_id"]
        self.settle()
        return self

    def begin(self) -> "Grading":
        """Let a teller open the box."""
        body = {"present": len(ELECTORS), "issued": 0}
        answer = self.ballot.client(TELLERS[0]).post(f"/ballot/api/ballots/{self.ballot_id}/open", json=body)
        assert answer.status_code == 200, answer.json
        self.settle()
        return self

    def ticket(self, who: UUID | None) -> Any:
        """Ask for somebody's credential."""
        return self.pledge.client(who).get(f"/pledge/api/gradings/{self.ballot_id}/credential")

    def box(self) -> Any:
        """Ask what everybody may know of the box."""
        return self.ballot.app.test_client().get(f"/ballot/api/box/{self.ballot_id}").json

    def vote(self, number: str, grades: dict[int, str]) -> str:
        """Let an elector grade by place; where nothing is said the line stays blank. Give the tracking number."""
        ticket = self.ticket(uid(number)).json
        election = elections.parse(self.box()["election"])
        rows = []
        for place, question in enumerate(election.questions, 1):
            ticks = [int(grade == grades.get(place)) for grade in question.answers]
            rows.append([int(not any(ticks)), *ticks])
        text = protocol.make(election, ticket["credential"], rows)
        client = self.ballot.app.test_client()
        answer = client.post(f"/ballot/api/box/{self.ballot_id}", data=text, content_type="application/json")
        assert answer.status_code == 202, answer.json
        self.chosen[number] = grades
        self.trackers.append(answer.json["tracker"])
        return text

    def close(self) -> "Grading":
        """Let a teller close the box, and the seats count."""
        answer = self.ballot.client(TELLERS[0]).post(f"/ballot/api/ballots/{self.ballot_id}/close", json={})
        assert answer.status_code == 200, answer.json
        self.settle()
        return self

    def settle(self) -> None:
        """Carry everything and let deadlines run, as often as a count needs it."""
        for _ in range(6):
            self.world.carry()
            self.world.due()

    def expected(self) -> dict[int, Counter[str]]:
        """Count what was chosen in the end."""
        found: dict[int, Counter[str]] = {place: Counter() for place in (1, 2)}
        for grades in self.chosen.values():
            for place, grade in grades.items():
                found[place][grade] += 1
        return found

    def archive(self, who: UUID | None) -> bytes:
        """Download the archive as somebody, or as nobody."""
        client = self.ballot.client(who) if who else self.ballot.app.test_client()
        return bytes(client.get(f"/ballot/boards/{self.ballot_id}/archive").data)

    def said(self) -> list[dict[str, int]]:
        """Give what the members' form says of each pledge, in the order of the form, as the secretary reads it."""
        client = self.pledge.client(SECRETARY)
        rows = client.get(f"/pledge/api/assessments/{self.assessment_id}").json["rows"]
        seen = [client.get(f"/pledge/api/appraisals/{row['id']}").json for row in rows]
        return [next(one for one in each["counts"] if one["source"] == "peer")["said"] for each in seen]
