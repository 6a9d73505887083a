"""The directory: later versions win however they arrive, trees are read by path, schemes are inherited."""

import itertools
from collections.abc import Callable
from datetime import date

import pytest

from shared import scheme
from shared.directory import store
from shared.directory.domain import Role
from shared.scheme import NoScheme
from tests import university as place
from tests.services import Service
from tests.university import TENANT, University, uid


@pytest.fixture
def pledge(service: Callable[[str], Service]) -> Service:
    return service("pledge")


@pytest.mark.parametrize("order", list(itertools.permutations([2, 3, 4])))
def test_the_latest_version_of_a_person_stays_in_whatever_order_they_arrive(
    pledge: Service, order: tuple[int, ...]
) -> None:
    with pledge.connect() as conn:
        for version in order:
            facts = place.person("王一鸣", "T001", "zjy/jin/jg", 0, version=version, email=f"{version}@example.cn")
            store.save_person(conn, TENANT, facts)
        assert store.get_person(conn, TENANT, uid("T001")).email == "4@example.cn"


def test_an_organisation_s_lineage_and_what_is_below_it(pledge: Service) -> None:
    """R-001, R-002: a tree of any depth, read by path."""
    with pledge.connect() as conn:
        branch = store.get_organization(conn, TENANT, uid("zjy/jin/jg"))
        assert [each.name for each in store.list_lineage(conn, branch)] == [
            "中共浙江示例学院委员会", "金融学院党总支", "金融学院教工党支部",
        ]  # fmt: skip
        general = store.get_organization(conn, TENANT, uid("zjy/jin"))
        assert {each.id for each in store.list_below(conn, general)} == {
            uid("zjy/jin"), uid("zjy/jin/jg"), uid("zjy/jin/xs"),
        }  # fmt: skip


def test_a_code_that_begins_like_another_is_not_below_it(pledge: Service) -> None:
    with pledge.connect() as conn:
        store.save_organization(conn, TENANT, place.organization("zjy/jin2", "general_branch", "另一党总支", ""))
        general = store.get_organization(conn, TENANT, uid("zjy/jin"))
        assert uid("zjy/jin2") not in {each.id for each in store.list_below(conn, general)}


def test_a_position_counts_on_its_days_only(pledge: Service) -> None:
    with pledge.connect() as conn:
        facts = {**place.positions()[0], "version": 2, "starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30)}
        store.save_position(conn, TENANT, facts)
        held = [
            [position.role for position, _ in store.list_positions(conn, TENANT, uid("T001"), day)]
            for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
        ]
    assert held == [[], [Role.SECRETARY], [Role.SECRETARY], []]


def test_a_branch_follows_the_nearest_scheme_above_it_and_then_its_own(pledge: Service, university: University) -> None:
    with pledge.connect() as conn:
        branch = store.get_organization(conn, TENANT, uid("zjy/jin/jg"))
        assert scheme.current(conn, branch).version == 1
        own = {**university.adoption(version=7), "organization_id": uid("zjy/jin/jg"), "version": 1}
        store.save_adoption(conn, TENANT, own)
        assert scheme.current(conn, branch).version == 7
        other = store.get_organization(conn, TENANT, uid("zjy/jin/xs"))
        assert scheme.current(conn, other).version == 1
        assert scheme.version(conn, TENANT, university.scheme_id, 1).document == "示例党〔2013〕1号"


def test_without_any_scheme_there_is_a_clear_refusal(pledge: Service) -> None:
    with pledge.connect() as conn:
        conn.execute("DELETE FROM adoption")
        branch = store.get_organization(conn, TENANT, uid("zjy/jin/jg"))
        with pytest.raises(NoScheme):
            scheme.current(conn, branch)
