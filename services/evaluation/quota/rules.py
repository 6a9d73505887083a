"""How many places: exact fractions, the rounding of the scheme, carry-over, and pooling by largest remainder."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from uuid import UUID

from services.evaluation.quota.domain import Pool, Quota
from shared.errors import RuleBroken
from shared.scheme.scheme import Ballot

ROUNDING_NAMES = {"floor": "舍去小数", "half_up": "四舍五入", "ceiling": "进一"}


class AllotmentDoesNotAddUp(RuleBroken):
    """分配的名额合计与应评名额不符，或漏列、多列了党支部。"""


class AllotmentFixed(RuleBroken):
    """已有党支部按原名额发起投票，本季度名额不能再改。"""


def rounded(share: Fraction, rounding: str) -> int:
    """Round a share by the scheme's rule: floor, half_up (never to even) or ceiling."""
    match rounding:
        case "floor":
            return floor(share)
        case "ceiling":
            return ceil(share)
        case _:
            return floor(share + Fraction(1, 2))


def quota(base: int, rules: Ballot, *, candidates: int, earlier: Sequence[int] = ()) -> Quota:
    """Work out the places of a branch (R-130, requirements 2.2).

    `earlier` are the bases of the branch's earlier votes of the year; they matter only where fractions carry over.
    The cap on the share comes before the minimum, so that a small branch keeps the place it is guaranteed; there are
    never more places than candidates.
    """
    share = base * rules.ratio
    steps = [f"{base} × {percent(rules.ratio)} = {number(share)}"]
    if rules.carry:
        places = _carried(share, rules.ratio, earlier, steps)
    else:
        places = rounded(share, rules.rounding)
        steps.append(ROUNDING_NAMES[rules.rounding])
    if rules.maximum_share and places > (most := floor(base * rules.maximum_share)):
        places = most
        steps.append(f"不超过基数的 {percent(rules.maximum_share)}，至多 {most} 名")
    if places < rules.minimum:
        places = rules.minimum
        steps.append(f"最少 {rules.minimum} 名")
    if places > candidates:
        places = candidates
        steps.append(f"候选人只有 {candidates} 名")
    return Quota(base, share, places, "，".join([*steps, f"取 {places} 名"]))


def _carried(share: Fraction, ratio: Fraction, earlier: Sequence[int], steps: list[str]) -> int:
    before = sum((base * ratio for base in earlier), Fraction(0))
    rest = before - floor(before)
    if rest:
        steps.append(f"加上本年以前各季度余数 {number(rest)}，为 {number(share + rest)}")
    steps.append("舍去小数，余数累计到下一季度")
    return floor(share + rest)


def allotted(base: int, rules: Ballot, places: int, calculation: str, *, candidates: int) -> Quota:
    """Give the quota of a branch to which its general branch allotted places (requirements 2.2, pooling)."""
    taken = min(places, candidates)
    line = f"{calculation}，本支部分得 {places} 名"
    if taken < places:
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
    places = {branch: floor(share) for branch, share in shares.items()}
    rest = total - sum(places.values())
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
            return Pool(total, line, places, tuple(group), rest)
        for branch in group:
            places[branch] += 1
        rest -= len(group)
    return Pool(total, line, places, (), 0)


def check_allotment(proposed: Pool, given: Mapping[UUID, int]) -> None:
    """Hold what a general branch decided against the pool. Raises `AllotmentDoesNotAddUp`."""
    if set(given) != set(proposed.places) or sum(given.values()) != proposed.total:
        raise AllotmentDoesNotAddUp(details=[f"应评 {proposed.total} 名，已分配 {sum(given.values())} 名。"])


def number(value: Fraction) -> str:
    """Write a fraction exactly: 1.95, or 13/3 where decimals do not end."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole = str(int(value * 10**digits)).rjust(digits + 1, "0")
    return whole if digits == 0 else f"{whole[:-digits]}.{whole[-digits:]}"


def percent(ratio: Fraction) -> str:
    """Write a ratio as per cent where that is exact: 15%, 12.5%, but 1/3."""
    text = number(ratio * 100)
    return f"{ratio.numerator}/{ratio.denominator}" if "/" in text else f"{text}%"
