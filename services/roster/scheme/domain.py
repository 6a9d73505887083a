"""What a scheme is: versions of settings, each with the words it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class State(StrEnum):
    """Whether a version may still change."""

    DRAFT = "draft"
    PUBLISHED = "published"


STATE_NAMES = {State.DRAFT: "草稿", State.PUBLISHED: "已发布"}


@dataclass(frozen=True)
class Made:
    """One setting as a version makes it."""

    value: Any
    source: str
    """the words of the document, or why another value was taken"""
    open: bool
    """whether an organisation below may change it"""


Settings = Mapping[str, Made]


@dataclass(frozen=True)
class Document:
    """The document on which a version is founded (R-281)."""

    number: str
    """发文字号, empty where there is none"""
    title: str
    on: date | None

    def __str__(self) -> str:
        """Write 浙金院党〔2013〕11号《……》."""
        return f"{self.number}《{self.title}》"


@dataclass(frozen=True)
class SchemeRow:
    """A scheme, whatever its versions."""

    tenant_id: UUID
    id: UUID
    name: str
    preset: str | None
    organization_id: UUID | None
    """whose adaptation it is; none for a scheme that stands by itself"""
    made_at: datetime


@dataclass(frozen=True)
class Version:
    """A scheme at a version."""

    tenant_id: UUID
    scheme_id: UUID
    version: int
    name: str
    preset: str | None
    organization_id: UUID | None
    state: State
    document: Document
    settings: Settings
    made_at: datetime
    published_at: datetime | None

    def values(self) -> dict[str, Any]:
        """Give the settings' values alone, as other services hear them."""
        return {key: made.value for key, made in self.settings.items()}


@dataclass(frozen=True)
class Preset:
    """A scheme as a data file ships it."""

    code: str
    name: str
    document: Document
    settings: Settings
