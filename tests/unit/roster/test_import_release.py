"""What a table of people may not do for who imports it: let superiors go, give offices to oneself."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from services.roster.position.rules import OF_ONESELF
from services.roster.session.rules import HigherOffice, require_lower
from shared.directory.domain import Position, Role
from tests.unit.roster.test_import_plans import JG, TODAY, entered, of_people, row
from tests.unit.roster.test_organization_rules import TENANT, TOP


def test_a_table_lets_nobody_go_whose_office_is_not_below_the_importing_person_s() -> None:
    def release(positions: Sequence[Position]) -> None:
        require_lower([TOP.path], [TOP.path for _ in positions])

    known = entered(of_people(row(), row("T002", "区小宁")))
    held = [Position(TENANT, UUID(int=9), 1, known[0].person.id, TOP.id, Role.ORGANIZATION_DEPARTMENT, TODAY, None)]
    left = of_people(row(在册状态="转出"), records=known, held=held, release=release)
    assert [fault.text for fault in left.faults] == [HigherOffice().message]
    missed = of_people(row("T002", "区小宁"), records=known, held=held, release=release, whole=True)
    assert HigherOffice().message in missed.faults[0].text


def test_nobody_appoints_themselves_by_a_table() -> None:
    known = entered(of_people(row()))
    (fault,) = of_people(row(党内职务="书记"), records=known, by=known[0].person.id).faults
    assert fault.text.endswith(OF_ONESELF)


def later_secretary(person_id: UUID) -> Position:
    """Give the secretary's office of the branch, its last day in a month."""
    return Position(TENANT, UUID(int=9), 1, person_id, JG.id, Role.SECRETARY, TODAY, TODAY + timedelta(days=30))


def test_an_office_with_a_day_to_come_is_held_until_then_by_table_as_one_by_one() -> None:
    known = entered(of_people(row(), row("T002", "区小宁")))
    held = [later_secretary(known[0].person.id)]
    assert of_people(row(党内职务="书记"), records=known, held=held).unchanged == 1
    (fault,) = of_people(row("T002", "区小宁", 党内职务="书记"), records=known, held=held).faults
    assert "王一鸣现任党支部书记，请先免职。" in fault.text
    after = str(TODAY + timedelta(days=31))
    plan = of_people(row("T002", "区小宁", 党内职务="书记", 任职时间=after), records=known, held=held)
    assert [each.person_id for each in plan.positions] == [known[1].person.id]
