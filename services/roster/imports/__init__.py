"""Imports: tables of organisations and people, previewed with every fault and change, then entered all or nothing."""
