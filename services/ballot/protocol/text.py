"""Texts of the format: strict JSON in, compact JSON out, hashes, and numbers as decimal strings."""

import base64
import hashlib
import json
from typing import Any

from shared.voting.group import digits
from shared.voting.malformed import Malformed

__all__ = ["Malformed", "b64_hash", "canonical", "compact", "digits", "fields", "hash_number", "hex_hash"]
__all__ += ["listing", "load", "number", "string", "whole"]


def compact(value: Any) -> str:
    """Write a value as the format does: no spaces, characters as themselves."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def load(text: str | bytes) -> Any:
    """Read JSON strictly: UTF-8, no key twice, no float, no NaN, no -0; Malformed("json") otherwise."""
    try:
        plain = text.decode("utf-8") if isinstance(text, bytes) else text
        value = json.loads(
            plain, object_pairs_hook=_distinct, parse_int=_integer, parse_float=_refuse, parse_constant=_refuse
        )
        compact(value).encode("utf-8")  # finds halves of a surrogate pair, which no text can carry
    except (ValueError, RecursionError) as trouble:
        raise Malformed("json", "not strict JSON") from trouble
    return value


def canonical(text: str) -> Any:
    """Read JSON that is written as the format writes it, and in no other way; Malformed("not_canonical")."""
    value = load(text)
    if compact(value) != text:
        raise Malformed("not_canonical", "other spaces or escapes than the format writes")
    return value


def fields(value: Any, *names: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Expect an object with these fields in this order, `optional` ones possibly absent; Malformed("fields")."""
    if not isinstance(value, dict) or list(value) != [n for n in names if n not in optional or n in value]:
        raise Malformed("fields", "expected " + ",".join(names))
    return value


def listing(value: Any, length: int | None = None) -> list[Any]:
    """Expect a list, of a given length if any; Malformed("length")."""
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise Malformed("length", "expected a list" + ("" if length is None else f" of {length}"))
    return value


def string(value: Any) -> str:
    """Expect a string; Malformed("string")."""
    if not isinstance(value, str):
        raise Malformed("string", "expected a string")
    return value


def whole(value: Any) -> int:
    """Expect a JSON integer, not negative; Malformed("integer")."""
    if type(value) is not int or value < 0:
        raise Malformed("integer", "expected a whole number")
    return value


def number(text: Any, q: int) -> int:
    """Read an exponent written as a decimal string, 0 <= n < q; Malformed("number") or Malformed("number_range")."""
    value = digits(text)
    if value >= q:
        raise Malformed("number_range", "not reduced")
    return value


def hex_hash(text: str | bytes) -> str:
    """Give the SHA-256 of a text in 64 hexadecimal digits."""
    return hashlib.sha256(_bytes(text)).hexdigest()


def b64_hash(text: str | bytes) -> str:
    """Give the SHA-256 of a text in base64 without padding (43 characters)."""
    return base64.b64encode(hashlib.sha256(_bytes(text)).digest()).decode("ascii").rstrip("=")


def hash_number(text: str, q: int) -> int:
    """Give the SHA-256 of a text as a number modulo q: every challenge (ballot format 1.4)."""
    return int.from_bytes(hashlib.sha256(_bytes(text)).digest(), "big") % q


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _integer(written: str) -> int:
    return _refuse(written) if written == "-0" else int(written)


def _refuse(written: str) -> Any:
    raise ValueError(f"{written} is no whole number")
