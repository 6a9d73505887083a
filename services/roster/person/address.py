"""What passes for the address to which mail is sent: enough that a mail can be written to it, no more."""

import re

from marshmallow import ValidationError

LONGEST = 100
FAULT = "邮箱地址不完整或有不能用的字符，请照 zhangsan@example.edu.cn 的样子填写；没有邮箱的，此项不填。"
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_WORD}(?:\.{_WORD})*@{_LABEL}(?:\.{_LABEL})+")


def is_address(text: str) -> bool:
    """Say whether mail can be sent to a text: a name and a domain of ASCII, without spaces, quotes or comments."""
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None


def check(text: str) -> None:
    """Refuse a field that is neither empty nor an address. Raises `ValidationError`."""
    if text and not is_address(text):
        raise ValidationError(FAULT)
