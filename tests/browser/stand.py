"""A stand for the booth: real pages and scripts, a box that checks ballots by the protocol, lines that fail at will."""

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from services.ballot.grading import rules
from services.ballot.grading.domain import Asked
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from services.ballot.protocol.election import Election, Question
from services.ballot.protocol.text import Malformed
from shared.voting import credential
from shared.voting.group import BELENIOS_2048 as GROUP

ROOT = Path(__file__).parents[2]
BALLOT = ROOT / "services" / "ballot"
NAMES = ("丁一", "王小二", "冯三", "李四", "张五")
AWAY = "away"
"""the line fails before the box has the ballot"""
LOST = "lost"
"""the box has the ballot, but the answer is lost"""
OFTEN = "often"
"""the elector has sent too many ballots in a minute"""
PENDING = "pending"
"""an earlier ballot of the same elector is still being verified"""


def _asked(place: int, name: str, grades: tuple[str, ...]) -> Asked:
    return Asked(place, uuid4(), name, "", list(grades))


@dataclass
class Stand:
    """What the box and the register of electors would say; tests change it and read what was received."""

    base: str = ""
    ballot_id: UUID = field(default_factory=uuid4)
    key: int = field(default_factory=GROUP.random)
    names: tuple[str, ...] = NAMES
    minimum: int = 1
    maximum: int = 2
    state: str = "open"
    closes_at: str | None = "2013-04-01T18:00:00+08:00"
    code: str | None = field(default_factory=credential.new_code)
    """the private code of whoever is signed in; None when nobody is"""
    elector: bool = True
    roll: str = "a1b2"
    """mark of the credentials in the box; of those that were called it is always this"""
    grades: tuple[str, ...] = ()
    """of a grading: what each of the names may be given"""
    faults: list[str] = field(default_factory=list)
    """what happens to the next ballots posted"""
    looks: int = 1
    """how often the box is asked before it has verified"""
    verdict: str = "accepted"
    posts: list[str] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)
    """the headers of everything that was asked of the box"""
    box: dict[str, int] = field(default_factory=dict)
    """tracking number → how often it may still be asked for before it is verified"""

    @property
    def path(self) -> str:
        return f"/ballot/box/{self.ballot_id}"

    @property
    def election(self) -> Election:
        asked = [Question(self.names, self.minimum, self.maximum, "请选择", True)]
        if self.grades:
            asked = rules.questions([_asked(place, name, self.grades) for place, name in enumerate(self.names, 1)])
        public = GROUP.power(GROUP.g, self.key)
        return elections.make(credential.election_uuid(self.ballot_id), "闪光言行之星", "名额二名", public, asked)

    def facts(self) -> dict[str, Any]:
        people = [{"person_id": f"p{at}", "name": name, "note": ""} for at, name in enumerate(self.names)]
        kind, register = "election", f"/evaluation/api/ballots/{self.ballot_id}/credential"
        if self.grades:
            people, kind, register = [], "grading", f"/pledge/api/gradings/{self.ballot_id}/credential"
        return {
            "kind": kind,
            "register": register,
            "state": self.state,
            "title": "2013年第一季度闪光言行之星评选",
            "organization": "机械学院学生第一党支部",
            "candidates": people,
            "choices": self.maximum,
            "exactly": self.minimum == self.maximum,
            "election": self.election.text if self.state != "called" else None,
            "uuid": self.election.uuid,
            "roll": self.roll,
            "closes_at": self.closes_at,
            "secure": True,
        }

    def about(self) -> list[dict[str, str]]:
        deed = "结对帮扶两名学业困难学生，两人均通过补考；春节期间留校值守，为三十余名留校同学组织集体年夜饭。"
        return [
            {"person_id": f"p{at}", "deed": deed if at % 2 == 0 else "", "pledge": "多走一步，多帮一把。" if at else ""}
            for at in range(len(self.names) - 1)
        ] + [{"person_id": f"p{len(self.names) - 1}", "deed": "", "pledge": ""}]

    def lines(self) -> list[dict[str, Any]]:
        """Say whom each question of a grading means."""
        promise = "每月到寝室与学生面对面交流不少于两次；办好两期学业辅导班，帮助学业困难的同学通过补考。"
        return [
            {"place": place, "name": name, "text": promise, "result": "完成2项，共3项", "choices": list(self.grades)}
            for place, name in enumerate(self.names, 1)
        ]

    def receive(self, text: str) -> tuple[dict[str, str], int]:
        """Check a ballot wholly and answer as the box does."""
        fault = self.faults.pop(0) if self.faults else ""
        if fault == PENDING:
            return {"code": "ballot_pending", "message": "前一张选票还在核验。"}, 409
        if fault == OFTEN:
            return {"code": "too_often", "message": "投票过于频繁，请一分钟后再试。"}, 429
        if fault == AWAY:
            return {"code": "unavailable", "message": "系统正在恢复。"}, 503
        try:
            ballot = ballots.read(self.election, text)
            ballots.check_signature(self.election, ballot)
            ballots.check_proofs(self.election, ballot)
        except Malformed as trouble:
            return {"code": trouble.code, "message": ""}, 422
        self.posts.append(text)
        self.box.setdefault(ballot.tracker, self.looks)
        if fault == LOST:
            return {"code": "unavailable", "message": "系统正在恢复。"}, 503
        return {"tracker": ballot.tracker, "state": "waiting"}, 202

    def fate(self, tracker: str) -> dict[str, str]:
        if tracker not in self.box:
            return {"state": "unknown"}
        if self.box[tracker] > 0:
            self.box[tracker] -= 1
            return {"state": "waiting"}
        return {"state": self.verdict, "code": "overall_proof" if self.verdict == "refused" else ""}

    def opened(self, text: str) -> list[int]:
        """Decrypt the weights of a ballot, the blank first."""
        return self.opened_all(text)[0]

    def opened_all(self, text: str) -> list[list[int]]:
        """Decrypt the weights of every question of a ballot."""
        return [
            [
                (1, GROUP.g).index(GROUP.multiply(each.beta, GROUP.invert(GROUP.power(each.alpha, self.key))))
                for each in answer.choices
            ]
            for answer in ballots.read(self.election, text).answers
        ]

    def again(self, **changes: Any) -> None:
        """Begin anew: another ballot, nothing received."""
        fresh = dataclasses.replace(Stand(), base=self.base, **changes)
        self.__dict__.update(fresh.__dict__)
