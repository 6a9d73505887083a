"""When a grading can be called and opened, what its election asks, and which results can be true."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from services.ballot.ballot.domain import Ballot
from services.ballot.ballot.rules import BallotCannotBeCalled, credential_faults
from services.ballot.box.rules import ResultImpossible
from services.ballot.grading.domain import Asked
from services.ballot.protocol.election import Question
from shared.voting import grading

TELLERS = (1, 2)


def check_call(tellers: Sequence[UUID], asked: Sequence[Asked], credentials: Sequence[str]) -> None:
    """Refuse a call that cannot be carried out, with every fault. Raises `BallotCannotBeCalled`."""
    subjects = [each.subject_id for each in asked]
    faults = {
        "监票人须为一人或不同的两人。": len(tellers) not in TELLERS or len(set(tellers)) != len(tellers),
        "没有测评的题目。": not asked,
        "同一题目出现了两次。": len(set(subjects)) != len(subjects),
        "每道题须有不同的等次可选。": any(
            not each.grades or len(set(each.grades)) != len(each.grades) for each in asked
        ),
        "题目太多，一张选票装不下。": grading.size(len(each.grades) for each in asked) > grading.MOST,
        **credential_faults("electronic", credentials),
    }
    if any(faults.values()):
        raise BallotCannotBeCalled(details=[sentence for sentence, true in faults.items() if true])


def opening_faults(ballot: Ballot, present: int, issued: int) -> list[str]:
    """List what is wrong with the numbers of an opening: nobody is counted, and no paper goes out."""
    faults = {
        f"电子测评不清点人数，参加的就是名单上的{ballot.electronic}人。": present != ballot.electronic,
        "电子测评的票箱不发纸质选票；纸质表由组织评诺的一方另行汇总。": issued != 0,
    }
    return [sentence for sentence, true in faults.items() if true]


def questions(asked: Sequence[Asked]) -> list[Question]:
    """Write the questions: one grade each, or none; by their places, for the archive is public."""
    return [Question(tuple(each.grades), 1, 1, each.label, blank=True) for each in asked]


def counted(asked: Sequence[Asked], tallied: int, result: Sequence[Sequence[int]]) -> list[Asked]:
    """Give the questions with their totals: on every one each ballot says one grade, or none.

    Raises `ResultImpossible`.
    """
    possible = len(result) == len(asked) and all(
        len(row) == len(each.grades) + 1 and min(row) >= 0 and sum(row) == tallied
        for each, row in zip(asked, result, strict=False)
    )
    if not possible:
        raise ResultImpossible
    return [replace(each, blank=row[0], counts=list(row[1:])) for each, row in zip(asked, result, strict=True)]
