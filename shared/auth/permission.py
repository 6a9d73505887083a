"""A permission: its name, and which role gives it how far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from shared.directory.domain import Role


class Reach(StrEnum):
    """How far a role gives a permission."""

    SELF = "self"
    """only where the matter is the person's own, in the person's own organisation"""
    OWN = "own"
    """exactly in the organisation in which the role is held"""
    WITHIN = "within"
    """there and in all organisations below"""
    TENANT = "tenant"
    """everywhere in the university"""


@dataclass(frozen=True)
class Permission:
    """One row of a service's permission table."""

    name: str
    title: str
    grants: Mapping[Role, Reach] = field(default_factory=dict)
    public: bool = False
    """open without sign-in"""
    early: bool = False
    """open also to who signed in with a password that somebody else set, and has yet to make an own one"""
