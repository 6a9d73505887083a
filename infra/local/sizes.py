"""Holds files and functions short enough to be read at once: what grew too long is looking for its second noun."""

import ast
from collections.abc import Iterator
from pathlib import Path

from infra.local.layout import ROOT
from infra.local.progress import say

CODE = ("services", "shared", "infra", "tests")
FILE = 250
"""The most lines of a file."""
FUNCTION = 30
"""The most lines of a function's body without its docstring; a test may be longer where it walks a way to its end."""


def check() -> int:
    """Name every file and function that is too long; give 0 if there is none."""
    found = [line for folder in CODE for path in sorted((ROOT / folder).rglob("*.py")) for line in too_long(path)]
    for line in found:
        say(line)
    return 1 if found else 0


def too_long(path: Path) -> Iterator[str]:
    """Give a line for a file and for each of its functions that is too long."""
    text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    if (lines := text.count("\n")) > FILE:
        yield f"{name}：{lines} 行，最多 {FILE} 行"
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("test_"):
            continue
        if (lines := _body(node)) > FUNCTION:
            yield f"{name}:{node.lineno} {node.name}：{lines} 行，最多 {FUNCTION} 行"


def _body(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    told = ast.get_docstring(node, clean=False) is not None
    first = node.body[min(told, len(node.body) - 1)]
    return (node.end_lineno or first.lineno) - first.lineno + 1
