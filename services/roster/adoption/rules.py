"""What an organisation may adopt and change, and the settings that come out of its wish and its superior's."""

from services.roster.scheme.domain import Made, Settings, State, Version
from services.roster.scheme.rules import AdaptationFixed, differing
from shared.errors import Invalid, RuleBroken
from shared.scheme.settings import BY_KEY


class SettingClosed(RuleBroken):
    """上级的制度方案没有放开以下设置，不能改动。"""


class VersionDraft(RuleBroken):
    """草稿不能采用；请先发布。"""


class NothingToAdopt(RuleBroken):
    """上级还没有采用制度方案，没有可沿用的；请选定一个方案。"""


class BasisGiven(Invalid):
    """请只选一项：预置方案，或者方案及其版本。"""


def closed(parent: Settings, wish: Settings) -> list[str]:
    """List the keys that a wish changes although the parent did not leave them open."""
    return [key for key in differing(parent, wish) if not parent[key].open]


def require_open(parent: Settings, wish: Settings) -> None:
    """Refuse a wish that changes what the parent keeps. Raises `SettingClosed`, naming every such setting."""
    if found := closed(parent, wish):
        raise SettingClosed(details=[f"“{BY_KEY[key].title}”由上级统一规定。" for key in found])


def effective(parent: Settings | None, wish: Settings) -> dict[str, Made]:
    """Give what comes out of a wish below a parent: the parent's value wherever it is closed.

    A setting stays open only while every level above leaves it open.
    """
    if parent is None:
        return dict(wish)
    return {key: made if parent[key].open else parent[key] for key, made in wish.items()}


def require_published(version: Version) -> None:
    """Refuse to adopt a draft. Raises `VersionDraft`."""
    if version.state is not State.PUBLISHED:
        raise VersionDraft


def basis(chosen: Version | None, above: Version | None) -> Version:
    """Give the version to begin with: the chosen one, else the superior's.

    Raises `NothingToAdopt`, `AdaptationFixed`.
    """
    if chosen is not None and chosen.organization_id is not None:
        raise AdaptationFixed
    start = chosen or above
    if start is None:
        raise NothingToAdopt
    return start
