"""How many places a branch has: the scheme's arithmetic held against its candidates, and pooling."""

from collections.abc import Mapping, Sequence
from math import floor
from uuid import UUID

from services.evaluation.quota.domain import Pool, Quota
from shared.errors import RuleBroken
from shared.scheme.quota import ROUNDING_NAMES, number, percent, places, rounded
from shared.scheme.scheme import Ballot


class AllotmentDoesNotAddUp(RuleBroken):
    """分配的名额合计与应评名额不符，或漏列、多列了党支部。"""


class AllotmentFixed(RuleBroken):
    """已有党支部按原名额发起投票，本季度名额不能再改。"""


def quota(base: int, rules: Ballot, *, candidates: int, earlier: Sequence[int] = ()) -> Quota:
    """Work out the places of a branch (R-130, requirements 2.2): never more places than candidates.

    `earlier` are the bases of the branch's earlier votes of the year; they matter only where fractions carry over.
    """
    found, steps = places(base, rules, earlier)
    if found > candidates:
        found = candidates
        steps.append(f"候选人只有 {candidates} 名")
    return Quota(base, base * rules.ratio, found, "，".join([*steps, f"取 {found} 名"]))


def allotted(base: int, rules: Ballot, given: int, calculation: str, *, candidates: int) -> Quota:
    """Give the quota of a branch to which its general branch allotted places (requirements 2.2, pooling)."""
    taken = min(given, candidates)
    line = f"{calculation}，本支部分得 {given} 名"
    if taken < given:
        line += f"，候选人只有 {candidates} 名，取 {taken} 名"
    return Quota(base, base * rules.ratio, taken, line)


def pool(bases: Mapping[UUID, int], rules: Ballot) -> Pool:
    """Spread the places of a general branch over its branches by largest remainder.

    Equal remainders are not settled here: nobody is ordered silently; the tied branches and the places still open are
    listed for the general branch to decide.
    """
    members = sum(bases.values())
    total = rounded(members * rules.ratio, rules.rounding)
    if rules.maximum_share:
        total = min(total, floor(members * rules.maximum_share))
    shares = {branch: base * rules.ratio for branch, base in bases.items()}
    given = {branch: floor(share) for branch, share in shares.items()}
    rest = total - sum(given.values())
    line = (
        f"{members} × {percent(rules.ratio)} = {number(members * rules.ratio)}，"
        f"{ROUNDING_NAMES[rules.rounding]}，统筹 {total} 名，按最大余额分配"
    )
    remainders = sorted({share - floor(share) for share in shares.values()}, reverse=True)
    for remainder in remainders:
        group = [branch for branch, share in shares.items() if share - floor(share) == remainder]
        if rest <= 0:
            break
        if len(group) > rest:
            return Pool(total, line, given, tuple(group), rest)
        for branch in group:
            given[branch] += 1
        rest -= len(group)
    return Pool(total, line, given, (), 0)


def check_allotment(proposed: Pool, given: Mapping[UUID, int]) -> None:
    """Hold what a general branch decided against the pool. Raises `AllotmentDoesNotAddUp`."""
    if set(given) != set(proposed.places) or sum(given.values()) != proposed.total:
        raise AllotmentDoesNotAddUp(details=[f"应评 {proposed.total} 名，已分配 {sum(given.values())} 名。"])
