"""What marshmallow says of a wrong field, in Chinese; imported before any schema is made."""

from typing import Any

from marshmallow import Schema, fields

_WORDS: dict[Any, dict[str, str]] = {
    fields.Field: {"required": "此项必填。", "null": "此项必填。", "validator_failed": "此项不合要求。"},
    fields.String: {"invalid": "请填写文字。", "invalid_utf8": "文字编码有误。"},
    fields.UUID: {"invalid_uuid": "编号格式不对。"},
    fields.Integer: {"invalid": "请填写整数。"},
    fields.Boolean: {"invalid": "请选择是或否。"},
    fields.Date: {"invalid": "请填写日期，如 2013-04-01。", "format": "日期无法识别。"},
    fields.DateTime: {"invalid": "请填写时间，如 2013-04-01T14:30。", "format": "时间无法识别。"},
    fields.AwareDateTime: {"invalid_awareness": "时间须带时区。"},
    fields.List: {"invalid": "请选择一项或多项。"},
    fields.Enum: {"unknown": "请在所列各项中选择。"},
    fields.Mapping: {"invalid": "应为名称和值的对应表。"},
    fields.Nested: {"type": "应为一组字段。"},
}
for _field, _messages in _WORDS.items():
    _field.default_error_messages.update(_messages)  # marshmallow collects these when a field is made
Schema.error_messages = {"unknown": "没有这一项。", "type": "应为一组字段。"}
