"""What the page of a refusal promises: that nothing was changed, only where something might have been."""

from pathlib import Path

import flask
import pytest
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

from shared.errors import Invalid, NotFound, Refusal
from shared.web.answers import Defect, Unavailable

TEMPLATES = Path(__file__).parents[3] / "shared" / "templates"
FRAME = "{% block title %}{% endblock %}{% block content %}{% endblock %}"


def page(refusal: Refusal, method: str, request_id: str = "") -> str:
    app = flask.Flask("shared")
    app.jinja_loader = ChoiceLoader([DictLoader({"base.html": FRAME}), FileSystemLoader(TEMPLATES)])
    with app.test_request_context("/pledge/things", method=method):
        if request_id:
            flask.g.request_id = request_id
        return flask.render_template("refusal.html", refusal=refusal)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_refused_act_changed_nothing_and_can_be_mended(method: str) -> None:
    shown = page(Invalid("请填写姓名。"), method)
    assert "没有作任何改动。" in shown
    assert "返回修改" in shown


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_that_is_not_there_speaks_of_no_change_and_of_nothing_to_mend(method: str) -> None:
    shown = page(NotFound(), method)
    assert "没有作任何改动" not in shown
    assert "返回修改" not in shown
    assert ">返回<" in shown


@pytest.mark.parametrize("refusal", [Unavailable(), Defect()])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_where_the_house_itself_failed_nobody_is_told_that_nothing_was_changed(refusal: Refusal, method: str) -> None:
    shown = page(refusal, method, "5f0c1e0a7d3b4c55a1b2c3d4e5f60718")
    assert "没有作任何改动" not in shown
    assert "返回修改" not in shown
    assert "差错编号：5f0c1e0a7d3b4c55a1b2c3d4e5f60718" in shown


def test_where_a_request_bears_no_id_none_is_spoken_of() -> None:
    """R-130."""
    assert "差错编号" not in page(Unavailable(), "POST")
    assert "差错编号" not in page(Invalid(), "POST", "5f0c1e0a7d3b4c55a1b2c3d4e5f60718")
