"""Which numbers of a ballot can be true: every sum of people, papers and electronic ballots that does not add up."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from uuid import UUID

from services.ballot.ballot.domain import Ballot, Candidate
from services.ballot.paper.domain import Tally
from shared.voting.secrecy import fewest


def issue_faults(ballot: Ballot, quorum: Fraction, present: int, issued: int) -> list[str]:
    """List what is wrong with 实到 and 发出 (requirements 2.1, 2.3). Who holds a credential gets no paper."""
    both = ballot.electronic + issued
    faults = {
        f"实到会{present}人，多于应到会{ballot.entitled}人。": present > ballot.entitled,
        f"实到会{present}人，不足应到会{ballot.entitled}人的{quorum}，不能投票。": present < quorum * ballot.entitled,
        f"发出选票{issued}张，多于实到会{present}人。": issued > present,
        "发出选票须不少于1张。": issued < 1 and not ballot.electronic,
        f"电子投票{ballot.electronic}人与发出选票{issued}张合计{both}，多于应到会{ballot.entitled}人。": (
            bool(ballot.electronic) and both > ballot.entitled
        ),
    }
    return [sentence for sentence, true in faults.items() if true]


def differences(ballot: Ballot, returned: int, received: int, *, absent_vote: bool = False) -> list[str]:
    """List the differences between 实到, 发出 and 收回 of both channels, which need an explanation before the result.

    `received` are the electors whose electronic ballot is in the box; where the scheme lets the absent vote
    electronically, there may be more electors than persons present.
    """
    present, issued, electronic = ballot.present or 0, ballot.issued or 0, ballot.electronic
    found = []
    if electronic + issued != present and not (absent_vote and electronic + issued > present):
        apart = abs(present - electronic - issued)
        found.append(
            f"电子投票{electronic}人与发出选票{issued}张合计{electronic + issued}，实到会{present}人，相差{apart}。"
            if electronic
            else f"发出选票{issued}张，实到会{present}人，相差{apart}张。"
        )
    if returned != issued:
        found.append(f"发出选票{issued}张，收回{returned}张，相差{abs(issued - returned)}张。")
    if received != electronic:
        found.append(f"电子投票{electronic}人，投出电子选票{received}张，{electronic - received}人没有投票。")
    return found


def shortfall(ballot: Ballot, received: int) -> list[str]:
    """Say that a box with ballots of `received` electors would be void if closed now; nothing where it holds."""
    least = fewest(ballot.secrecy_minimum)
    if not ballot.electronic or received >= least:
        return []
    return [f"电子选票只收到{received}张，不足{least}张，现在结束即作废，须重新投票。"]


def count_faults(
    ballot: Ballot, candidates: Sequence[Candidate], tally: Tally, named: Sequence[UUID], *, exactly: bool
) -> list[str]:
    """List every sum that cannot be true of real papers; none means that papers with these totals exist."""
    papers = f"有效{tally.valid}张与无效{tally.invalid}张合计{tally.valid + tally.invalid}张"
    faults = []
    if tally.valid + tally.invalid != ballot.returned:
        faults.append(f"{papers}，与收回的{ballot.returned}张不符。")
    if tally.abstained > tally.valid:
        faults.append(f"弃权{tally.abstained}张，多于有效选票{tally.valid}张。")
    faults += _name_faults(candidates, named)
    marked = max(tally.marked, 0)
    for each in candidates:
        if tally.votes.get(each.person_id, 0) > marked:
            faults.append(
                f"{each.name}得{tally.votes[each.person_id]}票，多于划选了候选人的有效选票{marked}张（有效减弃权）。"
            )
    return faults + _sum_faults(ballot, sum(tally.votes.values()), marked, exactly=exactly)


def _name_faults(candidates: Sequence[Candidate], named: Sequence[UUID]) -> list[str]:
    expected = {each.person_id: each.name for each in candidates}
    faults = [
        f"没有填写{name}的得票数，无人选也须填0。" for person_id, name in expected.items() if person_id not in named
    ]
    for person_id, times in Counter(named).items():
        if person_id not in expected:
            faults.append("得票数中有不在选票上的人。")
        elif times > 1:
            faults.append(f"{expected[person_id]}的得票数填写了{times}次。")
    return faults


def _sum_faults(ballot: Ballot, total: int, marked: int, *, exactly: bool) -> list[str]:
    most = marked * ballot.choices
    rule = f"划选了候选人的有效选票{marked}张，每张"
    if exactly and total != most:
        return [f"得票合计{total}，应为{most}：{rule}须选足{ballot.choices}人。"]
    if total > most:
        return [f"得票合计{total}，多于{most}：{rule}至多选{ballot.choices}人。"]
    if total < marked:
        return [f"得票合计{total}，少于{marked}：{rule}至少选1人；没有划选任何人的选票计入弃权。"]
    return []
