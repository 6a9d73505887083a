"""What the JSON side takes as a body: JSON that says each thing once, or a file; all else is refused, not ignored."""

import json
from collections.abc import Callable
from typing import Any

from flask import current_app, request
from werkzeug.exceptions import UnsupportedMediaType

from shared.errors import Refusal
from shared.web.api import wants_json

_DEEPEST = 50


class MalformedJson(Refusal):
    """请求的内容不是正确的 JSON，或者同一项写了两次。"""

    status = 400


View = Callable[..., Any]


def unread(view: View) -> View:
    """Mark a view that reads its body itself, within bounds of its own and as strictly."""
    view.reads_its_body = True  # type: ignore[attr-defined]
    return view


def check() -> None:
    """Look at the body of a request to the JSON side before anything reads it. Raises `MalformedJson` and 415."""
    if getattr(current_app.view_functions.get(request.endpoint or ""), "reads_its_body", False):
        return
    if not wants_json() or request.method in {"GET", "HEAD", "OPTIONS"} or request.mimetype == "multipart/form-data":
        return
    body = request.get_data()
    if not body:
        return
    if not request.is_json:
        raise UnsupportedMediaType
    require_proper(body)


def require_proper(body: bytes) -> None:
    """Refuse what is no JSON that says each thing once, or is nested too deeply. Raises `MalformedJson`."""
    try:
        if _depth(json.loads(body, object_pairs_hook=_once, parse_constant=_no_number)) > _DEEPEST:
            raise MalformedJson
    except (ValueError, RecursionError) as error:
        raise MalformedJson from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(word: str) -> None:
    raise ValueError(word)


def _depth(value: Any) -> int:
    """Count the levels, without calling itself: the value may be as deep as the parser allows."""
    level, depth = [value], 0
    while level:
        depth += 1
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return depth
