"""A scheme as the rules read it: typed groups of settings, at one version."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from shared.directory.domain import OTHER_UNIT
from shared.scheme.setting import Setting, in_order
from shared.scheme.settings import SETTINGS


@dataclass(frozen=True)
class Condition:
    """One of the conditions under which a member cannot be elected; its text belongs to the scheme (R-151)."""

    number: int
    text: str
    sensitive: bool
    computed: str | None
    """`attendance` (condition 8) or `register` (condition 9): the system proposes, people decide."""


@dataclass(frozen=True)
class Basis:
    """What the founding document itself rests on."""

    documents: tuple[str, ...]


@dataclass(frozen=True)
class Labels:
    """What things are called."""

    star: str
    deed: str
    register: str
    meeting: str


@dataclass(frozen=True)
class Register:
    """Tags of a deed."""

    aspects: tuple[str, ...]
    types: tuple[str, ...]
    fields: tuple[str, ...]
    focus: Mapping[str, str]

    def focus_of(self, identity: str | None, unit_type: str | None) -> str:
        """Give what is asked of a member: by the own category, else by the kind of unit; empty where nothing is said.

        A unit whose kind nobody entered is one of the others (R-005, R-006).
        """
        return self.focus.get(identity or "") or self.focus.get(unit_type or OTHER_UNIT, "")


@dataclass(frozen=True)
class Meeting:
    """Rules of the quarterly meeting."""

    report_days: int
    quorum: Fraction
    comment_everyone: bool


@dataclass(frozen=True)
class Ballot:
    """Rules of the ballot: quota, who votes and stands and by which channel, threshold, ties."""

    ratio: Fraction
    base: str
    base_without_exempt: bool
    rounding: str
    minimum: int
    maximum_share: Fraction
    carry: bool
    pooling: bool
    voters: tuple[str, ...]
    candidates: tuple[str, ...]
    leaders_stand: bool
    excused_stand: bool
    exactly: bool
    threshold: Fraction
    threshold_base: str
    ties: tuple[str, ...]
    shortfall: str
    leaders_share: Fraction
    channel: str
    electors: str
    secrecy_minimum: int
    roll_months: int
    disclosed_from: int


@dataclass(frozen=True)
class Eligibility:
    """The conditions and how the computable ones are computed."""

    conditions: tuple[Condition, ...]
    consecutive: int
    total: int
    total_unexcused_only: bool
    window: str
    floating_months: int
    written_counts: bool
    reply_days: int
    retention_months: int


@dataclass(frozen=True)
class After:
    """What follows the count."""

    filing_days: int
    notice_days: int
    identities: Mapping[str, str]


@dataclass(frozen=True)
class Pledging:
    """Rules of 提诺, 审诺 and 亮诺."""

    stages: Mapping[str, str]
    aspects: tuple[str, ...]
    areas: tuple[str, ...]
    leader_aspects: tuple[str, ...]
    leader_minimum: int
    items_minimum: int
    kinds: tuple[str, ...]
    forms: tuple[str, ...]
    window_opens: str
    window_closes: str
    window_before: bool
    publish_by: str
    headline_length: int
    likeness: Fraction
    review_steps: tuple[str, ...]
    checklist: tuple[str, ...]
    follow_up_days: int
    channels: tuple[str, ...]
    scope: str
    opinions_signed: bool
    treatments: tuple[str, ...]


@dataclass(frozen=True)
class Supervision:
    """Rules of 督诺."""

    rhythm: str
    due_day: int
    before_days: int
    ladder: tuple[str, ...]


@dataclass(frozen=True)
class Appraisal:
    """Rules of 评诺."""

    sources: tuple[str, ...]
    weights: Mapping[str, str]
    appraiser: str
    scale: tuple[str, ...]
    secret_ballot: bool
    instant: bool
    scope: str


@dataclass(frozen=True)
class Scheme:
    """A scheme at one version, complete: what it does not set has the default of `SETTINGS`."""

    id: UUID
    version: int
    name: str
    document: str
    basis: Basis
    labels: Labels
    register: Register
    meeting: Meeting
    ballot: Ballot
    eligibility: Eligibility
    after: After
    pledge: Pledging
    supervision: Supervision
    appraisal: Appraisal

    @property
    def grounds(self) -> str:
        """Write 依据 as forms and notices name it: the superior documents, then the founding one (R-281, R-282)."""
        return "、".join((*self.basis.documents, self.document))


GROUPS: dict[str, Any] = {
    "basis": Basis,
    "labels": Labels,
    "register": Register,
    "meeting": Meeting,
    "ballot": Ballot,
    "eligibility": Eligibility,
    "after": After,
    "pledge": Pledging,
    "supervision": Supervision,
    "appraisal": Appraisal,
}


def of(scheme_id: UUID, version: int, name: str, document: str, settings: Mapping[str, Any]) -> Scheme:
    """Build a scheme from settings that `check` found good; unknown keys are ignored (a newer roster may know more).

    What a version adopted before a count had a least value says below it counts as that least (requirements 5.1).
    """
    groups: dict[str, dict[str, Any]] = {name: {} for name in GROUPS}
    for setting in SETTINGS:
        group, field = setting.key.split(".")
        groups[group][field] = _value(setting, settings.get(setting.key, setting.default))
    return Scheme(scheme_id, version, name, document, **{key: make(**groups[key]) for key, make in GROUPS.items()})


def _value(setting: Setting, value: Any) -> Any:
    match setting.kind:
        case "count":
            return max(value, setting.least)
        case "fraction":
            return Fraction(value)
        case "texts" | "choices" | "ordered":
            return tuple(value)
        case "pairs":
            return in_order(setting, value)
        case "conditions":
            return tuple(
                Condition(item["number"], item["text"], item["sensitive"], item.get("computed")) for item in value
            )
        case _:
            return value
