"""The arithmetic of places: exact shares, rounding, cap and minimum of the scheme, and the line that says how."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from shared.scheme.scheme import Ballot

ROUNDING_NAMES = {"floor": "舍去小数", "half_up": "四舍五入", "ceiling": "进一"}


def rounded(share: Fraction, rounding: str) -> int:
    """Round a share by the scheme's rule: floor, half_up (never to even) or ceiling."""
    match rounding:
        case "floor":
            return floor(share)
        case "ceiling":
            return ceil(share)
        case _:
            return floor(share + Fraction(1, 2))


def places(base: int, rules: Ballot, earlier: Sequence[int] = ()) -> tuple[int, list[str]]:
    """Give the places that a base has, and the steps that lead there in Chinese (R-130, requirements 2.2).

    `earlier` are the bases of the earlier votes of the year; they matter only where fractions carry over. The cap on
    the share comes before the minimum, so that a small branch keeps the place it is guaranteed.
    """
    share = base * rules.ratio
    steps = [f"{base} × {percent(rules.ratio)} = {number(share)}"]
    if rules.carry:
        found = _carried(share, rules.ratio, earlier, steps)
    else:
        found = rounded(share, rules.rounding)
        steps += rounding_step(share, rules.rounding)
    if rules.maximum_share and found > (most := floor(base * rules.maximum_share)):
        found = most
        steps.append(f"不超过基数的{percent(rules.maximum_share)}，至多{most}名")
    if found < rules.minimum:
        found = rules.minimum
        steps.append(f"最少{rules.minimum}名")
    return found, steps


def _carried(share: Fraction, ratio: Fraction, earlier: Sequence[int], steps: list[str]) -> int:
    before = sum((base * ratio for base in earlier), Fraction(0))
    rest = before - floor(before)
    if rest:
        steps.append(f"加上本年以前各季度余数 {number(rest)}，为 {number(share + rest)}")
    if (share + rest).denominator != 1:
        steps.append("舍去小数，余数累计到下一季度")
    return floor(share + rest)


def rounding_step(share: Fraction, rounding: str) -> list[str]:
    """Name the rounding where there is something to round, else nothing: 20 × 15% is 3."""
    return [] if share.denominator == 1 else [ROUNDING_NAMES[rounding]]


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
