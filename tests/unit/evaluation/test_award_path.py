"""The path of an award says who did each step, also where no person did."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from services.evaluation.award import path
from services.evaluation.award.domain import AwardState, Step

AT = datetime(2013, 4, 1, tzinfo=UTC)
FILER = "金融学院党总支"


def award(**changes: Any) -> Any:
    facts = {"id": uuid4(), "alive": True, "withheld_reasons": (), "state": AwardState.ELECTED}
    return SimpleNamespace(**(facts | changes))


@pytest.mark.parametrize("name", path.STEP_TITLES)
def test_every_step_that_happened_has_a_doer(name: str) -> None:
    """R-122."""
    one = award()
    (done, *ahead) = path.of_award(one, [Step(one.id, name, uuid4(), AT)], filer=FILER, reasons=True)
    assert done.who
    assert not any(item.who for item in ahead)


def test_the_filing_is_by_the_organization_that_files_and_its_acknowledgement_by_the_department() -> None:
    one = award()
    steps = [Step(one.id, name, uuid4(), AT) for name in ("verified", "filed", "acknowledged")]
    items = path.of_award(one, steps, filer=FILER, reasons=False)
    assert [item.who for item in items[:3]] == ["系统自动", FILER, "党委组织部"]


def test_a_step_names_the_person_who_did_it_with_the_office() -> None:
    """R-122: every step with who; the filing beside its organisation, what the system did by its rule."""
    one, clerk, officer = award(), uuid4(), uuid4()
    names = {clerk: "冯文员（党总支秘书）", officer: "陈部长（党委组织部）"}
    given = [("verified", None), ("filed", clerk), ("returned", officer), ("acknowledged", officer), ("posted", None)]
    steps = [Step(one.id, name, uuid4(), AT, by_id) for name, by_id in given]
    shown = [item.who for item in path.of_award(one, steps, filer=FILER, reasons=True, names=names)][:5]
    person = "陈部长（党委组织部）"
    assert shown == ["系统自动", f"{FILER}　冯文员（党总支秘书）", person, person, "系统自动"]
    hidden = [item.who for item in path.of_award(one, steps, filer=FILER, reasons=False)][:5]
    assert hidden == ["系统自动", FILER, "党委组织部", "党委组织部", "系统自动"]


def test_what_was_done_stands_in_the_order_of_its_time_and_what_lies_ahead_behind_it() -> None:
    """R-122: minutes that are locked after the filing stand after it."""
    days = {"opened": 0, "minutes": 7, "later": None, "deed": 0, "filed": 1, "posted": None}
    items = [path.Item(key, "", None if day is None else AT + timedelta(days=day)) for key, day in days.items()]
    assert [item.key for item in path.in_order(items)] == ["opened", "deed", "filed", "minutes", "later", "posted"]
