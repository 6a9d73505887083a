"""The public board of an organisation for a quarter, as every door shows it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.notify.board import store, universities
from services.notify.notice import store as notices
from services.notify.notice import view as notice_view
from shared import period as quarter
from shared import scheme
from shared.db import Connection
from shared.directory import store as directory
from shared.directory.domain import Organization
from shared.scheme.settings import BY_KEY
from shared.web import words


@dataclass(frozen=True)
class Board:
    """Running notices, winners of a quarter and the quarters to choose from."""

    organization: Organization
    period: str
    periods: list[str]
    notices: list[notice_view.Shown]
    winners: list[store.Winner]
    star: str
    """what the honour is called: as it was given, else as the scheme in force calls it"""

    @property
    def text(self) -> str:
        """Give the winners as plain text to copy into a message."""
        lines = [f"{words.period(self.period)}“{self.star}”（按姓氏笔画为序）"]
        lines += [f"{winner.name}　{winner.organization}" for winner in self.winners]
        return "\n".join(lines)


def board(conn: Connection, organization: Organization, period: str | None, today: date) -> Board:
    """Give the board of an organisation; without a quarter the newest that has winners, else the last one."""
    periods = store.list_periods(conn, organization)
    period = period or (periods[0] if periods else quarter.previous(quarter.of(today)))
    running = notices.list_running(conn, organization.tenant_id, today)
    holders = directory.list_organizations(conn, organization.tenant_id, {each.organization_id for each in running})
    near = [each for each in running if _touches(holders[each.organization_id], organization)]
    shown = notice_view.several(conn, organization.tenant_id, near, today)
    winners = store.list_winners(conn, organization, period)
    star = _star(conn, organization, winners)
    return Board(organization, period, sorted({*periods, period}, reverse=True), shown, winners, star)


def _touches(one: Organization, other: Organization) -> bool:
    """Say whether one of two organisations is at or below the other."""
    return one.path.startswith(other.path) or other.path.startswith(one.path)


def _star(conn: Connection, organization: Organization, winners: list[store.Winner]) -> str:
    given = dict.fromkeys(winner.award for winner in winners)
    if given:
        return "、".join(given)
    try:
        return scheme.current(conn, organization).labels.star
    except scheme.NoScheme:
        return str(BY_KEY["labels.star"].default)


def chosen(conn: Connection, organization_id: UUID | None, university_id: UUID | None) -> Organization:
    """Give the organisation that a visitor asked for, else the university's top. Raises `NotFound`."""
    if organization_id:
        return directory.find_organization(conn, organization_id)
    return universities.one(conn, university_id)
