"""Long lists shown page by page: which page is asked for, what stands on it, and whether another follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from marshmallow import Schema

from shared.web.forms import Whole

T = TypeVar("T")
PAGE = 100


class PageAsked(Schema):
    """Which page of a list; the list ends with the first page of fewer than a hundred lines."""

    page = Whole(1, 100_000, load_default=1, metadata={"label": "页", "description": "a hundred lines a page"})


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list."""

    lines: Sequence[T]
    number: int
    more: bool
    """whether another page follows"""


def window(number: int) -> list[int]:
    """Give the limit and the offset of a page; one line more than it shows tells whether another follows."""
    return [PAGE + 1, (number - 1) * PAGE]


def turned(found: Sequence[T], number: int) -> Page[T]:
    """Make a page of what its window showed."""
    return Page(found[:PAGE], number, len(found) > PAGE)
