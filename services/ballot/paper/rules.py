"""The ceremony of the tellers: 清点人数、收回、计票、复核, each in its order, or the refusal."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from services.ballot.ballot import rules as ballots
from services.ballot.ballot.domain import Annulment, Ballot, Candidate, State
from services.ballot.grading import rules as gradings
from services.ballot.paper.arithmetic import count_faults, differences, issue_faults, shortfall
from services.ballot.paper.domain import Correction, Sheet, Tally
from shared.errors import Invalid, NotAllowed, RuleBroken
from shared.scheme import Scheme

LONGEST = timedelta(days=30)


class NotTeller(NotAllowed):
    """只有本次投票的监票人可以办理。"""


class BallotNotCalled(RuleBroken):
    """投票已经开始或者已经结束，不能再次清点人数、发票。"""


class BallotNotOpen(RuleBroken):
    """投票没有在进行，不能收回选票。"""


class NothingCorrected(RuleBroken):
    """实到会人数和发出选票数都没有变化，不需要更正。"""


class ReturnedExceedsIssued(RuleBroken):
    """收回选票多于发出选票，按规定本次投票无效。"""


class BallotNotClosed(RuleBroken):
    """现在不是计票的时候：须在选票收回之后、计票结果录入之前。"""


class NothingToConfirm(RuleBroken):
    """没有等待复核的计票结果。"""


class SecondTellerIsFirst(RuleBroken):
    """录入和复核须由两名监票人分别办理，不能是同一人。"""


class PapersDoNotAddUp(Invalid):
    """人数与选票数不符。"""


class ReturnedMissing(Invalid):
    """须填写收回的选票张数。"""


class DeadlineImpossible(Invalid):
    """投票截止时间不合要求。"""


class DifferenceUnexplained(Invalid):
    """选票数有出入，须说明原因后才能收回。"""


class CountDoesNotAddUp(Invalid):
    """计票结果前后不符，请核对后重新填写。"""


def require_teller(ballot: Ballot, person_id: UUID) -> None:
    """Refuse who is not one of the two tellers of the call. Raises `NotTeller`."""
    if person_id not in ballot.tellers:
        raise NotTeller


def open_(
    ballot: Ballot, scheme: Scheme, present: int, issued: int, *, closes_at: datetime | None = None, at: datetime
) -> Ballot:
    """Begin: those present are counted and papers handed out; an electronic ballot may close by itself.

    Raises `BallotNotCalled`, `PapersDoNotAddUp`, `DeadlineImpossible`.
    """
    if ballot.state is not State.CALLED:
        raise BallotNotCalled
    closes_at = closes_at or ballot.closes_at
    faults = gradings.opening_faults(ballot, present, issued) if ballot.is_grading else []
    if faults := faults or issue_faults(ballot, scheme.meeting.quorum, present, issued):
        raise PapersDoNotAddUp(details=faults)
    if faults := _deadline_faults(ballot, issued, closes_at, at):
        raise DeadlineImpossible(details=faults)
    return replace(ballot, state=State.OPEN, present=present, issued=issued, closes_at=closes_at, opened_at=at)


def _deadline_faults(ballot: Ballot, issued: int, closes_at: datetime | None, at: datetime) -> list[str]:
    """Papers are taken back by hand: only a box without any beside it may close by itself."""
    if closes_at is None:
        return []
    faults = {
        "纸质投票由监票人收回选票后结束，不设截止时间。": not ballot.electronic,
        "同时发出纸质选票的，由监票人收回选票后结束，不设截止时间。": bool(ballot.electronic) and issued > 0,
        "截止时间须晚于现在。": closes_at <= at,
        "截止时间须在三十天以内。": closes_at > at + LONGEST,
    }
    return [sentence for sentence, true in faults.items() if true]


def correct(
    ballot: Ballot, scheme: Scheme, present: int, issued: int, reason: str, *, number: int, by: UUID, at: datetime
) -> tuple[Ballot, Correction]:
    """Correct the numbers while the ballot is open, as when members come late; it stays on record with its reason.

    Who comes late to an electronic ballot votes on paper: from then on the tellers close it, not the clock.

    Raises `BallotNotOpen`, `NothingCorrected`, `PapersDoNotAddUp`.
    """
    if ballot.state is not State.OPEN or ballot.present is None or ballot.issued is None:
        raise BallotNotOpen("投票没有在进行，不能更正人数和票数。")
    if ballot.is_grading or (present, issued) == (ballot.present, ballot.issued):
        raise NothingCorrected
    if faults := issue_faults(ballot, scheme.meeting.quorum, present, issued):
        raise PapersDoNotAddUp(details=faults)
    made = Correction(
        ballot.tenant_id, ballot.id, number, ballot.present, ballot.issued, present, issued, reason, by, at
    )
    return replace(ballot, present=present, issued=issued, closes_at=None if issued else ballot.closes_at), made


def close(
    ballot: Ballot,
    returned: int | None,
    explanation: str,
    *,
    received: int = 0,
    absent_vote: bool = False,
    void: bool = False,
    at: datetime,
) -> Ballot:
    """Take the papers back; more than were issued make the ballot void, once the teller confirms it (requirements 2.3).

    `received` are the electors whose electronic ballot is in the box; `absent_vote` as in `differences`. Raises
    `BallotNotOpen`, `ReturnedMissing`, `ReturnedExceedsIssued` without that confirmation, `DifferenceUnexplained`
    (which also says where so few ballots will be void), but of a grading, in which nobody need take part: there the
    difference is only set down.
    """
    if ballot.state is not State.OPEN or ballot.present is None or ballot.issued is None:
        raise BallotNotOpen
    if returned is None and ballot.issued:
        raise ReturnedMissing
    returned = returned or 0
    state = State.CLOSING if ballot.electronic else State.CLOSED
    closed = replace(ballot, state=state, returned=returned, explanation=explanation, closed_at=at)
    if returned > ballot.issued and not void:
        raise ReturnedExceedsIssued(
            details=[
                f"发出选票{ballot.issued}张，收回{returned}张。请重新清点。",
                "清点无误的，须另行确认作废：本次投票随即作废，不能恢复，应当重新投票。",
            ]
        )
    if returned > ballot.issued:
        statement = f"收回选票{returned}张，多于发出的{ballot.issued}张，本次投票无效，应当重新投票。"
        return ballots.annul(closed, Annulment.RETURNED_EXCEEDS_ISSUED, statement, by=None, at=at)
    if explanation or ballot.is_grading:
        return closed
    if found := differences(ballot, returned, received, absent_vote=absent_vote):
        raise DifferenceUnexplained(details=found + shortfall(ballot, received))
    return closed


def enter(
    ballot: Ballot, candidates: Sequence[Candidate], tally: Tally, named: Sequence[UUID], scheme: Scheme
) -> Ballot:
    """Take one teller's count. `named` are the persons as given. Raises `BallotNotClosed`, `CountDoesNotAddUp`."""
    if ballot.state is not State.CLOSED:
        raise BallotNotClosed
    if faults := count_faults(ballot, candidates, tally, named, exactly=scheme.ballot.exactly):
        raise CountDoesNotAddUp(details=faults)
    return replace(ballot, state=State.ENTERED)


def confirm(ballot: Ballot, sheet: Sheet | None, teller_id: UUID, *, at: datetime) -> tuple[Ballot, Sheet]:
    """Let the count of the papers stand by the other teller's word; electronic ballots are decrypted only then.

    Raises `NothingToConfirm`, `SecondTellerIsFirst`.
    """
    entered = _entered(ballot, sheet)
    if entered.entered_by == teller_id:
        raise SecondTellerIsFirst
    counted = replace(
        ballot,
        state=State.TALLYING if ballot.electronic else State.COUNTED,
        valid=entered.valid,
        invalid=entered.invalid,
        abstained=entered.abstained,
        counted_at=None if ballot.electronic else at,
    )
    return counted, replace(entered, confirmed_by=teller_id, confirmed_at=at)


def dispute(ballot: Ballot, sheet: Sheet | None, teller_id: UUID, reason: str, *, at: datetime) -> tuple[Ballot, Sheet]:
    """Send the papers back to be counted again; who entered may also take it back. Raises `NothingToConfirm`."""
    entered = _entered(ballot, sheet)
    disputed = replace(entered, disputed_by=teller_id, disputed_at=at, dispute=reason)
    return replace(ballot, state=State.CLOSED), disputed


def _entered(ballot: Ballot, sheet: Sheet | None) -> Sheet:
    if ballot.state is not State.ENTERED or sheet is None:
        raise NothingToConfirm
    return sheet
