"""The OpenAPI document says who needs no token, and what a field is called in Chinese."""

from collections.abc import Callable

import pytest

from shared.period import PATTERN
from tests.contract.openapi import document, operations
from tests.services import Service

SERVICES = ("roster", "pledge", "evaluation", "ballot", "notify")


@pytest.mark.parametrize("name", SERVICES)
def test_exactly_what_the_public_may_do_asks_for_no_token(name: str, standing: Callable[[str], Service]) -> None:
    made = standing(name)
    found = document(made)
    assert found["security"] == [{"bearer": []}]
    open_to_all = {
        (rule.rule.replace("<", "{"), method.lower())
        for rule in made.app.url_map.iter_rules()
        if (permission := getattr(made.app.view_functions[rule.endpoint], "permission", None)) and permission.public
        for method in rule.methods or ()
    }
    public = {(_bare(path), method) for path, method in open_to_all}
    for path, method, operation in operations(found):
        needs_none = operation.get("security") == []
        assert needs_none == ((_bare(path), method) in public), f"{method} {path}"


def _bare(path: str) -> str:
    """Give a path with its places emptied, however they are written."""
    return "/".join("{}" if "{" in part else part for part in path.split("/"))


def test_a_ballot_is_cast_without_a_token(standing: Callable[[str], Service]) -> None:
    """R-130: the door where somebody votes learns no identity."""
    doors = [
        operation
        for path, method, operation in operations(document(standing("ballot")))
        if path.startswith("/ballot/api/box") and method == "post"
    ]
    assert doors
    assert all(operation["security"] == [] for operation in doors)


def test_a_field_bears_its_label_as_title(standing: Callable[[str], Service]) -> None:
    schemas = document(standing("evaluation"))["components"]["schemas"].values()
    titles = {node["title"] for schema in schemas for node in schema["properties"].values() if "title" in node}
    assert "删除原因" in titles


@pytest.mark.parametrize("name", SERVICES)
def test_the_document_says_what_a_refusal_carries(name: str, standing: Callable[[str], Service]) -> None:
    found = document(standing(name))
    refusal = found["components"]["schemas"]["Refusal"]["properties"]
    assert all(field in found["info"]["description"] for field in refusal)
    for path, method, operation in operations(found):
        assert operation["responses"]["default"]["$ref"].endswith("/DEFAULT_ERROR"), f"{method} {path}"


@pytest.mark.parametrize("name", ["pledge", "evaluation", "ballot", "notify"])
def test_a_quarter_is_shown_as_it_is_written(name: str, standing: Callable[[str], Service]) -> None:
    schemas = document(standing(name))["components"]["schemas"].values()
    quarters = [schema["properties"]["period"] for schema in schemas if "period" in schema["properties"]]
    assert quarters
    assert all(PATTERN.match(example) for quarter in quarters for example in quarter["examples"])
