"""Builders: a grading in the small university, its electors' forms, and the key whose shares the test holds."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from services.ballot.archive.chain import credentials as listed
from services.ballot.protocol import ballot as protocol
from services.ballot.protocol.text import load
from shared.events.pledge import GradingCalled
from shared.voting import credential
from tests.integration.ballot.boxes import KEY, PERIOD, Voted
from tests.integration.ballot.calls import BRANCH, FIRST, SECOND
from tests.services import Service
from tests.trustees import keep_key
from tests.university import SCHEME, TENANT, uid

GRADES = ["好", "较好", "一般", "差"]
NAMES = ("尤文静", "毛建国")


class Graded(Voted):
    """A grading and who acts on it."""

    def begin(self, present: int = 4, issued: int = 0, **more: Any) -> "Graded":
        """Open it."""
        super().begin(present, issued, **more)
        return self

    def make(self, elector: int, *chosen: int) -> str:
        """Encrypt a form that gives these grades line by line, counted from 1; 0 gives none."""
        rows = [[int(grade == at) for at in range(len(GRADES) + 1)] for grade in chosen]
        return protocol.make(self.facts().election, self.codes[elector], rows)


def facts(electors: int = 4, **changes: Any) -> tuple[dict[str, Any], list[str]]:
    """Give the facts of `grading.called`, and the electors' private codes."""
    ballot_id: UUID = changes.pop("ballot_id", uuid4())
    codes = [credential.new_code() for _ in range(electors)]
    uuid = credential.election_uuid(ballot_id)
    told = {
        "ballot_id": ballot_id,
        "assessment_id": uid("assessment"),
        "organization_id": uid(BRANCH),
        "title": "金融学院教工党支部2013年度承诺党员互评",
        "period": PERIOD,
        "questions": [
            {"subject_id": uid(f"subject {name}"), "name": name, "promise": "每周答疑一次", "grades": GRADES}
            for name in NAMES
        ],
        "entitled": electors,
        "credentials": load(listed([credential.public(code, uuid) for code in codes])),
        "secrecy_minimum": 3,
        "tellers": [FIRST, SECOND],
        "closes_at": None,
        "scheme_id": SCHEME,
        "scheme_version": 1,
    }
    return {**told, **changes}, codes


def grading(service: Service, electors: int = 4, **changes: Any) -> Graded:
    """Let the service hear of a grading whose key stands already."""
    told, codes = facts(electors, **changes)
    service.hear(GradingCalled, **told)
    with service.connect() as conn:
        conn.execute("DELETE FROM ceremony WHERE state <> 'made'")
        if conn.execute("SELECT count(*) FROM ceremony").fetchone() == (0,):
            keep_key(conn, TENANT, PERIOD, replace(KEY, ceremony_id=uuid4()))
    return Graded(service, told["ballot_id"], codes, KEY)
