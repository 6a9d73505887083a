"""Forms: loaded like JSON, with Chinese faults that name the field as the page does."""

import pytest
from marshmallow import Schema, fields
from werkzeug.datastructures import MultiDict

from shared.errors import Invalid
from shared.web import forms
from shared.web.words import day, moment, padded, period


class Meeting(Schema):
    place = fields.Str(required=True, validate=forms.filled(5), metadata={"label": "地点"})
    on = fields.Date(required=True, metadata={"label": "日期"})
    leads = fields.List(fields.Str(), load_default=list, metadata={"label": "五带头"})
    hybrid = fields.Bool(load_default=False, metadata={"label": "线上"})
    coded = fields.Bool(load_default=None, allow_none=True, metadata={"label": "凭码"})


def test_a_form_is_loaded_with_lists_and_unticked_boxes() -> None:
    form = MultiDict([("place", " 会议室 "), ("on", "2013-04-01"), ("leads", "甲"), ("leads", "乙"), ("other", "x")])
    loaded = forms.load_from(Meeting(), form)
    assert (loaded["place"], loaded["leads"], loaded["hybrid"]) == ("会议室", ["甲", "乙"], False)


@pytest.mark.parametrize(("said", "meant"), [("", None), (None, None), ("true", True), ("false", False)])
def test_a_choice_that_nobody_made_is_not_a_no(said: str | None, meant: bool | None) -> None:
    form = MultiDict([("place", "会议室"), ("on", "2013-04-01")] + ([] if said is None else [("coded", said)]))
    assert forms.load_from(Meeting(), form)["coded"] is meant


def test_every_fault_is_named_with_its_label() -> None:
    with pytest.raises(Invalid) as refusal:
        forms.load_from(Meeting(), MultiDict([("place", "六个字的地点"), ("on", "四月一日")]))
    assert set(refusal.value.details) == {"地点：须填写，且不超过5字。", "日期：请填写日期，如 2013-04-01。"}


def test_an_empty_field_is_missing() -> None:
    with pytest.raises(Invalid) as refusal:
        forms.load_from(Meeting(), MultiDict([("place", "  "), ("on", "2013-04-01")]))
    assert refusal.value.details == ["地点：此项必填。"]


def test_official_words_for_days_periods_and_names() -> None:
    from datetime import UTC, date, datetime

    assert day(date(2013, 4, 1)) == "2013年4月1日"
    assert moment(datetime(2013, 3, 31, 16, 5, tzinfo=UTC)) == "2013年4月1日（星期一）00:05"
    assert period("2013Q1") == "2013年第一季度"
    assert padded("王伟") == "王\u3000伟"
    assert padded("欧阳修") == "欧阳修"
