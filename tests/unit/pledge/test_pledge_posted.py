"""What the page of a pledge posts becomes what the JSON side takes."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from services.pledge.pledge import posted, schemas
from services.pledge.pledge.domain import Form, Kind, Oral
from shared.errors import Invalid
from tests.unit.pledge.pledges import who


def form(*pairs: tuple[str, str]) -> MultiDict[str, str]:
    return MultiDict([("headline", "每月走访学生寝室2次"), *pairs])


def row(content: str = "", **changes: str) -> list[tuple[str, str]]:
    names = ("item_id", "measure", "due_on", "responsible", "beneficiaries", "aspect", "origin", "tags")
    return [("item_content", content), ("item_linked_item_id", "")] + [
        (f"item_{name}", changes.get(name, "")) for name in names
    ]


def loaded(*pairs: tuple[str, str]) -> Any:
    return posted.load(schemas.PledgeWritten(), posted.proposal(form(*pairs)))


def test_rows_in_which_nobody_wrote_are_no_items() -> None:
    """R-034 R-047 R-049: an item with its deadline, tags and origin."""
    rows = [
        *row(),
        *row("延长图书馆开放", due_on="2013-12-31", tags="窗口、品牌", origin="整改落实"),
        *row(aspect="带头服务群众"),
    ]
    (item,) = loaded(*rows).text.items
    assert (item.content, str(item.due_on), item.tags, item.origin) == (
        "延长图书馆开放",
        "2013-12-31",
        ["窗口", "品牌"],
        "整改落实",
    )


def test_a_measure_without_its_matter_is_told_in_the_words_of_the_page() -> None:
    with pytest.raises(Invalid) as refused:
        loaded(*row("一件实事"), *row(measure="每周一次", due_on="明年"))
    assert [line.split("：")[0] for line in refused.value.details] == [
        "承诺事项第2项的内容",
        "承诺事项第2项的完成时限",
    ]


def test_colleagues_are_ticked_and_others_named_or_counted() -> None:
    """R-033: several members as joint authors; members plus named or counted non-members."""
    made = loaded(("author", f"{who('T004')} 毛建国"), ("authors", "大三班学生 30人\n\n食堂张师傅"), ("form", "joint"))
    assert [(one.person_id, one.name, one.headcount) for one in made.authors] == [
        (who("T004"), "毛建国", 1),
        (None, "大三班学生", 30),
        (None, "食堂张师傅", 1),
    ]
    assert made.form is Form.JOINT


def test_an_oral_pledge_has_its_recorder_and_witness() -> None:
    """R-012"""
    fields = [("recorded_by", "区小宁"), ("recorded_on", "2013-01-10"), ("witness", "仇大海")]
    assert loaded(("oral", "1"), *fields).oral == Oral(
        "区小宁", loaded(("oral", "1"), *fields).oral.recorded_on, "", "仇大海"
    )
    assert loaded(*fields).oral is None


def test_an_instant_pledge_names_its_trigger_and_an_organisation_its_consultation() -> None:
    """R-032 R-040"""
    made = loaded(("kind", "instant"), ("trigger", "emergency"), ("trigger_text", "防台"))
    assert (made.kind, made.trigger_text, made.text.consultation) == (Kind.INSTANT, "防台", None)
    asked = loaded(("method", "座谈会"), ("dates", "1月"), ("number", "３0")).text.consultation
    assert asked is not None
    assert asked.number == 30
    with pytest.raises(Invalid) as refused:
        loaded(("method", "座谈会"))
    assert {line.split("：")[0] for line in refused.value.details} == {"征求时间", "征求人数"}


def test_a_field_that_stands_twice_is_refused() -> None:
    with pytest.raises(posted.FieldDoubled):
        loaded(("headline", "另一句"))
