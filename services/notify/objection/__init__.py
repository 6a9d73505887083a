"""Objections (异议) to a posted award: raised, heard, decided, answered."""
