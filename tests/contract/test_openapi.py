"""The JSON side of every service: its OpenAPI document is valid and whole, and the service answers as it says."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.client import Client
from tests.contract.openapi import ENDS_THE_PLAYER, METHODS, document, everybody, filled, kinds, operations, resolved
from tests.services import Service
from tests.university import uid

SERVICES = ("roster", "pledge", "evaluation", "ballot", "notify")
CHECKS = [not_a_server_error, content_type_conformance, status_code_conformance, response_schema_conformance]
KNOWN = {
    "organization_id": ["zjy", "zjy/jin", "zjy/jin/jg", "zjy/tsg"],
    "parent_id": ["zjy", "zjy/jin"],
    "person_id": ["T003", "T004", "S002", "everything"],
}
EXAMPLES = 4


@pytest.mark.parametrize("name", SERVICES)
def test_the_document_is_valid_openapi(name: str, standing: Callable[[str], Service]) -> None:
    made = standing(name)
    given_document = document(made)
    assert given_document["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(given_document).validate()
    places = {"query", "header", "path", "cookie"}
    strays = [
        f"{method} {path}: {parameter['name']} in {parameter['in']}"
        for path, method, operation in operations(given_document)
        for parameter in operation.get("parameters", [])
        if resolved(given_document, parameter)["in"] not in places
    ]
    assert strays == []


def texts_and_numbers(
    document: dict[str, Any], node: dict[str, Any], path: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every text and number that a body or a query may carry."""
    node = resolved(document, node)
    for key, inner in node.get("properties", {}).items():
        yield from texts_and_numbers(document, inner, f"{path}.{key}")
    if "items" in node:
        yield from texts_and_numbers(document, node["items"], f"{path}[]")
    if {"string", "integer", "number"} & kinds(node):
        yield path, node


@pytest.mark.parametrize("name", SERVICES)
def test_every_text_and_number_that_may_be_sent_has_its_bounds(name: str, standing: Callable[[str], Service]) -> None:
    found = document(standing(name))
    boundless = []
    for path, method, operation in operations(found):
        bodies = [content["schema"] for content in operation.get("requestBody", {}).get("content", {}).values()]
        asked = [parameter["schema"] for parameter in operation.get("parameters", [])]
        for schema in [*bodies, *asked]:
            for place, node in texts_and_numbers(found, schema, ""):
                bounded = {"maxLength", "enum", "format", "pattern"} & node.keys() or {
                    "minimum",
                    "maximum",
                } <= node.keys()
                if not bounded:
                    boundless.append(f"{method} {path} {place}")
    assert boundless == []


@pytest.mark.parametrize("name", SERVICES)
def test_every_operation_documents_its_answer_and_the_form_of_a_refusal(
    name: str, standing: Callable[[str], Service]
) -> None:
    found = document(standing(name))
    wrong = []
    for path, method, operation in operations(found):
        answers = {code: resolved(found, answer) for code, answer in operation["responses"].items()}
        good = {code: answer for code, answer in answers.items() if code.startswith("2")}
        if not good or any(code != "204" and not answer.get("content") for code, answer in good.items()):
            wrong.append(f"{method} {path}: no 2xx answer with its content")
        refusal = resolved(found, answers["default"]["content"]["application/json"]["schema"])
        if set(refusal["properties"]) != {"code", "message", "details"}:
            wrong.append(f"{method} {path}: no refusal")
        if not operation.get("summary"):
            wrong.append(f"{method} {path}: no sentence")
    assert wrong == []


@pytest.mark.parametrize("name", SERVICES)
def test_every_write_that_reads_a_body_documents_it(name: str, standing: Callable[[str], Service]) -> None:
    made = standing(name)
    documented = {
        (path, method) for path, method, operation in operations(document(made)) if "requestBody" in operation
    }
    undocumented = [
        f"{method} {path}"
        for path, method, _ in operations(document(made))
        if method != "get" and (path, method) not in documented and asks_for_a_body(made, path, method)
    ]
    assert undocumented == []


def asks_for_a_body(service: Service, path: str, method: str) -> bool:
    """A write that reads a body refuses one with a field that it does not know."""
    client = signed_in(service)
    if ENDS_THE_PLAYER.search(path):
        return False
    answer = client.open(filled(path), method=method.upper(), json={"unheard_of": 1})
    return answer.status_code == 422


def signed_in(service: Service) -> Client:
    token = everybody(service)
    client = service.client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


@pytest.mark.parametrize("name", SERVICES)
def test_another_method_is_refused_with_the_methods_there_are(name: str, standing: Callable[[str], Service]) -> None:
    made = standing(name)
    found = document(made)
    wrong = []
    for path, item in found["paths"].items():
        there = {method.upper() for method in METHODS if method in item}
        address = filled(path).replace("form.00000000-0000-0000-0000-000000000007", "form.pdf")
        address = address.replace("notice.00000000-0000-0000-0000-000000000007", "notice.pdf")
        for method in {each.upper() for each in METHODS} - there:
            answer = made.client().open(address, method=method)
            allowed = {each.strip() for each in answer.headers.get("Allow", "").split(",")}
            if answer.status_code != 405 or not there <= allowed or method in allowed or not answer.is_json:
                wrong.append(f"{method} {path}: {answer.status_code}, {sorted(allowed)}")
    assert wrong == []


def known(case: Any, data: st.DataObject) -> None:
    """Put ids that somebody has in the place of invented ones, so that more than the first door is tried."""
    for holder in (case.path_parameters, case.query, case.body):
        if isinstance(holder, dict):
            for key in KNOWN.keys() & holder.keys():
                holder[key] = str(uid(data.draw(st.sampled_from(KNOWN[key]))))


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", SERVICES)
def test_the_service_answers_as_its_document_says(
    name: str, mode: GenerationMode, standing: Callable[[str], Service]
) -> None:
    made = standing(name)
    token = everybody(made)
    schema = schemathesis.openapi.from_wsgi(f"/{name}/api/openapi.json", made.app)
    wrong = []
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if ENDS_THE_PLAYER.search(operation.path):
            continue
        wrong += answered(operation, mode, token)
    assert wrong == []


def answered(operation: Any, mode: GenerationMode, token: str) -> list[str]:
    """Try one operation; give what was wrong."""
    wrong = []

    @seed(2013)
    @settings(
        max_examples=EXAMPLES, database=None, deadline=None, suppress_health_check=list(HealthCheck), derandomize=False
    )
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def each(case: Any, data: st.DataObject) -> None:
        if mode is GenerationMode.POSITIVE:
            known(case, data)
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        try:
            case.validate_response(answer, checks=CHECKS)
        except AssertionError as error:
            wrong.append(f"{operation.method} {operation.path} {case.body!r} {case.query!r}: {error}")
        except BaseExceptionGroup as errors:
            told = "; ".join(str(error) for error in errors.exceptions)
            wrong.append(f"{operation.method} {operation.path} {case.body!r} {case.query!r}: {told}")

    each()
    return wrong
