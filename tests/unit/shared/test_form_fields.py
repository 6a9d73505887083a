"""The fields that pages share: a hint is read out with its field."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

TEMPLATES = Path(__file__).parents[3] / "shared" / "templates"
FIELDS = (
    'sg.input("name", "姓名", hint="与身份证一致", key="-2")',
    'sg.textarea("name", "说明", hint="不超过200字", key="-2")',
    'sg.select("name", "种类", [("a", "甲"), ("b", "乙")], hint="只选一种", key="-2")',
)


def shown(field: str) -> str:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    return environment.from_string('{% import "shanguang.html" as sg with context %}{{ ' + field + " }}").render()


@pytest.mark.parametrize("field", FIELDS)
def test_a_hint_describes_its_field(field: str) -> None:
    html = shown(field)
    described = re.findall(r'<(?:input|textarea|select)[^>]*aria-describedby="([^"]+)"', html)
    assert described == re.findall(r'class="form-text" id="([^"]+)"', html) == ["h-name-2"]


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_without_a_hint_is_described_by_nothing(field: str) -> None:
    assert "aria-describedby" not in shown(re.sub(r'hint="[^"]*"', 'hint=""', field))
