"""The JSON side: the OpenAPI document of a service, and one form for every refusal."""

from typing import Any

from flask import request
from flask_smorest import Api
from marshmallow import Schema, fields
from werkzeug.exceptions import HTTPException

from shared.web.described import Doors, examples, title

ABOUT = (
    "除注明不需要的以外，都须登录：请求头 Authorization: Bearer，令牌由 POST /roster/api/sessions 取得；"
    "读取也可以凭登录的 Cookie，写操作不可以。写操作可带 Idempotency-Key，同一请求只生效一次。"
    "拒绝一律答复 code、message、details。季度写作 2013Q1，日期写作 2013-04-01，编号为 UUID。"
)


class RefusalSchema(Schema):
    """How the API says no."""

    code = fields.Str(metadata={"description": "stable, snake_case"})
    message = fields.Str(metadata={"description": "one Chinese sentence"})
    details = fields.List(fields.Str(), metadata={"description": "every further obstacle, a sentence each"})


def prefix(service: str) -> str:
    """Give the path under which a service's JSON endpoints stand."""
    return f"/{service}/api"


class ServiceApi(Api):
    """flask-smorest's Api; errors are left to `shared.web.answers`: it would drop `Allow`."""

    ERROR_SCHEMA = RefusalSchema

    def __init__(self, app: Any) -> None:
        """Take the application, whose configuration names the API."""
        super().__init__(
            app,
            spec_kwargs={
                "info": {"description": ABOUT},
                "extra_plugins": [Doors(app)],
            },
        )
        for described in (title, examples):
            self.ma_plugin.converter.add_attribute_function(described)
        self.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
        self.spec.options["security"] = [{"bearer": []}]

    def _register_error_handlers(self) -> None:
        """Leave every error to the application's own handlers."""


def wants_json() -> bool:
    """Say whether the request is for the JSON side."""
    parts = request.path.split("/", 3)
    return len(parts) > 2 and parts[2] == "api"


def validation_details(error: HTTPException) -> list[str]:
    """Give the messages of webargs' 422, which it keeps by place (json, query …), as Chinese sentences."""
    data = getattr(error, "data", None) or {}
    return [line for messages in data.get("messages", {}).values() for line in flatten(messages)]


def flatten(messages: Any, path: str = "") -> list[str]:
    """Turn marshmallow's nested messages into sentences “字段：说明”."""
    if isinstance(messages, dict):
        found = []
        for key, value in messages.items():
            inner = path if key == "_schema" else f"{path}.{key}" if path else str(key)
            found += flatten(value, inner)
        return found
    if isinstance(messages, list):
        return [line for message in messages for line in flatten(message, path)]
    return [f"{path}：{messages}" if path else str(messages)]
