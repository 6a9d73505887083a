"""Positions: who holds which role in which organisation, from when to when."""
