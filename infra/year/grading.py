"""Members grade one another by secret electronic ballot, where the scheme asks for that: from the call to the count."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from infra.quarter.booth import Booth, compare_rolls
from infra.quarter.client import Actor
from infra.quarter.stage import Stuck
from infra.year.cast import Cast, Member
from services.ballot.protocol import ballot as ballots
from services.ballot.protocol import election as elections
from shared.voting import credential

GRADINGS, BALLOTS = "/pledge/api/gradings", "/ballot/api/ballots"


@dataclass
class Said:
    """What members said in the end: by name of the line and by grade."""

    forms: int = 0
    lines: dict[str, Counter[str]] = field(default_factory=dict)


def play(cast: Cast, by: Actor, assessment_id: str) -> Said:
    """Call, open, let everybody who has an account grade, close, count. Raises `Stuck`."""
    teller = _tellers(cast)[0].actor
    with cast.stage.diary.step("发起党员互评无记名电子测评", f"/pledge/gradings/{assessment_id}") as said:
        tellers = [member.person_id for member in _tellers(cast)]
        called = by.post(GRADINGS, {"assessment_id": assessment_id, "tellers": tellers})
        ballot_id = str(called["ballot_id"])
        _await_key(cast, ballot_id)
        said["note"] = f"应参加{called['entitled']}人"
    with cast.stage.diary.step("党员在自己的手机上逐项评议，加密交表", f"/ballot/ballots/{ballot_id}") as said:
        teller.post(f"{BALLOTS}/{ballot_id}/open", {"present": called["entitled"], "issued": 0})
        found = _vote(cast, ballot_id)
        said["note"] = f"{found.forms}人交表"
    board = f"/ballot/boards/{ballot_id}"
    with cast.stage.diary.step("结束测评，计票密钥持有者共同解密合计", board) as said:
        teller.post(f"{BALLOTS}/{ballot_id}/close", {})
        counted = cast.stage.wait("解密计票", lambda: _counted(by, ballot_id))
        if counted["returned"] != found.forms:
            raise Stuck(f"交了{found.forms}份测评表，收回{counted['returned']}份")
        cast.stage.diary.document(board)
        cast.stage.diary.document(f"{board}/{credential.election_uuid(UUID(ballot_id))}.bel")
        said["note"] = f"收回{counted['returned']}份"
    return found


def check(cast: Cast, by: Actor, rows: list[dict[str, Any]], said: Said) -> None:
    """Hold what the appraisals show against what members said; a person with several pledges has several lines.

    Raises `Stuck`.
    """
    shown: dict[str, Counter[str]] = {}
    for row in rows:
        if row["person_id"] is not None:
            judge = cast.deputy if row["person_id"] == by.id else by
            counts = judge.get(f"/pledge/api/appraisals/{row['id']}")["counts"]
            peer = next(each for each in counts if each["source"] == "peer")
            shown.setdefault(row["name"], Counter()).update(peer["said"])
    if any(shown[name] != said.lines.get(name, Counter()) for name in shown):
        raise Stuck("测评的合计与所交的表不符")


def _tellers(cast: Cast) -> list[Member]:
    """Two members without an office; whose pledge is not graded first."""
    return sorted(cast.ordinary(), key=lambda member: member.person_id in cast.pledges)[:2]


def _await_key(cast: Cast, ballot_id: str) -> None:
    teller = _tellers(cast)[0].actor

    def heard() -> bool:
        listed = teller.get(BALLOTS, organization_id=cast.branch_id)
        return any(each["id"] == ballot_id for each in listed)

    cast.stage.wait("收到测评的通知", heard)
    cast.stage.wait("生成计票密钥", lambda: teller.get(f"{BALLOTS}/{ballot_id}")["progress"]["key_ready"])


def _counted(by: Actor, ballot_id: str) -> Any:
    found = by.get(f"{GRADINGS}/{ballot_id}")
    return found if found["state"] == "counted" else None


def _vote(cast: Cast, ballot_id: str) -> Said:
    """Everybody at once; the first thinks better of it, the last says nothing of anybody."""
    members = [member for member in cast.members if not member.on_paper]

    def one(given: tuple[int, Member]) -> list[tuple[str, str]]:
        place, member = given
        device, lines = _enter(member, ballot_id)
        if place == 0:
            _hand_in(device, [None] * len(lines))
        choices = [None if place == len(members) - 1 else (place + at) % 3 // 2 for at in range(len(lines))]
        _hand_in(device, choices)
        return [
            (line["name"], line["choices"][choice])
            for line, choice in zip(lines, choices, strict=True)
            if choice is not None
        ]

    said = Said(len(members))
    for given in cast.at_once(one, enumerate(members)):
        for name, grade in given:
            said.lines.setdefault(name, Counter())[grade] += 1
    return said


def _enter(member: Member, ballot_id: str) -> tuple[Booth, list[dict[str, Any]]]:
    ticket = member.actor.get(f"{GRADINGS}/{ballot_id}/credential")
    line = Actor(member.actor.base)
    box = line.get(f"/ballot/api/box/{ballot_id}")
    election = elections.parse(str(box["election"]))
    compare_rolls(ticket, box)
    if election.uuid != credential.election_uuid(UUID(ballot_id)):
        raise Stuck("票箱给出的不是这次测评")
    return Booth(line, ballot_id, str(ticket["credential"]), election, []), ticket["questions"]


def _hand_in(device: Booth, choices: list[int | None]) -> None:
    rows = [
        [int(choice is None), *(int(choice == at) for at in range(len(question.answers)))]
        for question, choice in zip(device.election.questions, choices, strict=True)
    ]
    device.await_box(device.hand_in(ballots.make(device.election, device.code, rows)))
