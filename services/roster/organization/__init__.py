"""Organisations: the tree from the 党委 down to 党小组, and the superior outside."""
