"""Reading a count: threshold, places, the cap on leaders, and ties by the scheme's list of rules. Nothing is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from services.evaluation.election.domain import Outcome, Standing
from shared.scheme.scheme import Ballot


@dataclass(frozen=True)
class Count:
    """What the ranking needs of a count."""

    entitled: int
    present: int
    valid: int
    totals: Mapping[UUID, int]


@dataclass
class _Table:
    """Places as they are filled."""

    free: int
    leaders: int
    rules: list[str]
    winners: list[UUID] = field(default_factory=list)
    tied: list[UUID] = field(default_factory=list)
    tied_places: int = 0
    tied_leaders: int = 0
    left: int = 0
    notes: list[str] = field(default_factory=list)

    def seat(self, group: Sequence[Standing]) -> None:
        self.winners += [one.person_id for one in group]
        self.free -= len(group)
        self.leaders -= sum(one.leader for one in group)


def leader_places(rules: Ballot, places: int) -> int | None:
    """Say how many of the places leaders may take (R-132); None without a cap."""
    return None if not rules.leaders_share else int(places * rules.leaders_share)


def passes(votes: int, count: Count, rules: Ballot, *, again: bool) -> bool:
    """Say whether votes suffice: strictly more than the share of the base (requirements Q5).

    Who is voted on again because of a tie passed already; there the most votes decide, but none is not enough.
    """
    bases = {"entitled": count.entitled, "present": count.present, "valid": count.valid}
    needed = Fraction(0) if again else rules.threshold * bases[rules.threshold_base]
    return votes > needed


def read(
    candidates: Sequence[Standing],
    count: Count,
    rules: Ballot,
    *,
    places: int,
    leaders: int | None,
    again: bool,
) -> Outcome:
    """Read a count of `candidates` for `places`; `again` for a re-vote among the tied, which is not repeated twice.

    `leaders` caps the places that leaders may take. Winners come in the order of `candidates`, not by votes (Q11).
    """
    allowed = len(candidates) if leaders is None else min(leaders, places)
    ties = [rule for rule in rules.ties if not (again and rule == "revote")]
    table = _Table(free=places, leaders=allowed, rules=ties)
    passed = [one for one in candidates if passes(count.totals.get(one.person_id, 0), count, rules, again=again)]
    for votes in sorted({count.totals[one.person_id] for one in passed}, reverse=True):
        if table.free <= 0:
            break
        _place(table, [one for one in passed if count.totals[one.person_id] == votes], table.rules)
    won, short = set(table.winners), 0 if again else table.free
    return Outcome(
        winners=tuple(one.person_id for one in candidates if one.person_id in won),
        tied=tuple(one.person_id for one in candidates if one.person_id in set(table.tied)),
        tied_places=table.tied_places,
        tied_leader_places=None if leaders is None else table.tied_leaders,
        empty=table.free + table.left,
        notes=tuple(dict.fromkeys(table.notes)),
        short=short,
        below=tuple(one.person_id for one in candidates if one not in passed) if short else (),
    )


def _place(table: _Table, group: list[Standing], rules: Sequence[str]) -> None:
    """Seat people of equal votes, or settle what does not fit by the rules that are left."""
    if table.leaders <= 0 and any(one.leader for one in group):
        table.notes.append("领导干部当选名额已满，不再列入。")
        group = [one for one in group if not one.leader]
    leaders = [one for one in group if one.leader]
    others = [one for one in group if not one.leader]
    if len(group) <= table.free and len(leaders) <= table.leaders:
        table.seat(group)
    elif len(group) <= table.free and others:
        # Only the cap on leaders is exceeded: the others are not touched by it.
        table.seat(others)
        _settle(table, leaders, rules)
    else:
        _settle(table, group, rules)


def _settle(table: _Table, group: list[Standing], rules: Sequence[str]) -> None:
    leaders = [one for one in group if one.leader]
    others = [one for one in group if not one.leader]
    rule, rest = (rules[0], rules[1:]) if rules else ("", ())
    match rule:
        case "ordinary_first" if leaders and others:
            table.notes.append("得票相同，普通党员优先。")
            _place(table, others, rest)
            if table.free > 0:
                _place(table, leaders, rest)
        case "ordinary_first":
            _settle(table, group, rest)
        case "revote" if not table.tied:
            _hold(table, group)
        case "more" if len(leaders) <= table.leaders:
            table.notes.append("得票相同，按制度方案增加名额。")
            table.seat(group)
            table.free = 0
        case "revote" | "more":
            _settle(table, group, rest)
        case _:
            table.notes.append("得票相同，按制度方案不取，名额空缺。" if rule else "得票仍然相同，名额空缺。")
            _leave(table, group)


def _hold(table: _Table, group: list[Standing]) -> None:
    """Keep the places at stake for a vote among the tied; what is left goes on to those behind them."""
    stake, leaders = _take(table, group)
    table.notes.append("得票相同，对得票相同者再次投票。")
    table.tied += [one.person_id for one in group]
    table.tied_places, table.tied_leaders = stake, leaders


def _leave(table: _Table, group: list[Standing]) -> None:
    """Leave the places at stake empty: who has fewer votes does not pass those who tied."""
    stake, _ = _take(table, group)
    table.left += stake


def _take(table: _Table, group: list[Standing]) -> tuple[int, int]:
    """Take the places out of the table that a tied group could fill; give how many, and how many by leaders."""
    leaders = sum(one.leader for one in group)
    stake = min(table.free, len(group) - leaders + min(leaders, table.leaders))
    by_leaders = min(leaders, table.leaders, stake)
    table.free -= stake
    table.leaders -= by_leaders
    return stake, by_leaders
