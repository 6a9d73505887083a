"""Who may be named as promising together, and who may answer to that."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from services.pledge.pledge.domain import TOGETHER, Author, Form, Pledge, PledgeState
from shared.directory.domain import Person
from shared.errors import NotAllowed, RuleBroken


class NotNamed(NotAllowed):
    """您不在这份承诺的共同承诺人之列。"""


class PledgeOver(RuleBroken):
    """这份承诺已经办结或撤回，不必再答复。"""


def obstacles(
    pledge: Pledge, authors: Sequence[Author], colleagues: Mapping[UUID, Person], known: Collection[UUID]
) -> list[str]:
    """List what is wrong with those who are named (R-033).

    `colleagues` are the members of the branch; `known` stood on the text before and may have moved since.
    """
    if authors and pledge.form not in TOGETHER:
        return ["只有集体承诺和带领群众共同承诺才写共同承诺人，请去掉共同承诺人，或另作一份。"]
    named = [one for one in authors if one.person_id]
    times = Counter(one.person_id for one in named)
    names = {one.person_id: one.name for one in named}
    found = [f"{names[person_id]}写了两次。" for person_id, count in times.items() if count > 1]
    found += ["承诺人本人不必再列为共同承诺人。"] * any(one.person_id == pledge.person_id for one in named)
    strangers = [one.name for one in named if one.person_id not in {*colleagues, *known, pledge.person_id}]
    return found + [f"{name}不是本支部的党员，不能列为共同承诺人；其他人请写姓名或人数。" for name in strangers]


def names(pledger: str, authors: Sequence[Author]) -> str:
    """Name all who promise, the pledger first, as it is documented how a pledge is kept (R-033)."""
    return "、".join([pledger, *(one.label for one in authors if not one.declined)])


def lacking(pledge: Pledge, authors: Sequence[Author]) -> list[str]:
    """List what still has to be written of them before the pledge is handed in."""
    standing = [one for one in authors if not one.declined]
    faults = {
        "集体承诺请写明还有哪些党员。": pledge.form is Form.GROUP and not any(one.person_id for one in standing),
        "带领群众共同承诺请写明有哪些群众，或有多少人。": pledge.form is Form.JOINT and not standing,
    }
    gone = [f"{one.name}说明不参加这份承诺，请去掉其姓名。" for one in authors if one.declined]
    return [sentence for sentence, true in faults.items() if true] + gone


def registered(authors: Sequence[Author], people: Mapping[UUID, Person]) -> list[Author]:
    """Give each member's name as the roster has it, whatever name came with the id."""
    found = []
    for one in authors:
        person = people.get(one.person_id) if one.person_id else None
        given = replace(one, name=person.name, headcount=1) if person else one
        found.append(replace(given, declined=False))
    return found


def check_answer(pledge: Pledge, *, named: bool) -> None:
    """Refuse an answer from who is not named, or to what is over. Raises `NotNamed`, `PledgeOver`."""
    if not named:
        raise NotNamed
    if pledge.state is not PledgeState.OPEN:
        raise PledgeOver
