"""How many places a branch has: the scheme's arithmetic held against its candidates, and pooling."""

from collections.abc import Mapping, Sequence
from math import floor
from uuid import UUID

from services.evaluation.quota.domain import Pool, Quota
from shared.errors import RuleBroken
from shared.scheme.quota import number, percent, places, rounded, rounding_step
from shared.scheme.scheme import Ballot


class AllotmentDoesNotAddUp(RuleBroken):
    """分配的名额合计与应评名额不符、少于最少名额，或漏列、多列了党支部。"""


class AllotmentFixed(RuleBroken):
    """已有党支部按原名额发起投票，本季度名额不能再改。"""


def quota(base: int, rules: Ballot, *, candidates: int, earlier: Sequence[int] = (), note: str = "") -> Quota:
    """Work out the places of a branch (R-130, requirements 2.2): never more places than candidates.

    `earlier` are the bases of the branch's earlier votes of the year; they matter only where fractions carry over.
    A `note` stands in the line.
    """
    found, steps = places(base, rules, earlier)
    steps += [note] if note else []
    if found > candidates:
        found = candidates
        steps.append(f"候选人只有{candidates}名")
    return Quota(base, base * rules.ratio, found, "，".join([*steps, f"取{found}名"]))


def allotted(base: int, rules: Ballot, given: int, calculation: str, *, candidates: int) -> Quota:
    """Give the quota of a branch to which its general branch allotted places (requirements 2.2, pooling)."""
    taken = min(given, candidates)
    line = f"{calculation}，本支部分得{given}名"
    if taken < given:
        line += f"，候选人只有{candidates}名，取{taken}名"
    return Quota(base, base * rules.ratio, taken, line)


def pool(bases: Mapping[UUID, int], rules: Ballot) -> Pool:
    """Spread the places of a general branch over its branches by largest remainder; each gets the scheme's minimum.

    Equal remainders are not settled here: nobody is ordered silently; the tied branches and the places still open are
    listed for the general branch to decide.
    """
    ratio = min(rules.ratio, rules.maximum_share or rules.ratio)
    shares = {branch: base * ratio for branch, base in bases.items()}
    least = {branch: rules.minimum if base else 0 for branch, base in bases.items()}
    given = {branch: max(floor(share), least[branch]) for branch, share in shares.items()}
    total, line = _pooled(sum(bases.values()), rules, at_least=sum(given.values()))
    rest = total - sum(given.values())
    behind = {branch: share - floor(share) for branch, share in shares.items() if floor(share) >= least[branch]}
    for remainder in sorted(set(behind.values()), reverse=True):
        group = [branch for branch, own in behind.items() if own == remainder]
        if rest <= 0:
            break
        if len(group) > rest:
            return Pool(total, line, given, tuple(group), rest, least)
        for branch in group:
            given[branch] += 1
        rest -= len(group)
    return Pool(total, line, given, (), 0, least)


def _pooled(members: int, rules: Ballot, *, at_least: int) -> tuple[int, str]:
    """Give the places of a whole general branch and the line that explains them."""
    total = rounded(members * rules.ratio, rules.rounding)
    steps = [
        f"{members} × {percent(rules.ratio)} = {number(members * rules.ratio)}",
        *rounding_step(members * rules.ratio, rules.rounding),
    ]
    if rules.maximum_share and total > (most := floor(members * rules.maximum_share)):
        total = most
        steps.append(f"不超过基数的{percent(rules.maximum_share)}，至多{most}名")
    if rules.minimum:
        steps.append(f"每个支部最少{rules.minimum}名")
    total = max(total, at_least)
    return total, "，".join([*steps, f"统筹{total}名", "按最大余额分配"])


def check_allotment(proposed: Pool, given: Mapping[UUID, int]) -> None:
    """Hold what a general branch decided against the pool. Raises `AllotmentDoesNotAddUp`."""
    found = []
    if set(given) != set(proposed.places) or sum(given.values()) != proposed.total:
        found.append(f"应评{proposed.total}名，已分配{sum(given.values())}名。")
    least = max(proposed.least.values(), default=0)
    if any(places < proposed.least.get(branch, 0) for branch, places in given.items()):
        found.append(f"按制度方案，每个支部最少{least}名。")
    if found:
        raise AllotmentDoesNotAddUp(details=found)
