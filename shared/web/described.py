"""What the OpenAPI document says beside the library: who needs no token, how a field is called and written."""

from typing import Any

from apispec import BasePlugin
from flask import Flask
from marshmallow import fields
from marshmallow.fields import Field

QUARTER = "2013Q1"


class Doors(BasePlugin):
    """Says of an operation whose permission is public that it asks for no token."""

    def __init__(self, app: Flask) -> None:
        """Take the application, which knows the view behind each rule."""
        super().__init__()
        self._views = app.view_functions

    def operation_helper(
        self, path: str | None = None, operations: dict[str, Any] | None = None, *, rule: Any = None, **_: Any
    ) -> None:
        """Mark the operations of one rule."""
        view = self._views.get(rule.endpoint) if rule is not None else None
        permission = getattr(view, "permission", None)
        if permission is not None and permission.public:
            for operation in (operations or {}).values():
                operation["security"] = []


def title(_converter: Any, field: Field[Any], **_: Any) -> dict[str, str]:
    """Give a field's label as its title."""
    label = field.metadata.get("label")
    return {"title": str(label)} if label else {}


def examples(_converter: Any, field: Field[Any], **_: Any) -> dict[str, list[str]]:
    """Show how a quarter is written, which its name alone does not say."""
    return {"examples": [QUARTER]} if field.name == "period" and isinstance(field, fields.String) else {}
