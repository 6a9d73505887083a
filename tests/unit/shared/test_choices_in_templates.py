"""What a list of choices proposes beforehand: never a person, an organisation or an office."""

import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string

ROOT = Path(__file__).resolve().parents[3]
CALL = re.compile(r'sg\.select\("(person_id|organization_id|award_id|pledge_ids|role|basis)"[^}]*')
WITHOUT = {"roster/scheme/list.html", "pledge/round/show.html"}
"""Where the list shows what is looked at now, or what a draft begins from and can still be changed."""


def calls() -> list[tuple[str, str]]:
    found = []
    for path in sorted(ROOT.glob("services/*/templates/**/*.html")):
        name = "/".join(path.parts[-3:])
        found += [(name, call.group()) for call in CALL.finditer(path.read_text()) if name not in WITHOUT]
    return found


@pytest.mark.parametrize(("template", "call"), calls())
def test_nobody_is_chosen_by_inattention(template: str, call: str) -> None:
    """R-134: the accused of a finding was whoever has the fewest strokes."""
    assert "ask=" in call or "required=false" in call, template


def test_only_a_rule_is_called_a_basis() -> None:
    app = Flask(__name__, template_folder=str(ROOT / "shared" / "templates"))
    with app.test_request_context():
        made = render_template_string(
            '{% import "shanguang.html" as sg %}{{ sg.empty("没有。", "“如实登记”") }}'
            '{{ sg.empty("没有。", hint="由管理员导入。") }}'
        )
    assert made.count("依据：") == 1
    assert "依据：“如实登记”" in made
    assert "由管理员导入。" in made


def test_a_question_has_an_empty_answer_first_and_must_be_answered() -> None:
    app = Flask(__name__, template_folder=str(ROOT / "shared" / "templates"))
    with app.test_request_context():
        made = render_template_string(
            '{% import "shanguang.html" as sg %}{{ sg.select("who", "党员", [("a", "丁一")], ask=true) }}'
        )
        assert "required" in made
        assert made.index("请选择") < made.index("丁一")
        assert "selected" not in made
        kept = render_template_string(
            '{% import "shanguang.html" as sg %}{{ sg.select("who", "党员", [("a", "丁一")], "a", ask=true) }}'
        )
        assert '<option value="a" selected>' in kept
