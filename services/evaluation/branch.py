"""Branches as registers, meetings and attendance need them."""

from shared.directory.branches import list_members, list_people, list_readable, of, superior_of

__all__ = ["list_members", "list_people", "list_readable", "of", "superior_of"]
