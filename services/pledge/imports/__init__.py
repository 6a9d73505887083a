"""Imports: a table of pledges, previewed with every fault, then entered all or nothing."""
