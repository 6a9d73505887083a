"""Builders: a called ballot, its candidates, papers in a box and the tally that they give."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from services.ballot.ballot.domain import Ballot, Candidate, Channel, State
from services.ballot.paper.domain import Tally
from shared.scheme import Scheme
from shared.scheme import of as scheme_of

AT = datetime(2013, 4, 1, 6, 30, tzinfo=UTC)
SPACE = UUID(int=7)
FIRST, SECOND, STRANGER = (uuid5(SPACE, name) for name in ("first teller", "second teller", "stranger"))


def person(number: int) -> UUID:
    return uuid5(SPACE, f"candidate {number}")


def candidates(count: int = 3) -> list[Candidate]:
    return [Candidate(person(number), f"候选人{number}", "") for number in range(count)]


def scheme(**settings: Any) -> Scheme:
    return scheme_of(SPACE, 1, "方案", "示例党〔2013〕1号", {key.replace("__", "."): v for key, v in settings.items()})


def ballot(**changes: Any) -> Ballot:
    called = Ballot(
        tenant_id=SPACE,
        id=uuid5(SPACE, "ballot"),
        follows_id=None,
        call_reason="first",
        meeting_id=SPACE,
        organization_id=SPACE,
        title="2013年第一季度闪光言行之星评选",
        period="2013Q1",
        channel=Channel.PAPER,
        places=2,
        choices=2,
        calculation="13 × 15% = 1.95，四舍五入，取2名",
        entitled=13,
        expected=12,
        tellers=[FIRST, SECOND],
        scheme_id=SPACE,
        scheme_version=1,
        state=State.CALLED,
        called_at=AT,
    )
    return replace(called, **changes)


def closed(returned: int, **changes: Any) -> Ballot:
    given = {"entitled": max(returned, 1), "expected": 0, "present": max(returned, 1), "issued": max(returned, 1)}
    return ballot(**{**given, "returned": returned, "state": State.CLOSED, **changes})


def tally(papers: list[set[int]], invalid: int, count: int) -> Tally:
    """Count papers, each the set of the numbers of the candidates marked on it."""
    votes = Counter(number for paper in papers for number in paper)
    return Tally(
        valid=len(papers),
        invalid=invalid,
        abstained=sum(1 for paper in papers if not paper),
        votes={person(number): votes[number] for number in range(count)},
    )
