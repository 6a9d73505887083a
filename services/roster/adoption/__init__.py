"""Adoptions: which organisation follows which version of a scheme, with which changes of its own."""
