"""What must be right before a seat decrypts a sum, and when it looks at an archive again.

Every demand is the seat's own: it believes neither ballot's request nor a hash that it is handed, only what it worked
out from the archive and what the roll told it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.ballot.protocol.election import Election
from services.ballot.protocol.text import compact, hex_hash
from services.ballot.trustee.decryption.domain import Holding, State, Watch
from shared.voting import grading
from shared.voting.credential import election_uuid

OPEN = timedelta(seconds=2)
"""Between two looks at a ballot that is open."""
ASKED = timedelta(seconds=0.5)
"""Between two looks at a ballot whose sum is asked for."""
CLAIM = timedelta(seconds=60)
"""A look that was never noted may be taken again after this."""


@dataclass(frozen=True)
class Sealed:
    """An archive that a seat has verified up to its sealed tally."""

    election: Election
    trustees: str
    credentials: Sequence[str]
    num_tallied: int
    head: str


def label(name: str, note: str) -> str:
    """Give a candidate's name as it stands in the election."""
    return f"{name}（{note}）" if note else name


def credentials_hash(credentials: Sequence[str]) -> str:
    """Give a hash of a list of credentials that does not depend on its order."""
    return hex_hash(compact(sorted(credentials)))


def next_look(watch: Watch, now: datetime, *, more: bool) -> datetime | None:
    """Say when the archive is looked at next; never where nothing is left to find out."""
    if watch.state is not State.WATCHING or watch.annulled or not watch.electronic:
        return None
    if not watch.opened and not watch.requested:
        return None
    if more:
        return now
    return now + (ASKED if watch.requested else OPEN)


def is_ready(watch: Watch, holding: Holding | None) -> bool:
    """Say whether the seat has heard all that it needs to judge; otherwise it waits for the other messages."""
    return bool(watch.requested and watch.electronic and holding)


def obstacles(watch: Watch, holding: Holding, sealed: Sealed, fewest: int) -> list[str]:
    """Give every reason not to decrypt this sum, as codes; none means that it may be decrypted.

    `fewest` is the seat's own bound on the number of ballots: what is told of the scheme's carries no seal.
    """
    election = sealed.election
    reasons = {
        "annulled": watch.annulled,
        "other_election": not election.uuid == watch.uuid == election_uuid(watch.ballot_id),
        "other_head": sealed.head != watch.head,
        "other_trustees": sealed.trustees != holding.trustees,
        "other_credentials": credentials_hash(sealed.credentials) != watch.credentials_hash,
        "other_question": not _is_question(watch, election),
        "too_few_ballots": sealed.num_tallied < max(watch.secrecy_minimum or 0, fewest),
    }
    return [code for code, true in reasons.items() if true]


def _is_question(watch: Watch, election: Election) -> bool:
    """Say whether the election asks only to choose among the names called, as many as allowed, or to abstain."""
    if watch.questions is not None:
        return _is_grading(watch.questions, election)
    if len(election.questions) != 1:
        return False
    question = election.questions[0]
    return (
        list(question.answers) == watch.names
        and question.blank
        and question.maximum == watch.choices
        and question.minimum in (1, watch.choices)
    )


def _is_grading(called: Sequence[Sequence[str]], election: Election) -> bool:
    """Say whether the election asks for one grade on each line called, or none, and names nobody."""
    asked = [(one.question, list(one.answers), one.minimum, one.maximum, one.blank) for one in election.questions]
    return asked == [(grading.label(place), list(grades), 1, 1, True) for place, grades in enumerate(called, 1)]
