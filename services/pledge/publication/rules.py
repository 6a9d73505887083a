"""What may be shown, by which channels and to whom; and what the first showing makes of a version."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.pledge.pledge.domain import Pledge, PledgeState, Version, VersionState
from services.pledge.publication.domain import SCOPE_NAMES, SHOWINGS, WIDTHS, Record, Said, Scope
from shared.errors import Invalid, NotFound, RuleBroken
from shared.scheme import Scheme


class NotReviewed(RuleBroken):
    """承诺审诺通过后才能公示。"""


class PledgeWithdrawn(RuleBroken):
    """这份承诺已经撤回或办结，不再公示。"""


class BadPublication(Invalid):
    """公示的登记不符合要求。"""


class NothingChosen(Invalid):
    """请选择要登记公示的承诺。"""


class StruckAlready(RuleBroken):
    """这条公示登记已经划去。"""


class StrikeNeedsReason(Invalid):
    """划去公示登记须写明原因。"""


class RecordNotFound(NotFound):
    """没有这条公示登记。"""


def strike(record: Record, reason: str, *, by: UUID, at: datetime) -> Record:
    """Strike a record out that is wrong; it stays to be read. Raises `StruckAlready`, `StrikeNeedsReason`."""
    if record.struck_at is not None:
        raise StruckAlready
    if not reason.strip():
        raise StrikeNeedsReason
    return replace(record, struck_by=by, struck_at=at, struck_reason=reason.strip())


def standing(records: Iterable[Record], version: int) -> list[Record]:
    """Give the records of a version that count."""
    return [one for one in records if one.version == version and one.struck_at is None]


def channels(scheme: Scheme) -> list[str]:
    """Give the channels among which a scheme lets choose (R-056, R-057, R-061)."""
    return list(dict.fromkeys([*scheme.pledge.channels, *SHOWINGS]))


def scopes(scheme: Scheme) -> list[Scope]:
    """Give for whom a scheme lets show, the widest first (R-058)."""
    return WIDTHS[: WIDTHS.index(Scope(scheme.pledge.scope)) + 1][::-1]


def obstacles(said: Said, scheme: Scheme, today: date) -> list[str]:
    """List everything that is wrong with a record."""
    faults = {
        f"本方案没有“{said.channel}”这种公示形式。": said.channel not in channels(scheme),
        f"本方案的公示范围最大为“{SCOPE_NAMES[Scope(scheme.pledge.scope)]}”。": said.scope not in scopes(scheme),
        "公示日期不能晚于今天，请在公示以后登记。": said.published_on > today,
        "请写明公示的地点或网址。": not said.place.strip(),
    }
    return [sentence for sentence, true in faults.items() if true]


def check(said: Said, scheme: Scheme, today: date) -> None:
    """Refuse a record with all that is wrong with it. Raises `BadPublication`."""
    if found := obstacles(said, scheme, today):
        raise BadPublication(details=found)


def target(pledge: Pledge, newest: Version) -> tuple[int, bool]:
    """Give which version a showing is of, and whether it makes the version public (R-045, R-056).

    Raises `PledgeWithdrawn`, `NotReviewed`.
    """
    if newest.state is VersionState.APPROVED:
        if pledge.state is not PledgeState.OPEN:
            raise PledgeWithdrawn
        return newest.number, True
    if pledge.state is PledgeState.WITHDRAWN:
        raise PledgeWithdrawn
    if pledge.published_version is None:
        raise NotReviewed
    return pledge.published_version, False


def publish(pledge: Pledge, version: Version, at: datetime) -> tuple[Pledge, Version]:
    """Make a reviewed version the one that the public reads."""
    shown = replace(version, state=VersionState.PUBLISHED, published_at=at)
    return replace(pledge, published_version=version.number), shown


def widest(scopes: Iterable[Scope]) -> Scope:
    """Give the widest of some scopes."""
    return max(scopes, key=WIDTHS.index)
